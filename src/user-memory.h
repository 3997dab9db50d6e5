/* SPDX-License-Identifier: MIT */
/*
 * The caller's memory, in the calls where the library itself has to touch it.
 * A bad pointer then is an error of the call, as it is where the driver copies,
 * and not a signal. These calls all go on to the host, beside which the cost of
 * one more system call does not show.
 */
#ifndef DXG_SRC_USER_MEMORY_H
#define DXG_SRC_USER_MEMORY_H

#include <stdbool.h>
#include <stddef.h>

/* false: not all of it can be read. */
bool dxg_copy_from_caller(void *to, const void *from, size_t size);

/* false: not all of it can be written; some of it may have been. */
bool dxg_copy_to_caller(void *to, const void *from, size_t size);

#endif
