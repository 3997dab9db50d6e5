/* SPDX-License-Identifier: MIT */
/* What the files of the user-space home tell one another. */
#ifndef DXGK_USER_SLICE_H
#define DXGK_USER_SLICE_H

#include <linux/types.h>

/*
 * In a forked child: locks may have been held and lists half changed by threads
 * that do not exist there, so nothing is looked at, only begun anew.
 */
void dxgk_user_files_after_fork(void);
void dxgk_user_rcu_after_fork(void);
void dxgk_user_task_after_fork(void);
void dxgk_user_workqueue_after_fork(void);

/* Ends the threads of system_wq; the next use makes a new one. */
void dxgk_user_workqueue_end(void);

/* Releases files whose last descriptor was closed: a kernel does it by itself. */
void dxgk_user_files_reap(void);

/* wait.c: for tests. The next waits that would sleep end as by a signal. */
void dxgk_user_interrupt_waits(u32 count);

/* uaccess.c: for its test. True: do as if the kernel refused the fast way. */
void dxgk_user_uaccess_refuse(bool refuse);

#endif
