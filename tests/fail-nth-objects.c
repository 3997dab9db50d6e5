/* SPDX-License-Identifier: MIT */
/* Steps: adapters, devices, contexts, queues, and what is submitted to them. */
#include "fail-nth.h"

/* adapter */

/* With none open the table of adapter handles is empty. */
static void prepare_open_adapter(struct nth_world *world, void *data)
{
	struct d3dkmt_openadapterfromluid *args = data;
	struct d3dkmt_closeadapter close_args = {
		.adapter_handle.v = world->adapter,
	};

	nth_do(world, LX_DXCLOSEADAPTER, &close_args);
	args->adapter_luid = world->luid;
}

static void undo_open_adapter(struct nth_world *world, const void *data, bool worked)
{
	const struct d3dkmt_openadapterfromluid *args = data;

	world->adapter = worked ? args->adapter_handle.v :
				  nth_open_adapter(world);
}

static void prepare_close_adapter(struct nth_world *world, void *data)
{
	struct d3dkmt_closeadapter *args = data;

	args->adapter_handle.v = nth_open_adapter(world);
}

#define undo_close_adapter nth_undo_nothing

static void prepare_enumerate2(struct nth_world *world, void *data)
{
	struct d3dkmt_enumadapters2 *args = data;

	args->num_adapters = 64;
	args->adapters = NTH_POINTER(world->data.adapters);
}

static void undo_enumerate(struct nth_world *world, unsigned int count)
{
	struct d3dkmt_closeadapter args;

	assert_int_equal(count, 1);
	args.adapter_handle = world->data.adapters[0].adapter_handle;
	nth_do(world, LX_DXCLOSEADAPTER, &args);
}

static void undo_enumerate2(struct nth_world *world, const void *data, bool worked)
{
	const struct d3dkmt_enumadapters2 *args = data;

	if (worked)
		undo_enumerate(world, args->num_adapters);
}

static void prepare_enumerate3(struct nth_world *world, void *data)
{
	struct d3dkmt_enumadapters3 *args = data;

	args->filter = DXG_ENUMADAPTERS_FILTER_INCLUDE_COMPUTE_ONLY;
	args->adapter_count = 64;
	args->adapters = NTH_POINTER(world->data.adapters);
}

static void undo_enumerate3(struct nth_world *world, const void *data, bool worked)
{
	const struct d3dkmt_enumadapters3 *args = data;

	if (worked)
		undo_enumerate(world, args->adapter_count);
}

/* device */

static void prepare_create_device(struct nth_world *world, void *data)
{
	struct d3dkmt_createdevice *args = data;

	args->adapter.v = world->adapter;
}

static void undo_create_device(struct nth_world *world, const void *data, bool worked)
{
	const struct d3dkmt_createdevice *args = data;

	if (worked)
		nth_destroy_device(world, args->device.v);
}

static void prepare_destroy_device(struct nth_world *world, void *data)
{
	struct d3dkmt_destroydevice *args = data;

	args->device.v = nth_create_device(world);
}

static void undo_destroy_device(struct nth_world *world, const void *data, bool worked)
{
	struct d3dkmt_destroydevice args = *(const struct d3dkmt_destroydevice *)data;

	if (!worked)
		nth_may(world, LX_DXDESTROYDEVICE, &args);
}

/* The last kind of state that somebody would keep a copy of. */
static void prepare_state(struct nth_world *world, void *data)
{
	struct d3dkmt_getdevicestate *args = data;

	args->device.v = world->device;
	args->state_type = DXG_DEVICESTATE_PAGE_FAULT;
}

#define undo_state nth_undo_nothing

static void prepare_mark(struct nth_world *world, void *data)
{
	struct d3dkmt_markdeviceaserror *args = data;

	world->made = nth_create_device(world);
	args->device.v = world->made;
	args->reason = DXG_DEVICE_ERROR_REASON_GENERIC;
}

static void undo_mark(struct nth_world *world, const void *data, bool worked)
{
	(void)data;
	(void)worked;
	nth_destroy_device(world, world->made);
}

/* context */

