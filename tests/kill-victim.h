/* SPDX-License-Identifier: MIT */
/* Processes that are killed, or do what others wait for, while the host is silent. */
#ifndef KILL_VICTIM_H
#define KILL_VICTIM_H

#include "load.h"
#include "lib/t-freeze.h"

/*
 * @run says by victim_tell() that all is there, and then does what it is for;
 * if it @waits, only when victim_wait() has returned.
 */
struct victim {
	const struct load *load;
	bool waits;
	int ready;
	int go[2];
	void (*run)(struct victim *victim);
};

/* Of each test; the second one ends what a failure has left. */
int victim_setup(void **state);
int victim_teardown(void **state);

void victim_tell(const struct victim *victim);
void victim_wait(const struct victim *victim);
pid_t victim_start(struct victim *victim);
/* One that waits. */
void victim_let_go(struct victim *victim);

bool victim_is_in(pid_t process, const char *function);
void victim_expect_in(const char *stacks, const char *function);
/* That function itself waits, and none that it has called. */
bool victim_waits_in(const char *stacks, const char *function);
/* In a call that is not to be ended half way. */
bool victim_is_taking_down(const char *stacks);
/* After a kill, while the host does not answer. */
void victim_expect_call_to_end(pid_t process, const char *what);
void victim_expect_killed(pid_t process);
void victim_expect_success(pid_t process);
/* All are gone. */
void victim_expect_nothing_left(void);

#endif
