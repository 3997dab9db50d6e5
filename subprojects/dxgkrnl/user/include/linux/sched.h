/* SPDX-License-Identifier: MIT */
/* The running thread. */
#ifndef DXGK_USER_SCHED_H
#define DXGK_USER_SCHED_H

#include_next <linux/sched.h>

#include <linux/pid.h>
#include <linux/string.h>
#include <linux/types.h>

#define TASK_COMM_LEN	16
#define PF_EXITING	0x4u

struct mm_struct;

struct task_struct {
	pid_t pid;
	pid_t tgid;
	unsigned int flags;
	struct mm_struct *mm;
	struct task_struct *group_leader;	/* stands for the process */
	char comm[TASK_COMM_LEN];
};

/* Filled in at a thread's first use of it. */
struct task_struct *dxgk_user_current(void);
#define current	dxgk_user_current()

static inline pid_t task_pid_nr(struct task_struct *task)
{
	return task->pid;
}

static inline pid_t task_tgid_nr(struct task_struct *task)
{
	return task->tgid;
}

static inline pid_t task_tgid_vnr(struct task_struct *task)
{
	return task->tgid;
}

static inline struct pid *task_tgid(struct task_struct *task)
{
	(void)task;
	return dxgk_user_pid();
}

/*
 * Signals are the program's own business here: their handlers run while the
 * driver waits, and the wait goes on.
 */
static inline int signal_pending(struct task_struct *task)
{
	(void)task;
	return 0;
}

static inline int fatal_signal_pending(struct task_struct *task)
{
	(void)task;
	return 0;
}

#define get_task_comm(buf, task) \
	strscpy_pad(buf, (task)->comm, sizeof(buf))

void dxgk_user_yield(void);
#define cond_resched()	((void)0)
#define schedule()	dxgk_user_yield()

#endif
