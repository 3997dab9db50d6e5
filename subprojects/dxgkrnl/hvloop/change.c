/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * What the host does on the two buses. The guest's driver is called for it, and it
 * asks the host: the very program whose call this is. So it is done elsewhere,
 * and who has asked can be killed while it waits.
 */

#include <linux/completion.h>
#include <linux/errno.h>
#include <linux/refcount.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

#include "internal.h"

struct hvloop_change {
	struct work_struct work;
	refcount_t users;	/* who has asked, and who does it */
	struct completion done;
	unsigned int request;
	struct hvloop_channel *channel;
	int result;
};

/* One at a time, in the order in which they were asked for. */
static struct workqueue_struct *hvloop_changes;
static bool hvloop_changes_stopped;

int hvloop_change_init(void)
{
	hvloop_changes = alloc_ordered_workqueue("hvloop", 0);
	return hvloop_changes ? 0 : -ENOMEM;
}

void hvloop_change_exit(void)
{
	destroy_workqueue(hvloop_changes);
}

static int hvloop_change_do(unsigned int request,
			    struct hvloop_channel *channel)
{
	switch (request) {
	case HVLOOP_PLUG:
		return hvloop_plug(channel);
	case HVLOOP_UNPLUG:
		hvloop_unplug(channel);
		return 0;
	case HVLOOP_OFFER:
		return hvloop_offer(channel);
	case HVLOOP_RESCIND:
		hvloop_rescind(channel);
		return 0;
	default:
		return -ENOTTY;
	}
}

static void hvloop_change_put(struct hvloop_change *change)
{
	if (refcount_dec_and_test(&change->users))
		kfree(change);
}

static void hvloop_change_work(struct work_struct *work)
{
	struct hvloop_change *change =
		container_of(work, struct hvloop_change, work);

	change->result = READ_ONCE(hvloop_changes_stopped) ? -ENODEV :
			 hvloop_change_do(change->request, change->channel);
	complete(&change->done);
	hvloop_change_put(change);
}

int hvloop_change(unsigned int request, u32 number)
{
	struct hvloop_change *change;
	int ret;

	if (number >= HVLOOP_CHANNELS)
		return -EINVAL;
	change = kzalloc(sizeof(*change), GFP_KERNEL);
	if (!change)
		return -ENOMEM;
	INIT_WORK(&change->work, hvloop_change_work);
	refcount_set(&change->users, 2);
	init_completion(&change->done);
	change->request = request;
	change->channel = &hvloop_channels[number];
	queue_work(hvloop_changes, &change->work);
	ret = wait_for_completion_killable(&change->done);
	if (!ret)
		ret = change->result;
	hvloop_change_put(change);
	return ret;
}

void hvloop_change_stop(void)
{
	WRITE_ONCE(hvloop_changes_stopped, true);
	flush_workqueue(hvloop_changes);
}

void hvloop_change_allow(void)
{
	WRITE_ONCE(hvloop_changes_stopped, false);
}
