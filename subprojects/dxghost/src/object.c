/* SPDX-License-Identifier: MIT */
/* Handles of a process: adding, finding and removing objects. */
#include "call.h"

bool dxghost_object_add(struct dxghost_object *object, enum dxghost_type type,
			struct dxghost_space *space)
{
	object->type = type;
	object->space = space;
	object->handle = dxghost_handle_table_add(&space->process->objects,
						  object);
	if (!object->handle)
		return false;
	space->process->host->live[type]++;
	return true;
}

void dxghost_object_remove(struct dxghost_object *object)
{
	struct dxghost_process *process = object->space->process;

	if (!object->handle)
		return;
	dxghost_handle_table_remove(&process->objects, object->handle);
	object->handle = 0;
	process->host->live[object->type]--;
}

void *dxghost_object_find_anywhere(const struct dxghost_call *call,
				   uint32_t handle, enum dxghost_type type)
{
	struct dxghost_object *object;

	if (!handle || !call->process)
		return NULL;
	object = dxghost_handle_table_find(&call->process->objects, handle);
	return object && object->type == type ? object : NULL;
}

void *dxghost_object_find(const struct dxghost_call *call, uint32_t handle,
			  enum dxghost_type type)
{
	struct dxghost_object *object =
		dxghost_object_find_anywhere(call, handle, type);

	if (object && call->adapter && object->space->adapter != call->adapter)
		return NULL;
	return object;
}
