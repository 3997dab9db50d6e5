/* SPDX-License-Identifier: MIT */
/* Fuzzer: any calls on a host that lies. */
#include "program.h"
#include "target.h"

/* The calls are read from the front, the lies from the back. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_input input = { data, data + size };

	fuzz_program_run(&input, false);
	return 0;
}
