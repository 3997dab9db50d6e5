/* SPDX-License-Identifier: MIT */
/* Pages with chosen protection, and a look at others without touching them. */
#include "t.h"

#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <sys/mman.h>

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
 * That something can be read there says little: other threads, and a sanitizer,
 * are soon given addresses that the device has left.
 */
static int is_mapped_by_soft_device(const void *address)
{
	uintptr_t wanted = (uintptr_t)address;
	unsigned long long first, end;
	FILE *maps = fopen("/proc/self/maps", "re");
	char line[512], access;
	int found = 0;

	assert_non_null(maps);
	while (!found && fgets(line, sizeof(line), maps))
		found = sscanf(line, "%llx-%llx %c", &first, &end,
			       &access) == 3 &&
			wanted >= first && wanted < end && access == 'r' &&
			strstr(line, "dxg-io-space") != NULL;
	fclose(maps);
	return found;
}

/* Memory of a real device can only be read by who has it mapped. */
int t_is_readable(const void *address)
{
	return t_device_is_soft() ? is_mapped_by_soft_device(address) :
				    is_read_by_write(address);
}
