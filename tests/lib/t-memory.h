/* SPDX-License-Identifier: MIT */
/* Memory with a purpose: pages nobody may touch, pages nobody may write. */
#ifndef T_MEMORY_H
#define T_MEMORY_H

#include <stddef.h>

#define T_PAGE_SIZE 4096u

/* Page aligned, zeroed; to be freed with t_free_pages(). */
void *t_alloc_pages(size_t size);
void t_free_pages(void *pages, size_t size);

/* One page for the process's life: no access at all; read only. */
void *t_no_access_page(void);
void *t_read_only_page(void);

/* True if the program has the device's memory at @address, and can read it. */
int t_is_readable(const void *address);

#endif
