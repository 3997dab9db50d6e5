/* SPDX-License-Identifier: MIT */
/* Process numbers: of the one process that there is. */
#ifndef DXGK_USER_PID_H
#define DXGK_USER_PID_H

#include <linux/compiler.h>
#include <linux/types.h>

struct pid {
	pid_t nr;
};

struct task_struct;

struct pid *dxgk_user_pid(void);

static inline struct pid *get_pid(struct pid *pid)
{
	return pid;
}

static inline void put_pid(struct pid *pid)
{
	(void)pid;
}

static inline pid_t pid_nr(struct pid *pid)
{
	return pid ? READ_ONCE(pid->nr) : 0;
}

static inline pid_t pid_vnr(struct pid *pid)
{
	return pid_nr(pid);
}

#endif
