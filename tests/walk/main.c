/* SPDX-License-Identifier: MIT */
/* Random walks: valid and half-valid calls, checked against a model. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "round.h"

/*
 * walk [--twice]
 *
 * DXG_WALK_SEED     number to begin with; another one each time if not set
 * DXG_WALK_SECONDS  how long; if not set, steps count
 * DXG_WALK_STEPS    of each thread, 2000 if not set
 * DXG_WALK_THREADS  4 if not set
 * DXG_WALK_TRACE    1: print every call
 *
 * One thread alone makes the same calls with the same answers for the same seed
 * and number of steps; --twice does it, and compares.
 */

struct walk_options walk_options;

static uint64_t number(const char *name, uint64_t otherwise)
{
	const char *text = getenv(name);
	char *end;
	uint64_t value;

	if (!text || !*text)
		return otherwise;
	errno = 0;
	value = strtoull(text, &end, 0);
	if (errno || *end) {
		fprintf(stderr, "walk: %s=%s is no number\n", name, text);
		exit(2);
	}
	return value;
}

static uint64_t new_seed(void)
{
	struct timespec time;

	clock_gettime(CLOCK_REALTIME, &time);
	return walk_mix((uint64_t)time.tv_sec * 1000000000 +
			(uint64_t)time.tv_nsec, (uint64_t)getpid()) >> 32;
}

static void read_options(void)
{
	walk_options.seed = number("DXG_WALK_SEED", new_seed());
	walk_options.seconds = number("DXG_WALK_SECONDS", 0);
	walk_options.steps = number("DXG_WALK_STEPS", 2000);
	walk_options.threads = (unsigned int)number("DXG_WALK_THREADS", 4);
	walk_options.trace = number("DXG_WALK_TRACE", 0);
	if (walk_options.threads < 1 || walk_options.threads > 32) {
		fprintf(stderr, "walk: 1 to 32 threads\n");
		exit(2);
	}
}

static struct walk_totals walk_once(void)
{
	struct walk_totals totals;
	uint64_t begin = walk_now_ms();

	walk_run(&totals);
	printf("walk: %" PRIu64 " calls, %" PRIu64 " of them refused, in %" PRIu64
	       " steps, %" PRIu64 " rounds, %" PRIu64 " machines, %" PRIu64
	       " ms\n", totals.calls, totals.refused, totals.steps,
	       totals.rounds, totals.machines, walk_now_ms() - begin);
	printf("walk: the longest took %" PRIu64 " ms: %s\n", totals.slowest,
	       totals.slowest_call);
	fflush(stdout);
	return totals;
}

static int walk_twice(void)
{
	uint64_t first, second;

	walk_options.threads = 1;
	walk_options.seconds = 0;
	first = walk_once().digest;
	second = walk_once().digest;
	printf("walk: digests %016" PRIx64 ", %016" PRIx64 "\n", first, second);
	return first != second;
}

int main(int argc, char **argv)
{
	bool twice = argc == 2 && !strcmp(argv[1], "--twice");

	if (argc > 1 && !twice) {
		fprintf(stderr, "usage: walk [--twice]\n");
		return 2;
	}
	read_options();
	printf("walk: ");
	walk_print_command();
	if (twice)
		return walk_twice();
	walk_once();
	return 0;
}
