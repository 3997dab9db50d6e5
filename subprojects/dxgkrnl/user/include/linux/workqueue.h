/* SPDX-License-Identifier: MIT */
/* Work done later, by threads of the queue's own. */
#ifndef DXGK_USER_WORKQUEUE_H
#define DXGK_USER_WORKQUEUE_H

#include <linux/compiler.h>
#include <linux/list.h>
#include <linux/types.h>

struct work_struct;
struct workqueue_struct;
typedef void (*work_func_t)(struct work_struct *work);

/* @queue: where it waits to be run, NULL when it does not. */
struct work_struct {
	struct list_head entry;
	work_func_t func;
	struct workqueue_struct *queue;
};

#define __WORK_INITIALIZER(name, f) \
	{ .entry = LIST_HEAD_INIT((name).entry), .func = (f), .queue = NULL }
#define DECLARE_WORK(name, f) \
	struct work_struct name = __WORK_INITIALIZER(name, f)
#define INIT_WORK(work, f) do {						\
	INIT_LIST_HEAD(&(work)->entry);					\
	(work)->func = (f);						\
	(work)->queue = NULL;						\
} while (0)
#define INIT_WORK_ONSTACK(work, f)	INIT_WORK(work, f)
#define destroy_work_on_stack(work)	((void)(work))

#define WQ_UNBOUND	0x02u
#define WQ_FREEZABLE	0x04u
#define WQ_MEM_RECLAIM	0x08u
#define WQ_HIGHPRI	0x10u
#define WQ_PERCPU	0x100u
#define DXGK_USER_WQ_ORDERED	0x10000u

struct workqueue_struct *alloc_workqueue(const char *format, unsigned int flags,
					 int max_active, ...) __printf(1, 4);
#define alloc_ordered_workqueue(format, flags, ...) \
	alloc_workqueue(format, (flags) | DXGK_USER_WQ_ORDERED, 1, ##__VA_ARGS__)
#define create_singlethread_workqueue(name) \
	alloc_ordered_workqueue("%s", 0, name)

/* Runs what is queued, then ends the threads. */
void destroy_workqueue(struct workqueue_struct *queue);

/* False when it was queued already. */
bool queue_work(struct workqueue_struct *queue, struct work_struct *work);
/* Return when the work, or all work queued so far, has been done. */
bool flush_work(struct work_struct *work);
void flush_workqueue(struct workqueue_struct *queue);
#define drain_workqueue(queue)	flush_workqueue(queue)
/* Returns when the work neither waits nor runs; true when it waited. */
bool cancel_work_sync(struct work_struct *work);
bool work_pending(struct work_struct *work);

/* The queue for everybody's short work; made when first used. */
struct workqueue_struct *dxgk_user_system_wq(void);
#define system_wq		dxgk_user_system_wq()
#define system_percpu_wq	dxgk_user_system_wq()
#define system_unbound_wq	dxgk_user_system_wq()
#define system_long_wq		dxgk_user_system_wq()
#define schedule_work(work)	queue_work(system_wq, work)

#endif
