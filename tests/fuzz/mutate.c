/* SPDX-License-Identifier: MIT */
/* Makes inputs of others. */
#include "node.h"

#include <string.h>

static uint64_t state;

void fuzz_mutate_seed(uint64_t seed)
{
	state = seed;
}

/* splitmix64 */
static uint64_t next(void)
{
	uint64_t z = state += 0x9e3779b97f4a7c15u;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
	z = (z ^ z >> 27) * 0x94d049bb133111ebu;
	return z ^ z >> 31;
}

size_t fuzz_mutate_below(size_t n)
{
	return n ? next() % n : 0;
}

/* Codes that stand for something begin at 0x80: places, limits, learned numbers. */
static uint8_t some_byte(void)
{
	switch (fuzz_mutate_below(3)) {
	case 0:
		return (uint8_t)fuzz_mutate_below(4);
	case 1:
		return (uint8_t)(0x80 + fuzz_mutate_below(0x80));
	default:
		return (uint8_t)next();
	}
}

static size_t insert(uint8_t *data, size_t size, const uint8_t *from, size_t count)
{
	size_t at = fuzz_mutate_below(size + 1);

	if (count > FUZZ_NODE_INPUT_MAX - size)
		count = FUZZ_NODE_INPUT_MAX - size;
	memmove(data + at + count, data + at, size - at);
	memcpy(data + at, from, count);
	return size + count;
}

static size_t take_out(uint8_t *data, size_t size)
{
	size_t at = fuzz_mutate_below(size), count;

	count = 1 + fuzz_mutate_below((size - at < 16 ? size - at : 16));
	if (count > size - at)
		count = size - at;
	memmove(data + at, data + at + count, size - at - count);
	return size - count;
}

static size_t change_once(uint8_t *data, size_t size, const uint8_t *other,
			  size_t other_size)
{
	uint8_t piece[64];
	size_t at = fuzz_mutate_below(size), count;

	switch (size ? fuzz_mutate_below(6) : 5) {
	case 0:
		data[at] ^= (uint8_t)(1u << fuzz_mutate_below(8));
		return size;
	case 1:
		data[at] = some_byte();
		return size;
	case 2:
		return take_out(data, size);
	case 3:
		piece[0] = some_byte();
		return insert(data, size, piece, 1);
	case 4:	/* what it does already, once more */
		count = size - at < sizeof(piece) ? size - at : sizeof(piece);
		count = 1 + fuzz_mutate_below(count);
		if (count > size - at)
			count = size - at;
		memcpy(piece, data + at, count);
		return insert(data, size, piece, count);
	default:
		if (!other_size)
			return size;
		at = fuzz_mutate_below(other_size);
		count = 1 + fuzz_mutate_below(other_size - at);
		return insert(data, size, other + at,
			      count > other_size - at ? other_size - at : count);
	}
}

size_t fuzz_mutate(uint8_t *data, size_t size, const uint8_t *other,
		   size_t other_size)
{
	size_t times = 1 + fuzz_mutate_below(6);

	while (times--)
		size = change_once(data, size, other, other_size);
	return size;
}