static void prepare_create_context(struct nth_world *world, void *data)
{
	struct d3dkmt_createcontextvirtual *args = data;

	/* private data, so much of it that the message needs memory */
	args->device.v = world->device;
	args->priv_drv_data = NTH_POINTER(world->data.bytes);
	args->priv_drv_data_size = sizeof(world->data.bytes);
}

static void undo_create_context(struct nth_world *world, const void *data, bool worked)
{
	const struct d3dkmt_createcontextvirtual *args = data;

	if (worked)
		nth_destroy_context(world, args->context.v);
}

static void prepare_destroy_context(struct nth_world *world, void *data)
{
	struct d3dkmt_destroycontext *args = data;

	args->context.v = nth_create_context(world, 0);
}

static void undo_destroy_context(struct nth_world *world, const void *data, bool worked)
{
	struct d3dkmt_destroycontext args = *(const struct d3dkmt_destroycontext *)data;

	if (!worked)
		nth_may(world, LX_DXDESTROYCONTEXT, &args);
}

/* The four calls have the same structure. */
static void prepare_priority(struct nth_world *world, void *data)
{
	struct d3dkmt_setcontextschedulingpriority *args = data;

	args->context.v = world->context;
}

#define undo_priority nth_undo_nothing

/* hardware queue */

static void prepare_create_queue(struct nth_world *world, void *data)
{
	struct d3dkmt_createhwqueue *args = data;

	args->context.v = world->hw_context;
	args->priv_drv_data = NTH_POINTER(world->data.bytes);
	args->priv_drv_data_size = sizeof(world->data.bytes);
}

static void undo_create_queue(struct nth_world *world, const void *data, bool worked)
{
	const struct d3dkmt_createhwqueue *args = data;
	struct d3dkmt_destroyhwqueue destroy = { .queue = args->queue };

	if (worked)
		nth_do(world, LX_DXDESTROYHWQUEUE, &destroy);
}

static void prepare_destroy_queue(struct nth_world *world, void *data)
{
	struct d3dkmt_destroyhwqueue *args = data;
	struct d3dkmt_createhwqueue create = {
		.context.v = world->hw_context,
	};

	nth_do(world, LX_DXCREATEHWQUEUE, &create);
	args->queue = create.queue;
}

static void undo_destroy_queue(struct nth_world *world, const void *data, bool worked)
{
	struct d3dkmt_destroyhwqueue args = *(const struct d3dkmt_destroyhwqueue *)data;

	if (!worked)
		nth_may(world, LX_DXDESTROYHWQUEUE, &args);
}

/* submit: history buffers and private data need memory again */

static void prepare_submit(struct nth_world *world, void *data)
{
	struct d3dkmt_submitcommand *args = data;

	args->command_length = nth_write_commands(world, 0);
	args->command_buffer = world->memory.gpu + 64;
	args->broadcast_context_count = 1;
	args->broadcast_context[0].v = world->context;
	args->priv_drv_data = NTH_POINTER(world->data.bytes);
	args->priv_drv_data_size = sizeof(world->data.bytes);
	world->data.handles[0] = world->memory.allocation;
	args->num_history_buffers = 1;
	args->history_buffer_array = NTH_POINTER(world->data.handles);
}

#define undo_submit nth_undo_nothing

static void prepare_submit_queue(struct nth_world *world, void *data)
{
	struct d3dkmt_submitcommandtohwqueue *args = data;

	args->command_length = nth_write_commands(world, 0);
	args->command_buffer = world->memory.gpu + 64;
	args->hwqueue.v = world->hw_queue;
	args->hwqueue_progress_fence_id = ++world->progress;
	args->priv_drv_data = NTH_POINTER(world->data.bytes);
	args->priv_drv_data_size = sizeof(world->data.bytes);
}

#define undo_submit_queue nth_undo_nothing

/* paging queue */

static void prepare_create_paging(struct nth_world *world, void *data)
{
	struct d3dkmt_createpagingqueue *args = data;

	args->device.v = world->device;
}

