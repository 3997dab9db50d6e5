/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* Contexts: look up, keep. */

#include <linux/slab.h>

#include "dxgkrnl.h"

static void dxgk_context_release(struct kref *ref)
{
	struct dxgk_context *context =
		container_of(ref, struct dxgk_context, base.ref);

	dxgk_device_put(context->device);
	kfree_rcu(context, base.rcu);
}

void dxgk_context_put(struct dxgk_context *context)
{
	kref_put(&context->base.ref, dxgk_context_release);
}

struct dxgk_context *dxgk_context_lookup(struct dxgk_process *process,
					 u32 handle)
{
	struct dxgk_object *object =
		dxgk_handle_lookup(&process->objects, handle,
				   DXGK_OBJECT_CONTEXT);

	return object ? container_of(object, struct dxgk_context, base) : NULL;
}

/* With the device's lock held: its queues go with the context. */
void dxgk_context_hide_queues(struct dxgk_context *context)
{
	struct dxgk_handle_table *table = &context->device->process->objects;
	struct dxgk_hw_queue *queue;

	context->dead = true;
	list_for_each_entry(queue, &context->hw_queues, node) {
		dxgk_handle_remove(table, &queue->base);
		dxgk_handle_remove(table, &queue->fence->base);
	}
}

struct dxgk_context *dxgk_context_alloc(struct dxgk_device *device)
{
	struct dxgk_context *context;

	context = kzalloc(sizeof(*context), GFP_KERNEL_ACCOUNT);
	if (!context)
		return NULL;
	dxgk_object_init(&context->base, DXGK_OBJECT_CONTEXT, 0);
	dxgk_device_get(device);
	context->device = device;
	INIT_LIST_HEAD(&context->node);
	INIT_LIST_HEAD(&context->hw_queues);
	return context;
}
