/* SPDX-License-Identifier: MIT */
/* Memory that arguments point to: exact sizes, and all kinds of bad places. */
#ifndef FUZZ_ARENA_H
#define FUZZ_ARENA_H

#include <stddef.h>
#include <stdint.h>

#include "input.h"

/* No buffer is larger; what asks for more gets this much. */
#define FUZZ_BUFFER_MAX 0x20000u
/* Pages for allocations made of the caller's memory. */
#define FUZZ_MEMORY_SIZE 0x10000u

/*
 * Nowhere but here does an address that a program is given lead: what an input
 * makes up is moved to where no user memory can be, for a sanitizer's own memory
 * must not be written.
 */
void fuzz_arena_start(void);
/* All buffers are free again. */
void fuzz_arena_reset(void);
/* Zeroed bytes that end right before a page that is not there; NULL: no more. */
uint8_t *fuzz_arena_buffer(size_t size);
/* @proper, or another place: as a byte of the input says (0: @proper). */
uint64_t fuzz_arena_place(struct fuzz_input *input, uint8_t *proper,
			  size_t size);
/* The same for whole pages, which stay while the device is open (0: none). */
uint64_t fuzz_arena_memory(struct fuzz_input *input);
/* What 8 aligned bytes may be when somebody takes them for an address. */
uint64_t fuzz_arena_harmless(uint64_t value);

#endif
