/* SPDX-License-Identifier: MIT */
/* Steps: what is asked of an adapter, escapes, and what is shared. */
#include "fail-nth.h"

#include <unistd.h>

static void prepare_adapter_info(struct nth_world *world, void *data)
{
	struct d3dkmt_queryadapterinfo *args = data;

	/* figures that change: no copy of them can be kept */
	args->adapter.v = world->adapter;
	args->type = DXG_QAI_ADAPTERPERFDATA;
	args->private_data = NTH_POINTER(world->data.bytes);
	args->private_data_size = 64;
}

/* So much that the message needs memory. */
static void prepare_description(struct nth_world *world, void *data)
{
	struct d3dkmt_queryadapterinfo *args = data;

	args->adapter.v = world->adapter;
	args->type = DXG_QAI_ADAPTERREGISTRYINFO;
	args->private_data = NTH_POINTER(world->data.bytes);
	args->private_data_size = 2080;
}

static void prepare_memory_info(struct nth_world *world, void *data)
{
	struct d3dkmt_queryvideomemoryinfo *args = data;

	args->adapter.v = world->adapter;
}

static void prepare_reservation(struct nth_world *world, void *data)
{
	struct d3dkmt_changevideomemoryreservation *args = data;

	args->adapter.v = world->adapter;
	args->reservation = NTH_BYTES;
}

static void prepare_statistics(struct nth_world *world, void *data)
{
	struct d3dkmt_querystatistics *args = data;

	args->type = DXG_QUERYSTATISTICS_ADAPTER;
	args->adapter_luid = world->luid;
}

static void prepare_clock(struct nth_world *world, void *data)
{
	struct d3dkmt_queryclockcalibration *args = data;

	args->adapter.v = world->adapter;
}

static void prepare_feature(struct nth_world *world, void *data)
{
	struct d3dkmt_isfeatureenabled *args = data;

	args->adapter.v = world->adapter;
	args->feature_id = DXG_FEATURE_HWSCH;
}

static void prepare_processes(struct nth_world *world, void *data)
{
	struct d3dkmt_enumprocesses *args = data;

	args->adapter_luid = world->luid;
	args->buffer = NTH_POINTER(world->data.words);
	args->buffer_count = 64;
}

static void prepare_escape(struct nth_world *world, void *data)
{
	struct d3dkmt_escape *args = data;

	args->adapter.v = world->adapter;
	args->device.v = world->device;
	args->type = DXG_ESCAPETYPE_DRIVERPRIVATE;
	args->priv_drv_data = NTH_POINTER(world->data.bytes);
	args->priv_drv_data_size = 1024;
}

static void prepare_flush_heap(struct nth_world *world, void *data)
{
	struct d3dkmt_flushheaptransitions *args = data;

	args->adapter.v = world->adapter;
}

#define undo_adapter_info nth_undo_nothing
#define undo_description nth_undo_nothing
#define undo_memory_info nth_undo_nothing
#define undo_reservation nth_undo_nothing
#define undo_statistics nth_undo_nothing
#define undo_clock nth_undo_nothing
#define undo_feature nth_undo_nothing
#define undo_processes nth_undo_nothing
#define undo_escape nth_undo_nothing
#define undo_flush_heap nth_undo_nothing

/* share */

static void prepare_share(struct nth_world *world, void *data)
{
	struct d3dkmt_shareobjects *args = data;

	world->data.handles[0] = world->made;
	args->object_count = 1;
	args->objects = NTH_POINTER(world->data.handles);
	args->shared_handle = NTH_POINTER(&world->data.nt_handle);
}

/* Objects of their own, so that the host has to give a handle each time. */
static void prepare_share_fence(struct nth_world *world, void *data)
{
	world->made = nth_create_fence(world, DXG_SYNC_OBJECT_SHARED |
				       DXG_SYNC_OBJECT_NT_SECURITY_SHARING).handle;
	prepare_share(world, data);
}

static void undo_share_fence(struct nth_world *world, const void *data, bool worked)
{
	(void)data;
	if (worked)
		close((int)world->data.nt_handle);
	nth_destroy_sync(world, world->made);
}

static void prepare_share_resource(struct nth_world *world, void *data)
{
	world->made = nth_create_resource(world);
	prepare_share(world, data);
}

static void undo_share_resource(struct nth_world *world, const void *data, bool worked)
{
	(void)data;
	if (worked)
		close((int)world->data.nt_handle);
	nth_destroy_resource(world, world->made);
}

