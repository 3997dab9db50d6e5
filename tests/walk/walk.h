/* SPDX-License-Identifier: MIT */
/* One walker: its random numbers, its log, and what it says when it fails. */
#ifndef WALK_H
#define WALK_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <dxg/d3dkmthk.h>

#include "../lib/t-check.h"

struct walk_world;

/* For what has to happen; the watchdog has more. */
#define WALK_PATIENCE_MS	(120000 * t_patience())

/* Answers that a call may give; WALK_RACY: which of them is not repeatable. */
#define WALK_OK			(1u << 0)
#define WALK_PENDING		(1u << 1)
#define WALK_PARAMETER		(1u << 2)
#define WALK_HANDLE		(1u << 3)
#define WALK_NO_MEMORY		(1u << 4)
#define WALK_VIDEO_MEMORY	(1u << 5)
#define WALK_REMOVED		(1u << 6)
#define WALK_EXCEPTION		(1u << 7)
#define WALK_DENIED		(1u << 8)
#define WALK_TOO_SMALL		(1u << 9)
#define WALK_UNSUCCESSFUL	(1u << 10)
#define WALK_NOT_SUPPORTED	(1u << 11)
#define WALK_ACCESS		(1u << 12)
#define WALK_RACY		(1u << 31)

#define WALK_LOG_LINES		128
#define WALK_LOG_BYTES		160

/**
 * struct walk - one thread's walk
 * @index: of the thread, 0 and up
 * @random: state of its random numbers
 * @steps: actions done in this run
 * @calls: calls made in this run
 * @refused: those of them that were no success
 * @digest: of all lines of the log
 * @began: when the call under way did
 * @slowest: milliseconds of the longest call, and which it was
 * @busy: a call is under way
 * @beats: counts calls for the watchdog
 * @log: the last lines, under @log_lock for who prints them from elsewhere
 */
struct walk {
	unsigned int index;
	uint64_t random;
	uint64_t steps;
	uint64_t calls;
	uint64_t refused;
	uint64_t digest;
	uint64_t began;
	uint64_t slowest;
	char slowest_call[WALK_LOG_BYTES];
	_Atomic uint64_t beats;
	atomic_bool busy;
	pthread_mutex_t log_lock;
	unsigned int log_next;
	char log[WALK_LOG_LINES][WALK_LOG_BYTES];
	struct walk_world *world;
};

/**
 * struct walk_options - what the environment says
 * @seed: of the whole run; DXG_WALK_SEED
 * @seconds: 0: steps count; DXG_WALK_SECONDS
 * @steps: of each thread; DXG_WALK_STEPS
 * @threads: DXG_WALK_THREADS
 * @trace: print every line of the log; DXG_WALK_TRACE
 */
struct walk_options {
	uint64_t seed;
	uint64_t seconds;
	uint64_t steps;
	unsigned int threads;
	bool trace;
};

extern struct walk_options walk_options;

/* random.c: splitmix64, so that a seed means the same everywhere */
uint64_t walk_random(struct walk *w);
/* 0 .. @n - 1, for @n above 0 */
unsigned int walk_below(struct walk *w, unsigned int n);
/* True once in @n times. */
bool walk_chance(struct walk *w, unsigned int n);
uint64_t walk_mix(uint64_t a, uint64_t b);

/* report.c */
void walk_init(struct walk *w, unsigned int index, uint64_t seed);
void walk_end(struct walk *w);
/* A line of the log that is no call. Part of the digest. */
void walk_note(struct walk *w, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
/* More about the last line, such as addresses, that is no part of the digest. */
void walk_detail(struct walk *w, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
/* Before a call: what it is going to be. */
void walk_begin(struct walk *w, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
/* After it: fails unless @status is one of @allowed. True if a success. */
bool walk_answer(struct walk *w, NTSTATUS status, unsigned int allowed);
/* Prints the seed, the log, and how to repeat it; ends the process. */
_Noreturn void walk_fail(struct walk *w, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
void walk_print_command(void);
/* Printed when a walk fails: what the device was like. */
extern char walk_machine[400];
/* The watchdog looks after these from now on, until walk_unwatch(). */
void walk_watch(struct walk **walks, unsigned int count);
void walk_unwatch(void);
void walk_sleep_ms(unsigned int ms);
uint64_t walk_now_ms(void);

/* The call is made after the line has been written. */
#define walk_call(w, call, allowed, ...)                            \
	(walk_begin((w), __VA_ARGS__), walk_answer((w), (call), (allowed)))

#endif