static void undo_create_paging(struct nth_world *world, const void *data, bool worked)
{
	const struct d3dkmt_createpagingqueue *args = data;
	struct d3dddi_destroypagingqueue destroy = {
		.paging_queue = args->paging_queue,
	};

	if (worked)
		nth_do(world, LX_DXDESTROYPAGINGQUEUE, &destroy);
}

static void prepare_destroy_paging(struct nth_world *world, void *data)
{
	struct d3dddi_destroypagingqueue *args = data;
	struct d3dkmt_createpagingqueue create = { .device.v = world->device };

	nth_do(world, LX_DXCREATEPAGINGQUEUE, &create);
	args->paging_queue = create.paging_queue;
}

static void undo_destroy_paging(struct nth_world *world, const void *data, bool worked)
{
	struct d3dddi_destroypagingqueue args =
		*(const struct d3dddi_destroypagingqueue *)data;

	if (!worked)
		nth_may(world, LX_DXDESTROYPAGINGQUEUE, &args);
}

const struct nth_step nth_object_steps[] = {
	NTH_STEP("OpenAdapterFromLuid", LX_DXOPENADAPTERFROMLUID, NTH_NO_MESSAGE,
		 open_adapter),
	NTH_STEP("CloseAdapter", LX_DXCLOSEADAPTER, NTH_NO_MESSAGE | NTH_QUIET,
		 close_adapter),
	NTH_STEP("EnumAdapters2", LX_DXENUMADAPTERS2, NTH_NO_MESSAGE, enumerate2),
	NTH_STEP("EnumAdapters3", LX_DXENUMADAPTERS3, NTH_NO_MESSAGE, enumerate3),
	NTH_STEP("CreateDevice", LX_DXCREATEDEVICE, 0, create_device),
	NTH_STEP("DestroyDevice", LX_DXDESTROYDEVICE,
		 NTH_DESTROYS | NTH_UNKILLABLE, destroy_device),
	NTH_STEP("GetDeviceState", LX_DXGETDEVICESTATE, 0, state),
	NTH_STEP("MarkDeviceAsError", LX_DXMARKDEVICEASERROR, 0, mark),
	NTH_STEP("CreateContextVirtual", LX_DXCREATECONTEXTVIRTUAL, 0,
		 create_context),
	NTH_STEP("DestroyContext", LX_DXDESTROYCONTEXT,
		 NTH_DESTROYS | NTH_UNKILLABLE, destroy_context),
	NTH_STEP("SetContextSchedulingPriority",
		 LX_DXSETCONTEXTSCHEDULINGPRIORITY, 0, priority),
	NTH_STEP("SetContextInProcessSchedulingPriority",
		 LX_DXSETCONTEXTINPROCESSSCHEDULINGPRIORITY, 0, priority),
	NTH_STEP("GetContextSchedulingPriority",
		 LX_DXGETCONTEXTSCHEDULINGPRIORITY, 0, priority),
	NTH_STEP("GetContextInProcessSchedulingPriority",
		 LX_DXGETCONTEXTINPROCESSSCHEDULINGPRIORITY, 0, priority),
	NTH_STEP("CreateHwQueue", LX_DXCREATEHWQUEUE, 0, create_queue),
	NTH_STEP("DestroyHwQueue", LX_DXDESTROYHWQUEUE,
		 NTH_DESTROYS | NTH_UNKILLABLE, destroy_queue),
	NTH_STEP("SubmitCommand", LX_DXSUBMITCOMMAND, NTH_ONE_WAY, submit),
	NTH_STEP("SubmitCommandToHwQueue", LX_DXSUBMITCOMMANDTOHWQUEUE,
		 NTH_ONE_WAY, submit_queue),
	NTH_STEP("CreatePagingQueue", LX_DXCREATEPAGINGQUEUE, 0, create_paging),
	NTH_STEP("DestroyPagingQueue", LX_DXDESTROYPAGINGQUEUE,
		 NTH_DESTROYS | NTH_UNKILLABLE, destroy_paging),
};

const unsigned int nth_object_step_count = NTH_COUNT(nth_object_steps);
