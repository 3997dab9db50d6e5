/* SPDX-License-Identifier: MIT */
/* The way to the host, on which a fuzzer sits: it releases waits, and lies. */
#ifndef FUZZ_TRANSPORT_H
#define FUZZ_TRANSPORT_H

#include <stdbool.h>

#include "input.h"

/* While set, a wait of the CPU ends at once, as if its event had come. */
extern bool fuzz_transport_ends_waits;

/*
 * From now on lies are read from the end of @input; NULL: the host is honest.
 * @from_start: also about what brings the adapters up.
 */
void fuzz_transport_lies(struct fuzz_input *input, bool from_start);
/* Answers late what was given up: to be called where the driver may sleep. */
void fuzz_transport_orphans(void);
/* Those that came too late for that. */
void fuzz_transport_forget(void);

#endif
