/* SPDX-License-Identifier: MIT */
/* Fuzzer: any calls with any arguments, on an honest host. */
#include <stdio.h>

#include "program.h"
#include "target.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_input input = { data, data + size };

	fuzz_program_run(&input, true);
	return 0;
}

/* Those that cannot: without a handler, and sync files, a kernel's alone. */
static bool never_works(unsigned int number)
{
	static const unsigned char numbers[] = {
		0x03, 0x17, 0x1a, 0x28, 0x29, 0x2b, 0x2d, 0x45, 0x46, 0x47,
	};
	size_t i;

	for (i = 0; i < sizeof(numbers); i++)
		if (numbers[i] == number)
			return true;
	return false;
}

/* A seed that nobody gets to work teaches the fuzzer little. */
bool fuzz_target_is_complete(void)
{
	bool complete = true;
	unsigned int number;

	for (number = 1; number < FUZZ_CALLS; number++) {
		if (fuzz_worked[number] || never_works(number))
			continue;
		fprintf(stderr, "no seed makes %s succeed\n",
			fuzz_calls[number]->name);
		complete = false;
	}
	return complete;
}
