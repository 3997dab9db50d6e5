/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * The dma_fence that stands for "this monitored fence has reached that value".
 *
 * A program may never signal a monitored fence, but others wait for a dma_fence
 * where nothing of user space may be waited for. So each of ours ends within a
 * bounded time: a timer is armed before anybody else can see it, and that timer
 * needs no memory, no lock that is held over an allocation, no process and no host.
 * All else ends it sooner: the host's message, or the end of the adapter, the
 * device or the process.
 *
 * Whoever takes the event out of the table of host events signals the fence, and
 * drops the reference that came with it; all others find that it is gone.
 */

#include <linux/dma-fence.h>
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/timer.h>
#include <linux/workqueue.h>

#include "compat.h"
#include "dxgkrnl.h"
#include "fence.h"
#include "host-event.h"
#include "share.h"
#include "wait.h"

/* Well below the time after which the kernel takes a task for hung. */
#define DXGK_FENCE_TIMEOUT_MAX	60000u

static unsigned int dxgk_fence_timeout_ms = 10000;

static int dxgk_fence_set_timeout(const char *text,
				  const struct kernel_param *param)
{
	return param_set_uint_minmax(text, param, 0, DXGK_FENCE_TIMEOUT_MAX);
}

static const struct kernel_param_ops dxgk_fence_timeout_ops = {
	.set = dxgk_fence_set_timeout,
	.get = param_get_uint,
};

module_param_cb(sync_file_timeout_ms, &dxgk_fence_timeout_ops,
		&dxgk_fence_timeout_ms, 0644);
MODULE_PARM_DESC(sync_file_timeout_ms,
		 "time after which a sync file signals with an error (default 10000, at most 60000; 0: no sync files)");

/**
 * struct dxgk_fence - see the head of this file
 * @base: in a context of its own: in which order values are reached is for
 *	programs to say, and a time limit does not know of it
 * @lock: of @base
 * @event: what the host reports; in the table with a reference
 * @timer: without a reference: who frees the fence waits for it
 * @free: may have to ask the host, which the last reference's holder must not
 * @sync: with a reference
 * @value: that it has to have
 * @kept: the host's NT handle of a shared @sync is kept
 * @timeline: what @base is called: the handle of @sync
 */
struct dxgk_fence {
	struct dma_fence base;
	spinlock_t lock;
	struct dxgk_event event;
	struct timer_list timer;
	struct rcu_work free;
	struct dxgk_sync *sync;
	u64 value;
	bool kept;
	char timeline[16];
};

/* Frees fences: nobody waits for that, but the end of the module. */
static struct workqueue_struct *dxgk_fence_queue;

static struct dxgk_fence *dxgk_fence_of(struct dma_fence *base)
{
	return container_of(base, struct dxgk_fence, base);
}

static const char *dxgk_fence_driver_name(struct dma_fence *base)
{
	return KBUILD_MODNAME;
}

static const char *dxgk_fence_timeline_name(struct dma_fence *base)
{
	return dxgk_fence_of(base)->timeline;
}

/* After a grace period: until then others may look at it, by RCU. */
static void dxgk_fence_free(struct work_struct *work)
{
	struct dxgk_fence *fence =
		container_of(to_rcu_work(work), struct dxgk_fence, free);

	dxgk_timer_delete_sync(&fence->timer);
	if (fence->kept)
		dxgk_shared_unkeep(fence->sync->shared);
	dxgk_sync_put(fence->sync);
	kfree(fence);
	/* dxgk_fence_exit() waits for the rest of this. */
	module_put(THIS_MODULE);
}

/* In whatever context, under whatever locks of others: only queues. */
static void dxgk_fence_release(struct dma_fence *base)
{
	queue_rcu_work(dxgk_fence_queue, &dxgk_fence_of(base)->free);
}

static const struct dma_fence_ops dxgk_fence_ops = {
	.get_driver_name = dxgk_fence_driver_name,
	.get_timeline_name = dxgk_fence_timeline_name,
	.release = dxgk_fence_release,
};

bool dxgk_fence_is_ours(const struct dma_fence *base)
{
	return dxgk_fence_has_ops(base, &dxgk_fence_ops);
}

struct dxgk_sync *dxgk_fence_sync(struct dma_fence *base)
{
	return dxgk_fence_of(base)->sync;
}

u64 dxgk_fence_value(struct dma_fence *base)
{
	return dxgk_fence_of(base)->value;
}

