/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* Dispatch: which request is whose, and the copies of the fixed arguments. */

#include <linux/ioctl.h>
#include <linux/kernel.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>

#include "dxgkrnl.h"
#include "ioctl.h"
#include "trace.h"

/* When the arguments go back to the caller. */
enum dxgk_copy_back {
	DXGK_IN,		/* never: may lie in read-only memory */
	DXGK_INOUT,		/* after success */
	DXGK_INOUT_ALWAYS,	/* after failure too: it tells how much is needed */
	DXGK_CREATE,		/* as INOUT; must be writable before it begins */
	DXGK_TOLD,		/* by the handler itself; as CREATE before that */
};

/* Hot calls' arguments fit on the stack. */
#define DXGK_ARGS_INLINE	512

/* What a handler gets are the @args of one of these. */
struct dxgk_call {
	void __user *user;
	u64 args[DXGK_ARGS_INLINE / sizeof(u64)];
};

void __user *dxgk_caller_args(void *data)
{
	return container_of(data, struct dxgk_call, args)->user;
}

struct dxgk_ioctl {
	unsigned int request;
	enum dxgk_copy_back back;
	dxgk_ioctl_handler *handler;
};

#define ROW(lx_name, direction, function)				\
	[_IOC_NR(lx_name)] = {						\
		.request = lx_name, .back = direction, .handler = function, \
	}

/*
 * By number. To add a call: write the handler in its word's file, name it in
 * ioctl.h, put it here. NULL: known, but the host protocol has nothing for it
 * (README.md tells which).
 */