static void prepare_open_fence(struct nth_world *world, void *data)
{
	struct d3dkmt_opensyncobjectfromnthandle2 *args = data;

	args->nt_handle = (uint64_t)world->shared_fence;
	args->device.v = world->device;
}

static void undo_open_fence(struct nth_world *world, const void *data, bool worked)
{
	const struct d3dkmt_opensyncobjectfromnthandle2 *args = data;

	if (worked)
		nth_destroy_sync(world, args->sync_object.v);
}

static void prepare_resource_info(struct nth_world *world, void *data)
{
	struct d3dkmt_queryresourceinfofromnthandle *args = data;

	args->device.v = world->device;
	args->nt_handle = (uint64_t)world->shared_resource;
}

#define undo_resource_info nth_undo_nothing

static void prepare_open_resource(struct nth_world *world, void *data)
{
	struct d3dkmt_openresourcefromnthandle *args = data;

	args->device.v = world->device;
	args->nt_handle = (uint64_t)world->shared_resource;
	args->allocation_count = 2;
	args->open_alloc_info = NTH_POINTER(world->data.open_info);
	args->total_priv_drv_data = NTH_POINTER(world->data.bytes);
	args->total_priv_drv_data_size = sizeof(world->data.bytes);
}

static void undo_open_resource(struct nth_world *world, const void *data, bool worked)
{
	const struct d3dkmt_openresourcefromnthandle *args = data;

	if (worked)
		nth_destroy_resource(world, args->resource.v);
}

static void prepare_shared_luid(struct nth_world *world, void *data)
{
	struct d3dkmt_getsharedresourceadapterluid *args = data;

	args->handle = (uint64_t)world->shared_resource;
}

#define undo_shared_luid nth_undo_nothing

static void prepare_share_with_host(struct nth_world *world, void *data)
{
	struct d3dkmt_shareobjectwithhost *args = data;

	args->device_handle.v = world->device;
	args->object_handle.v = world->resource;
}

#define undo_share_with_host nth_undo_nothing

const struct nth_step nth_query_steps[] = {
	NTH_STEP("QueryAdapterInfo", LX_DXQUERYADAPTERINFO, 0, adapter_info),
	NTH_STEP("QueryAdapterInfo, large", LX_DXQUERYADAPTERINFO, 0, description),
	NTH_STEP("QueryVideoMemoryInfo", LX_DXQUERYVIDEOMEMORYINFO, 0, memory_info),
	NTH_STEP("ChangeVideoMemoryReservation",
		 LX_DXCHANGEVIDEOMEMORYRESERVATION, 0, reservation),
	NTH_STEP("QueryStatistics", LX_DXQUERYSTATISTICS, 0, statistics),
	NTH_STEP("QueryClockCalibration", LX_DXQUERYCLOCKCALIBRATION, 0, clock),
	NTH_STEP("IsFeatureEnabled", LX_ISFEATUREENABLED, 0, feature),
	NTH_STEP("EnumProcesses", LX_DXENUMPROCESSES, NTH_NO_MESSAGE, processes),
	NTH_STEP("Escape", LX_DXESCAPE, 0, escape),
	NTH_STEP("FlushHeapTransitions", LX_DXFLUSHHEAPTRANSITIONS, 0, flush_heap),
	NTH_STEP("ShareObjects of a fence", LX_DXSHAREOBJECTS, 0, share_fence),
	NTH_STEP("ShareObjects of a resource", LX_DXSHAREOBJECTS, 0,
		 share_resource),
	NTH_STEP("OpenSyncObjectFromNtHandle2", LX_DXOPENSYNCOBJECTFROMNTHANDLE2,
		 0, open_fence),
	NTH_STEP("QueryResourceInfoFromNtHandle",
		 LX_DXQUERYRESOURCEINFOFROMNTHANDLE, NTH_NO_MESSAGE | NTH_QUIET,
		 resource_info),
	NTH_STEP("OpenResourceFromNtHandle", LX_DXOPENRESOURCEFROMNTHANDLE, 0,
		 open_resource),
	NTH_STEP("GetSharedResourceAdapterLuid",
		 LX_DXGETSHAREDRESOURCEADAPTERLUID, NTH_NO_MESSAGE | NTH_QUIET,
		 shared_luid),
	NTH_STEP("ShareObjectWithHost", LX_DXSHAREOBJECTWITHHOST, NTH_GIVES_AWAY,
		 share_with_host),
};

const unsigned int nth_query_step_count = NTH_COUNT(nth_query_steps);
