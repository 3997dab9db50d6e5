/* SPDX-License-Identifier: MIT */
/* The function that libFuzzer, or replay.c, calls for each input. */
#ifndef FUZZ_TARGET_H
#define FUZZ_TARGET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Have the inputs so far shown all that the seeds of this target are to show? */
bool fuzz_target_is_complete(void) __attribute__((weak));

#endif
