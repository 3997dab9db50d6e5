/* SPDX-License-Identifier: MIT */
/* Pages with chosen protection, and a look at others without touching them. */
#include "t.h"

#include <fcntl.h>
#include <unistd.h>

#include <sys/mman.h>
#include <sys/uio.h>

static void *map_pages(size_t size, int protection)
{
	void *pages = mmap(NULL, size, protection, MAP_PRIVATE | MAP_ANONYMOUS,
			   -1, 0);

	assert_ptr_not_equal(pages, MAP_FAILED);
	return pages;
}

void *t_alloc_pages(size_t size)
{
	return map_pages(size, PROT_READ | PROT_WRITE);
}

void t_free_pages(void *pages, size_t size)
{
	assert_int_equal(munmap(pages, size), 0);
}

void *t_no_access_page(void)
{
	static void *page;

	if (!page)
		page = map_pages(T_PAGE_SIZE, PROT_NONE);
	return page;
}

void *t_read_only_page(void)
{
	static void *page;

	if (!page)
		page = map_pages(T_PAGE_SIZE, PROT_READ);
	return page;
}

/* The kernel reads it as the program would. */
static int is_read_by_write(const void *address)
{
	int ends[2];
	ssize_t written;

	assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
	written = write(ends[1], address, 1);
	close(ends[0]);
	close(ends[1]);
	return written == 1;
}

/*
 * Memory of a device cannot be read by process_vm_readv(), whoever may access
 * it; valgrind, which does not run there, would report the other way.
 */
int t_is_readable(const void *address)
{
	char byte;
	struct iovec to = { &byte, 1 };
	struct iovec from = { (void *)address, 1 };

	if (!t_device_is_soft())
		return is_read_by_write(address);
	return process_vm_readv(getpid(), &to, 1, &from, 1, 0) == 1;
}
