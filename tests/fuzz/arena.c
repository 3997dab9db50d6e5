/* SPDX-License-Identifier: MIT */
/* Buffers with a guard behind each. */
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "arena.h"

#define PAGE	 0x1000u
#define BUFFERS	 24u
#define STRIDE	 (FUZZ_BUFFER_MAX + PAGE)
#define USER_END (1ull << 47)

static uint8_t *buffers;	/* BUFFERS of STRIDE bytes, guards included */
static uint8_t *memory;		/* FUZZ_MEMORY_SIZE, guard, read-only page */
static unsigned int used;

static uint8_t *map(size_t size)
{
	void *at = mmap(NULL, size, PROT_READ | PROT_WRITE,
			MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	if (at == MAP_FAILED)
		abort();
	return at;
}

void fuzz_arena_start(void)
{
	unsigned int i;

	if (buffers)
		return;
	buffers = map(BUFFERS * STRIDE);
	for (i = 0; i < BUFFERS; i++)
		mprotect(buffers + i * STRIDE + FUZZ_BUFFER_MAX, PAGE,
			 PROT_NONE);
	memory = map(FUZZ_MEMORY_SIZE + 2 * PAGE);
	mprotect(memory + FUZZ_MEMORY_SIZE, PAGE, PROT_NONE);
	mprotect(memory + FUZZ_MEMORY_SIZE + PAGE, PAGE, PROT_READ);
}

void fuzz_arena_reset(void)
{
	used = 0;
}

uint8_t *fuzz_arena_buffer(size_t size)
{
	uint8_t *at;

	if (used == BUFFERS)
		return NULL;
	if (size > FUZZ_BUFFER_MAX)
		size = FUZZ_BUFFER_MAX;
	at = buffers + used++ * STRIDE + FUZZ_BUFFER_MAX - size;
	memset(at, 0, size);
	return at;
}

uint64_t fuzz_arena_harmless(uint64_t value)
{
	return value >= PAGE && value < USER_END ? value | 1ull << 63 : value;
}

uint64_t fuzz_arena_place(struct fuzz_input *input, uint8_t *proper,
			  size_t size)
{
	switch (fuzz_u8(input)) {
	case 0x80:
		return 0;
	case 0x81:
		return fuzz_arena_harmless(fuzz_raw(input, 8));
	case 0x82:	/* not there */
		return (uintptr_t)(memory + FUZZ_MEMORY_SIZE);
	case 0x83:	/* zeros that cannot be written */
		return (uintptr_t)(memory + FUZZ_MEMORY_SIZE + PAGE);
	case 0x84:	/* one byte short */
		return (uintptr_t)proper + 1;
	case 0x85:	/* half of it */
		return (uintptr_t)proper + size / 2;
	case 0x86:	/* one byte more, odd */
		return (uintptr_t)proper - 1;
	case 0x87:	/* wraps around */
		return UINT64_MAX - size / 2;
	default:
		return (uintptr_t)proper;
	}
}

uint64_t fuzz_arena_memory(struct fuzz_input *input)
{
	uint8_t code = fuzz_u8(input);

	if (!code)
		return 0;
	if (code < 0x80)
		return (uintptr_t)memory +
		       (code - 1u) % (FUZZ_MEMORY_SIZE / PAGE) * PAGE;
	return fuzz_arena_place(input, memory, FUZZ_MEMORY_SIZE);
}
