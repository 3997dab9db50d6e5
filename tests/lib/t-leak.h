/* SPDX-License-Identifier: MIT */
/* What the host has, where it can be asked, before and after. */
#ifndef T_LEAK_H
#define T_LEAK_H

#include <stdbool.h>

#include <dxg/soft.h>

/* All zero where the host cannot be asked. */
void t_count_objects(struct dxg_soft_object_counts *ret_counts);

/*
 * True once the host has as much as before; waits for it a while, because memory
 * comes back when the GPU has finished with it. Prints what is too many.
 */
bool t_objects_are_as_before(const struct dxg_soft_object_counts *before);

/* Nobody uses the device, this process included: nothing but adapters is left. */
void t_expect_empty_host(void);

#endif
