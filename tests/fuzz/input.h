/* SPDX-License-Identifier: MIT */
/* An input being read, from both ends; what has run out reads as 0. */
#ifndef FUZZ_INPUT_H
#define FUZZ_INPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct fuzz_input {
	const uint8_t *at, *end;
};

/* Numbers that a program has met: addresses, fence values. */
#define FUZZ_LEARNED 16

struct fuzz_learned {
	uint64_t values[FUZZ_LEARNED];	/* a ring, the last one at @next - 1 */
	unsigned int next;
};

bool fuzz_input_ended(const struct fuzz_input *input);
uint8_t fuzz_u8(struct fuzz_input *input);
/* Little-endian, of that many bytes, up to 8. */
uint64_t fuzz_raw(struct fuzz_input *input, unsigned int size);
/* From the end backwards. */
uint8_t fuzz_last_u8(struct fuzz_input *input);

/*
 * One byte up to 0xbf is that number. 0xc0 to 0xdf: a number that limits are
 * made of; 0xe0 to 0xef: one that was learned; 0xf0 to 0xf3: 1, 2, 4, 8 bytes
 * follow; 0xf4 to 0xf6: one learned, plus a byte, a page, 64 KiB; others: 0.
 */
uint64_t fuzz_value(struct fuzz_input *input,
		    const struct fuzz_learned *learned);
uint64_t fuzz_last_value(struct fuzz_input *input);
void fuzz_learn(struct fuzz_learned *learned, uint64_t value);

#endif
