/* SPDX-License-Identifier: MIT */
/* Reads an input. */
#include "input.h"

/* Limits of the ABI, sizes, what sits beside them; the ends of the IO space. */
static const uint64_t known[0x20] = {
	UINT32_MAX, INT32_MAX, 0x80000000, UINT64_MAX, INT64_MAX, 1ull << 63,
	0x100000000, 0x1000, 0x2000, 0x10000, 0x20000, 0x100000, 0x200000,
	0x1000000, 1024, 1025, 10240, 10241, 131072, 131073, 65535, 256, 512,
	0x41475844, 0x10000000000, UINT64_MAX - 0xfff, 0x7ffffffffffff000,
	0x4000000000000, 0x4000004600000, 0x40000045ff000, 0xc0000000, 0xfff,
};

bool fuzz_input_ended(const struct fuzz_input *input)
{
	return input->at >= input->end;
}

uint8_t fuzz_u8(struct fuzz_input *input)
{
	return fuzz_input_ended(input) ? 0 : *input->at++;
}

uint8_t fuzz_last_u8(struct fuzz_input *input)
{
	return fuzz_input_ended(input) ? 0 : *--input->end;
}

uint64_t fuzz_raw(struct fuzz_input *input, unsigned int size)
{
	uint64_t value = 0;
	unsigned int i;

	for (i = 0; i < size; i++)
		value |= (uint64_t)fuzz_u8(input) << 8 * i;
	return value;
}

static uint64_t fuzz_last_raw(struct fuzz_input *input, unsigned int size)
{
	uint64_t value = 0;
	unsigned int i;

	for (i = 0; i < size; i++)
		value |= (uint64_t)fuzz_last_u8(input) << 8 * i;
	return value;
}

static uint64_t learned_at(const struct fuzz_learned *learned,
			   unsigned int before_last)
{
	return learned->values[(learned->next - 1 - before_last) %
			       FUZZ_LEARNED];
}

uint64_t fuzz_value(struct fuzz_input *input,
		    const struct fuzz_learned *learned)
{
	uint8_t code = fuzz_u8(input);

	if (code < 0xc0)
		return code;
	if (code < 0xe0)
		return known[code - 0xc0];
	if (code < 0xf0)
		return learned_at(learned, code - 0xe0);
	switch (code) {
	case 0xf0:
		return fuzz_raw(input, 1);
	case 0xf1:
		return fuzz_raw(input, 2);
	case 0xf2:
		return fuzz_raw(input, 4);
	case 0xf3:
		return fuzz_raw(input, 8);
	case 0xf4:
		return learned_at(learned, 0) + fuzz_u8(input);
	case 0xf5:
		return learned_at(learned, 0) + 0x1000;
	case 0xf6:
		return learned_at(learned, 0) + 0x10000;
	default:
		return 0;
	}
}

uint64_t fuzz_last_value(struct fuzz_input *input)
{
	uint8_t code = fuzz_last_u8(input);

	if (code < 0xc0)
		return code;
	if (code < 0xe0)
		return known[code - 0xc0];
	switch (code) {
	case 0xf1:
		return fuzz_last_raw(input, 2);
	case 0xf2:
		return fuzz_last_raw(input, 4);
	case 0xf3:
		return fuzz_last_raw(input, 8);
	default:
		return 0;
	}
}

void fuzz_learn(struct fuzz_learned *learned, uint64_t value)
{
	learned->values[learned->next++ % FUZZ_LEARNED] = value;
}
