/* SPDX-License-Identifier: MIT */
/* The running thread, and random numbers. */
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/random.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <linux/bug.h>
#include <linux/lockdep.h>
#include <linux/random.h>
#include <linux/sched.h>

#include "slice.h"

__thread char dxgk_user_self;

static __thread struct task_struct self_task;
static __thread struct task_struct process_task;

static struct pid own_pid;

static void read_comm(const char *path, char *comm)
{
	FILE *file = fopen(path, "re");

	if (!file)
		return;
	if (fgets(comm, TASK_COMM_LEN, file))
		comm[strcspn(comm, "\n")] = '\0';
	fclose(file);
}

struct task_struct *dxgk_user_current(void)
{
	struct task_struct *task = &self_task;

	if (likely(task->pid))
		return task;
	process_task.tgid = process_task.pid = getpid();
	process_task.group_leader = &process_task;
	*task = process_task;
	task->pid = (pid_t)syscall(SYS_gettid);
	prctl(PR_GET_NAME, task->comm);
	memcpy(process_task.comm, task->comm, TASK_COMM_LEN);
	if (task->pid != task->tgid)
		read_comm("/proc/self/comm", process_task.comm);
	return task;
}

struct pid *dxgk_user_pid(void)
{
	WRITE_ONCE(own_pid.nr, dxgk_user_current()->tgid);
	return &own_pid;
}

void dxgk_user_task_after_fork(void)
{
	self_task.pid = 0;
}

void dxgk_user_yield(void)
{
	sched_yield();
}

/* Not interrupted: for up to 256 bytes the system never gives less. */
void get_random_bytes(void *buf, size_t size)
{
	size_t piece;

	for (; size; size -= piece, buf = (char *)buf + piece) {
		piece = size < 256 ? size : 256;
		BUG_ON(getrandom(buf, piece, 0) != (ssize_t)piece);
	}
}