static const struct dxgk_ioctl dxgk_ioctls[] = {
	ROW(LX_DXOPENADAPTERFROMLUID, DXGK_CREATE, dxgk_ioctl_open_adapter),
	ROW(LX_DXCREATEDEVICE, DXGK_CREATE, dxgk_ioctl_create_device),
	ROW(LX_DXCREATECONTEXT, DXGK_CREATE, NULL),
	ROW(LX_DXCREATECONTEXTVIRTUAL, DXGK_CREATE, dxgk_ioctl_create_context),
	ROW(LX_DXDESTROYCONTEXT, DXGK_IN, dxgk_ioctl_destroy_context),
	ROW(LX_DXCREATEALLOCATION, DXGK_CREATE, dxgk_ioctl_create_allocation),
	ROW(LX_DXCREATEPAGINGQUEUE, DXGK_CREATE,
	    dxgk_ioctl_create_paging_queue),
	ROW(LX_DXRESERVEGPUVIRTUALADDRESS, DXGK_CREATE,
	    dxgk_ioctl_reserve_gpuva),
	ROW(LX_DXQUERYADAPTERINFO, DXGK_IN, dxgk_ioctl_query_adapter_info),
	ROW(LX_DXQUERYVIDEOMEMORYINFO, DXGK_INOUT, dxgk_ioctl_memory_info),
	ROW(LX_DXMAKERESIDENT, DXGK_INOUT_ALWAYS, dxgk_ioctl_make_resident),
	ROW(LX_DXMAPGPUVIRTUALADDRESS, DXGK_CREATE, dxgk_ioctl_map_gpuva),
	ROW(LX_DXESCAPE, DXGK_IN, dxgk_ioctl_escape),
	ROW(LX_DXGETDEVICESTATE, DXGK_INOUT, dxgk_ioctl_device_state),
	ROW(LX_DXSUBMITCOMMAND, DXGK_IN, dxgk_ioctl_submit),
	ROW(LX_DXCREATESYNCHRONIZATIONOBJECT, DXGK_CREATE,
	    dxgk_ioctl_create_sync),
	ROW(LX_DXSIGNALSYNCHRONIZATIONOBJECT, DXGK_IN, dxgk_ioctl_signal),
	ROW(LX_DXWAITFORSYNCHRONIZATIONOBJECT, DXGK_IN, dxgk_ioctl_wait),
	ROW(LX_DXDESTROYALLOCATION2, DXGK_IN, dxgk_ioctl_destroy_allocation),
	ROW(LX_DXENUMADAPTERS2, DXGK_INOUT_ALWAYS, dxgk_ioctl_enum_adapters2),
	ROW(LX_DXCLOSEADAPTER, DXGK_IN, dxgk_ioctl_close_adapter),
	ROW(LX_DXCHANGEVIDEOMEMORYRESERVATION, DXGK_IN,
	    dxgk_ioctl_change_reservation),
	ROW(LX_DXCREATEHWCONTEXT, DXGK_CREATE, NULL),
	ROW(LX_DXCREATEHWQUEUE, DXGK_CREATE, dxgk_ioctl_create_hw_queue),
	ROW(LX_DXDESTROYDEVICE, DXGK_IN, dxgk_ioctl_destroy_device),
	ROW(LX_DXDESTROYHWCONTEXT, DXGK_IN, NULL),
	ROW(LX_DXDESTROYHWQUEUE, DXGK_IN, dxgk_ioctl_destroy_hw_queue),
	ROW(LX_DXDESTROYPAGINGQUEUE, DXGK_IN, dxgk_ioctl_destroy_paging_queue),
	ROW(LX_DXDESTROYSYNCHRONIZATIONOBJECT, DXGK_IN,
	    dxgk_ioctl_destroy_sync),
	ROW(LX_DXEVICT, DXGK_INOUT, dxgk_ioctl_evict),
	ROW(LX_DXFLUSHHEAPTRANSITIONS, DXGK_IN, dxgk_ioctl_flush_heap),
	ROW(LX_DXFREEGPUVIRTUALADDRESS, DXGK_IN, dxgk_ioctl_free_gpuva),
	ROW(LX_DXGETCONTEXTINPROCESSSCHEDULINGPRIORITY, DXGK_INOUT,
	    dxgk_ioctl_get_in_process_priority),
	ROW(LX_DXGETCONTEXTSCHEDULINGPRIORITY, DXGK_INOUT,
	    dxgk_ioctl_get_context_priority),
	ROW(LX_DXGETSHAREDRESOURCEADAPTERLUID, DXGK_INOUT,
	    dxgk_ioctl_shared_luid),
	ROW(LX_DXINVALIDATECACHE, DXGK_IN, dxgk_ioctl_invalidate_cache),
	ROW(LX_DXLOCK2, DXGK_CREATE, dxgk_ioctl_lock),
	ROW(LX_DXMARKDEVICEASERROR, DXGK_IN, dxgk_ioctl_mark_device),
	ROW(LX_DXOFFERALLOCATIONS, DXGK_IN, dxgk_ioctl_offer),
	ROW(LX_DXOPENRESOURCE, DXGK_CREATE, NULL),
	ROW(LX_DXOPENSYNCHRONIZATIONOBJECT, DXGK_CREATE, NULL),
	ROW(LX_DXQUERYALLOCATIONRESIDENCY, DXGK_IN, dxgk_ioctl_query_residency),
	ROW(LX_DXQUERYRESOURCEINFO, DXGK_INOUT, NULL),
	ROW(LX_DXRECLAIMALLOCATIONS2, DXGK_CREATE, dxgk_ioctl_reclaim),
	ROW(LX_DXRENDER, DXGK_INOUT, NULL),
	ROW(LX_DXSETALLOCATIONPRIORITY, DXGK_IN,
	    dxgk_ioctl_set_allocation_priority),
	ROW(LX_DXSETCONTEXTINPROCESSSCHEDULINGPRIORITY, DXGK_IN,
	    dxgk_ioctl_set_in_process_priority),
	ROW(LX_DXSETCONTEXTSCHEDULINGPRIORITY, DXGK_IN,
	    dxgk_ioctl_set_context_priority),
	ROW(LX_DXSIGNALSYNCHRONIZATIONOBJECTFROMCPU, DXGK_IN,
	    dxgk_ioctl_signal_from_cpu),
	ROW(LX_DXSIGNALSYNCHRONIZATIONOBJECTFROMGPU, DXGK_IN,
	    dxgk_ioctl_signal_from_gpu),
	ROW(LX_DXSIGNALSYNCHRONIZATIONOBJECTFROMGPU2, DXGK_IN,
	    dxgk_ioctl_signal_from_gpu2),
	ROW(LX_DXSUBMITCOMMANDTOHWQUEUE, DXGK_IN,
	    dxgk_ioctl_submit_to_hw_queue),
	ROW(LX_DXSUBMITSIGNALSYNCOBJECTSTOHWQUEUE, DXGK_IN,
	    dxgk_ioctl_signal_to_hw_queue),
	ROW(LX_DXSUBMITWAITFORSYNCOBJECTSTOHWQUEUE, DXGK_IN,
	    dxgk_ioctl_wait_to_hw_queue),
	ROW(LX_DXUNLOCK2, DXGK_IN, dxgk_ioctl_unlock),
	ROW(LX_DXUPDATEALLOCPROPERTY, DXGK_CREATE, dxgk_ioctl_update_property),
	ROW(LX_DXUPDATEGPUVIRTUALADDRESS, DXGK_IN, dxgk_ioctl_update_gpuva),
	ROW(LX_DXWAITFORSYNCHRONIZATIONOBJECTFROMCPU, DXGK_IN,
	    dxgk_ioctl_wait_from_cpu),
	ROW(LX_DXWAITFORSYNCHRONIZATIONOBJECTFROMGPU, DXGK_IN,
	    dxgk_ioctl_wait_from_gpu),
	ROW(LX_DXGETALLOCATIONPRIORITY, DXGK_IN,
	    dxgk_ioctl_get_allocation_priority),
	ROW(LX_DXQUERYCLOCKCALIBRATION, DXGK_INOUT,
	    dxgk_ioctl_clock_calibration),
	ROW(LX_DXENUMADAPTERS3, DXGK_INOUT_ALWAYS, dxgk_ioctl_enum_adapters3),
	ROW(LX_DXSHAREOBJECTS, DXGK_IN, dxgk_ioctl_share_objects),
	ROW(LX_DXOPENSYNCOBJECTFROMNTHANDLE2, DXGK_CREATE,
	    dxgk_ioctl_open_shared_sync),
	ROW(LX_DXQUERYRESOURCEINFOFROMNTHANDLE, DXGK_INOUT,
	    dxgk_ioctl_shared_resource_info),
	ROW(LX_DXOPENRESOURCEFROMNTHANDLE, DXGK_CREATE,
	    dxgk_ioctl_open_shared_resource),
	ROW(LX_DXQUERYSTATISTICS, DXGK_INOUT, dxgk_ioctl_statistics),
	ROW(LX_DXSHAREOBJECTWITHHOST, DXGK_CREATE, dxgk_ioctl_share_with_host),
	ROW(LX_DXCREATESYNCFILE, DXGK_TOLD, dxgk_ioctl_create_sync_file),
	ROW(LX_DXWAITSYNCFILE, DXGK_IN, dxgk_ioctl_wait_sync_file),
	ROW(LX_DXOPENSYNCOBJECTFROMSYNCFILE, DXGK_CREATE,
	    dxgk_ioctl_open_sync_file),
	ROW(LX_DXENUMPROCESSES, DXGK_INOUT_ALWAYS, dxgk_ioctl_enum_processes),
	ROW(LX_ISFEATUREENABLED, DXGK_INOUT, dxgk_ioctl_feature_enabled),
};