/* By who has taken the event. */
static void dxgk_fence_end(struct dxgk_fence *fence, int error)
{
	bool cookie = dma_fence_begin_signalling();

	if (error)
		dma_fence_set_error(&fence->base, error);
	dma_fence_signal(&fence->base);
	dma_fence_end_signalling(cookie);
	dma_fence_put(&fence->base);
}

static bool dxgk_fence_is_reached(struct dxgk_fence *fence)
{
	u64 value;

	return dxgk_sync_value(fence->sync, &value) && value >= fence->value;
}

/*
 * Either the host has said so, which comes in an interrupt, or something ends, which
 * may be ahead of what the host has to say; there the value can be looked at.
 */
static void dxgk_fence_event(struct dxgk_event *event)
{
	struct dxgk_fence *fence =
		container_of(event, struct dxgk_fence, event);
	int error = event->result;

	if (error && dxgk_fence_is_reached(fence))
		error = 0;
	dxgk_timer_delete(&fence->timer);
	dxgk_fence_end(fence, error);
}

static bool dxgk_fence_take(struct dxgk_fence *fence)
{
	return dxgk_event_take(fence->sync->adapter->global, &fence->event);
}

static void dxgk_fence_expire(struct timer_list *timer)
{
	struct dxgk_fence *fence =
		container_of(timer, struct dxgk_fence, timer);

	if (dxgk_fence_take(fence))
		dxgk_fence_end(fence, -ETIMEDOUT);
}

static int dxgk_fence_arm(struct dxgk_fence *fence, struct dxgk_device *device,
			  unsigned int timeout_ms)
{
	int ret;

	if (dxgk_fence_is_reached(fence)) {
		dma_fence_signal(&fence->base);
		return 0;
	}
	dma_fence_get(&fence->base);
	ret = dxgk_event_add_call(&fence->event, device, dxgk_fence_event);
	if (ret) {
		dma_fence_put(&fence->base);
		return ret;
	}
	ret = dxgk_wait_arm_event(device, fence->sync->base.handle,
				  fence->value, fence->event.id);
	if (!ret)
		mod_timer(&fence->timer,
			  jiffies + msecs_to_jiffies(timeout_ms));
	else if (dxgk_fence_take(fence))
		dma_fence_put(&fence->base);
	return ret;
}

static struct dxgk_fence *dxgk_fence_alloc(struct dxgk_sync *sync, u64 value)
{
	struct dxgk_fence *fence;

	fence = kzalloc(sizeof(*fence), GFP_KERNEL_ACCOUNT);
	if (!fence)
		return NULL;
	/* The caller's file keeps it as well. */
	__module_get(THIS_MODULE);
	spin_lock_init(&fence->lock);
	timer_setup(&fence->timer, dxgk_fence_expire, 0);
	INIT_RCU_WORK(&fence->free, dxgk_fence_free);
	dxgk_sync_get(sync);
	fence->sync = sync;
	fence->value = value;
	snprintf(fence->timeline, sizeof(fence->timeline), "%08x-",
		 sync->base.handle);
	dma_fence_init(&fence->base, &dxgk_fence_ops, &fence->lock,
		       dma_fence_context_alloc(1), value);
	return fence;
}

struct dma_fence *dxgk_fence_create(struct dxgk_device *device,
				    struct dxgk_sync *sync, u64 value)
{
	unsigned int timeout_ms = READ_ONCE(dxgk_fence_timeout_ms);
	struct dxgk_fence *fence;
	int ret = 0;

	if (!timeout_ms)
		return ERR_PTR(-EPERM);
	fence = dxgk_fence_alloc(sync, value);
	if (!fence)
		return ERR_PTR(-ENOMEM);
	if (sync->shared) {
		ret = dxgk_shared_keep(sync->shared, device->process,
				       sync->base.handle);
		fence->kept = !ret;
	}
	if (!ret)
		ret = dxgk_fence_arm(fence, device, timeout_ms);
	if (ret) {
		dma_fence_put(&fence->base);
		return ERR_PTR(ret);
	}
	return &fence->base;
}

void dxgk_fence_cancel(struct dma_fence *base)
{
	struct dxgk_fence *fence = dxgk_fence_of(base);

	if (dxgk_fence_take(fence))
		dxgk_fence_end(fence, -ECANCELED);
}

int dxgk_fence_init(void)
{
	dxgk_fence_queue = alloc_workqueue(KBUILD_MODNAME, WQ_UNBOUND, 0);
	return dxgk_fence_queue ? 0 : -ENOMEM;
}

void dxgk_fence_exit(void)
{
	destroy_workqueue(dxgk_fence_queue);
}
