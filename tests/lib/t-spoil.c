/* SPDX-License-Identifier: MIT */
/* Data at the end of a mapping whose next page nobody may touch. */
#include "t.h"
#include "t-spoil.h"

#include <sys/mman.h>

const char *const t_spoil_names[T_SPOIL_KINDS] = {
	"no access", "too short", "read only", "at the end of a page",
};

static void protect(void *address, size_t size, int protection)
{
	assert_int_equal(mprotect(address, size, protection), 0);
}

struct t_spoiled t_spoil(const void *data, size_t size, enum t_spoil kind)
{
	size_t usable = (size + T_PAGE_SIZE - 1) / T_PAGE_SIZE * T_PAGE_SIZE;
	size_t missing = kind != T_SPOIL_TOO_SHORT ? 0 : size % 8 ? 4 : 8;
	struct t_spoiled spoiled = { .size = usable + T_PAGE_SIZE };
	char *end;

	spoiled.pages = t_alloc_pages(spoiled.size);
	end = (char *)spoiled.pages + usable;
	spoiled.data = end - size + missing;
	memcpy(spoiled.data, data, size - missing);
	protect(end, T_PAGE_SIZE, PROT_NONE);
	if (kind == T_SPOIL_NO_ACCESS)
		protect(spoiled.pages, usable, PROT_NONE);
	if (kind == T_SPOIL_READ_ONLY)
		protect(spoiled.pages, usable, PROT_READ);
	return spoiled;
}

void t_unspoil(struct t_spoiled *spoiled)
{
	t_free_pages(spoiled->pages, spoiled->size);
}