static const struct dxgk_ioctl *dxgk_ioctl_find(unsigned int request)
{
	const struct dxgk_ioctl *row;
	unsigned int nr = _IOC_NR(request);

	if (nr >= ARRAY_SIZE(dxgk_ioctls))
		return NULL;
	row = &dxgk_ioctls[nr];
	/* The whole request: a right number of another size is another call. */
	return row->request == request && row->handler ? row : NULL;
}

static long dxgk_ioctl_run(const struct dxgk_ioctl *row,
			   struct dxgk_process *process,
			   struct dxgk_call *call)
{
	size_t size = _IOC_SIZE(row->request);
	void __user *user = call->user;
	void *args = call->args;
	long ret;

	if (copy_from_user(args, user, size))
		return -EFAULT;
	/* What cannot be told to the caller had better not be made. */
	if ((row->back == DXGK_CREATE || row->back == DXGK_TOLD) &&
	    copy_to_user(user, args, size))
		return -EFAULT;
	ret = row->handler(process, args);
	if (row->back == DXGK_IN || row->back == DXGK_TOLD ||
	    (ret < 0 && row->back != DXGK_INOUT_ALWAYS))
		return ret;
	return copy_to_user(user, args, size) ? -EFAULT : ret;
}

static long dxgk_ioctl_dispatch(struct dxgk_process *process,
				unsigned int request, unsigned long arg)
{
	struct dxgk_call room, *call = &room;
	const struct dxgk_ioctl *row;
	long ret;

	/* A descriptor is of no use to another process, a forked child say. */
	if (!dxgk_process_is_current(process))
		return -ENOTTY;
	row = dxgk_ioctl_find(request);
	if (!row)
		return -ENOTTY;
	if (_IOC_SIZE(request) > sizeof(room.args)) {
		call = kmalloc(offsetof(struct dxgk_call, args) +
			       _IOC_SIZE(request), GFP_KERNEL);
		if (!call)
			return -ENOMEM;
	}
	call->user = (void __user *)arg;
	ret = dxgk_ioctl_run(row, process, call);
	if (call != &room)
		kfree(call);
	return ret;
}

long dxgk_file_ioctl(struct dxgk_file *file, unsigned int request,
		     unsigned long arg)
{
	struct dxgk_process *process = file->process;
	long ret;

	trace_dxgk_ioctl_enter(process, request);
	ret = dxgk_ioctl_dispatch(process, request, arg);
	trace_dxgk_ioctl_exit(process, request, ret);
	return ret;
}
