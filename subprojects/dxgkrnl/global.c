/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* One virtual machine's connection to its host. */

#include <linux/err.h>
#include <linux/errno.h>
#include <linux/mm.h>
#include <linux/slab.h>

#include "dxgkrnl.h"
#include "message.h"

struct dxgk_global *dxgk_global_create(const struct dxgk_transport_ops *ops,
				       void *platform)
{
	struct dxgk_global *global;

	global = kzalloc(sizeof(*global), GFP_KERNEL);
	if (!global)
		return ERR_PTR(-ENOMEM);
	kref_init(&global->ref);
	global->transport = ops;
	global->platform = platform;
	init_rwsem(&global->core);
	mutex_init(&global->adapter_lock);
	INIT_LIST_HEAD(&global->adapters);
	mutex_init(&global->process_lock);
	INIT_LIST_HEAD(&global->processes);
	xa_init_flags(&global->events, XA_FLAGS_LOCK_IRQ);
	/* The first id given out is 2. */
	atomic64_set(&global->next_event, 1);
	xa_init_flags(&global->devices, XA_FLAGS_ALLOC1 | XA_FLAGS_LOCK_IRQ);
	return global;
}

static int dxgk_global_send_io_space(struct dxgk_global *global, u64 start,
				     u64 length)
{
	struct dxgk_wire_setiospaceregion *request;
	struct dxgk_message message;
	int ret;

	ret = dxgk_message_init_vm(&message, global, NULL,
				   DXGK_VMCMD_SETIOSPACEREGION,
				   sizeof(*request),
				   sizeof(struct dxgk_wire_status_reply));
	if (ret)
		goto out;
	dxgk_message_any_state(&message);
	request = message.request;
	request->start = start;
	request->length = length;
	ret = dxgk_message_send_status(&message);
out:
	dxgk_message_end(&message);
	return ret < 0 ? ret : 0;
}

int dxgk_global_start(struct dxgk_global *global, u64 io_start, u64 io_size)
{
	int ret;

	if (!io_size || !PAGE_ALIGNED(io_start) || io_start + io_size < io_start)
		return -EINVAL;
	ret = dxgk_global_send_io_space(global, io_start, io_size);
	if (ret)
		return ret;
	down_write(&global->core);
	global->io_start = io_start;
	global->io_size = io_size;
	WRITE_ONCE(global->state, DXGK_ACTIVE);
	up_write(&global->core);
	return 0;
}

void dxgk_global_stop(struct dxgk_global *global)
{
	down_write(&global->core);
	WRITE_ONCE(global->state, DXGK_STOPPED);
	up_write(&global->core);
}

static void dxgk_global_release(struct kref *ref)
{
	struct dxgk_global *global =
		container_of(ref, struct dxgk_global, ref);

	xa_destroy(&global->events);
	xa_destroy(&global->devices);
	mutex_destroy(&global->adapter_lock);
	mutex_destroy(&global->process_lock);
	kfree(global);
}

void dxgk_global_get(struct dxgk_global *global)
{
	kref_get(&global->ref);
}

void dxgk_global_put(struct dxgk_global *global)
{
	kref_put(&global->ref, dxgk_global_release);
}

bool dxgk_global_io_range(const struct dxgk_global *global, u64 address,
			  u64 size)
{
	u64 offset = address - global->io_start;

	return size && address >= global->io_start &&
	       offset < global->io_size && size <= global->io_size - offset;
}
