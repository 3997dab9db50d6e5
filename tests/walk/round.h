/* SPDX-License-Identifier: MIT */
/* Rounds: a machine, threads that walk on it, and nothing left afterwards. */
#ifndef WALK_ROUND_H
#define WALK_ROUND_H

#include "walk.h"

struct walk_totals {
	uint64_t rounds;
	uint64_t machines;
	uint64_t steps;
	uint64_t calls;
	uint64_t refused;
	uint64_t digest;	/* of the first thread */
	uint64_t slowest;	/* milliseconds of the longest call */
	char slowest_call[WALK_LOG_BYTES];
};

/* As many rounds as the options say; ends the process if anything is wrong. */
void walk_run(struct walk_totals *ret_totals);

#endif
