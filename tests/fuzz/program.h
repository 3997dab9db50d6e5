/* SPDX-License-Identifier: MIT */
/* A program of calls, read from an input. */
#ifndef FUZZ_PROGRAM_H
#define FUZZ_PROGRAM_H

#include "calls.h"
#include "input.h"

#define FUZZ_RING	16
#define FUZZ_SHARES	8
#define FUZZ_EVENTS	2

/* Handles of one kind, a ring. */
struct fuzz_ring {
	uint32_t handles[FUZZ_RING];
	unsigned int next;
};

/**
 * struct fuzz_program - a program while it runs
 * @live: handles that came back, by kind; they may have gone meanwhile
 * @shares: descriptors of shared objects, -1: none
 * @kept_by_host: an object was shared with it, for which there is no way back
 */
struct fuzz_program {
	struct fuzz_input *input;
	int fd;
	struct fuzz_ring live[FUZZ_OBJECTS];
	struct fuzz_ring stale;
	struct fuzz_learned learned;
	int shares[FUZZ_SHARES];
	int events[FUZZ_EVENTS];
	bool kept_by_host;
};

/* Numbers of which some call has succeeded, since the process began. */
extern unsigned char fuzz_worked[FUZZ_CALLS];

/*
 * Opens the device, makes the calls, closes everything. A device that does not
 * open is none of its business. Ends the process when something is left over:
 * a descriptor, and, if @honest, an object of the host's.
 */
void fuzz_program_run(struct fuzz_input *input, bool honest);

/* encode.c: fill what is at @args as the input says; take what came back. */
void fuzz_encode(struct fuzz_program *program, const struct fuzz_struct *type,
		 uint8_t *args);
void fuzz_harvest(struct fuzz_program *program, const struct fuzz_struct *type,
		  const uint8_t *args);

#endif
