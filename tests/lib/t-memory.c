/* SPDX-License-Identifier: MIT */
/* Pages with chosen protection, and a look at others without touching them. */
#include "t.h"

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

int t_is_readable(const void *address)
{
	char byte;
	struct iovec to = { &byte, 1 };
	struct iovec from = { (void *)address, 1 };

	return process_vm_readv(getpid(), &to, 1, &from, 1, 0) == 1;
}
