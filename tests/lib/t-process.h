/* SPDX-License-Identifier: MIT */
/* Tests that need a process or threads of their own. */
#ifndef T_PROCESS_H
#define T_PROCESS_H

#include <pthread.h>
#include <unistd.h>

#include <sys/types.h>

/*
 * Children. A failed assertion in one aborts it, and that fails the parent's
 * test; cmocka by itself would go on with the rest of the parent's list.
 */

/* Runs @function in a child; fails the test unless it returns or _exit(0)s. */
void t_run_child(void (*function)(void *argument), void *argument);

/* The two halves of it. */
pid_t t_start_child(void (*function)(void *argument), void *argument);
void t_expect_child_ok(pid_t child);

/* Ends a child, however deep it is in what it does; it has not ended before. */
void t_kill_child(pid_t child);
/* The half of it for who has sent the signal already. */
void t_expect_child_killed(pid_t child);
/* Children that work without end, one after the other, each killed at another time. */
void t_kill_children(void (*work)(void *argument), unsigned int count);

/* Open descriptors of this process. */
unsigned int t_count_descriptors(void);

/* pthread_create() and _join() that fail the test. */
pthread_t t_start_thread(void *(*function)(void *), void *argument);
void t_join_thread(pthread_t thread);

#endif
