/* SPDX-License-Identifier: MIT */
/* A host that does not answer, and processes that are stuck because of it. */
#ifndef T_FREEZE_H
#define T_FREEZE_H

#include <stdbool.h>

#include <sys/types.h>

/*
 * Stops the dxghostd behind the node, and lets it go on. Nothing that asks it may
 * be called between. Fails the test unless there is one.
 */
void t_freeze_host(void);
void t_thaw_host(void);

#define T_STACK_MAX	8192
/* Before each thread's. */
#define T_STACK_BEGIN	"--\n"

/*
 * Where the threads of a process are in the kernel, as text: the names of functions,
 * innermost first. Empty for what runs, or is not in the kernel.
 */
void t_kernel_stacks(pid_t process, char ret_stacks[T_STACK_MAX]);

/* True once all of them stay where they are. */
bool t_is_stuck(pid_t process, char ret_stacks[T_STACK_MAX]);

#endif
