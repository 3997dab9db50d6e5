/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* The handlers of all ioctls, by the file they stand in. */
#ifndef DXGK_IOCTL_H
#define DXGK_IOCTL_H

#include <linux/errno.h>
#include <linux/types.h>
#include <linux/uaccess.h>

#include "uapi.h"
#include "wire.h"

struct dxgk_process;

/*
 * A handler gets the fixed part of the arguments in kernel memory; what it
 * changes there reaches the caller as the dispatch table says. Negative: -errno,
 * else the value of the ioctl: 0 or an NTSTATUS that is no error.
 */
typedef int dxgk_ioctl_handler(struct dxgk_process *process, void *data);

/*
 * Where the caller has what a handler got as @data: for what has to be told before
 * it is done, as it cannot be taken back.
 */
void __user *dxgk_caller_args(void *data);

static inline struct dxgk_wire_luid dxgk_luid_from_uapi(struct winluid luid)
{
	return (struct dxgk_wire_luid){ .low = luid.a, .high = luid.b };
}

/* An array of the user's, read once, to where it is used. */
static inline int dxgk_copy_in(void *to, u64 from, size_t size)
{
	return size && copy_from_user(to, u64_to_user_ptr(from), size) ?
	       -EFAULT : 0;
}

static inline int dxgk_copy_out(u64 to, const void *from, size_t size)
{
	return size && copy_to_user(u64_to_user_ptr(to), from, size) ?
	       -EFAULT : 0;
}

/* adapter-handle.c */
dxgk_ioctl_handler dxgk_ioctl_open_adapter;
dxgk_ioctl_handler dxgk_ioctl_close_adapter;
dxgk_ioctl_handler dxgk_ioctl_enum_adapters2;
dxgk_ioctl_handler dxgk_ioctl_enum_adapters3;

/* allocation.c, destroy.c, lock.c */
dxgk_ioctl_handler dxgk_ioctl_create_allocation;
dxgk_ioctl_handler dxgk_ioctl_destroy_allocation;
dxgk_ioctl_handler dxgk_ioctl_lock;
dxgk_ioctl_handler dxgk_ioctl_unlock;

/* invalidate-cache.c */
dxgk_ioctl_handler dxgk_ioctl_invalidate_cache;
dxgk_ioctl_handler dxgk_ioctl_flush_heap;

/* context.c, submit.c */
dxgk_ioctl_handler dxgk_ioctl_create_context;
dxgk_ioctl_handler dxgk_ioctl_destroy_context;
dxgk_ioctl_handler dxgk_ioctl_submit;
dxgk_ioctl_handler dxgk_ioctl_submit_to_hw_queue;

/* device.c, device-state.c */
dxgk_ioctl_handler dxgk_ioctl_create_device;
dxgk_ioctl_handler dxgk_ioctl_destroy_device;
dxgk_ioctl_handler dxgk_ioctl_device_state;
dxgk_ioctl_handler dxgk_ioctl_mark_device;

/* escape.c */
dxgk_ioctl_handler dxgk_ioctl_escape;

/* gpuva.c */
dxgk_ioctl_handler dxgk_ioctl_reserve_gpuva;
dxgk_ioctl_handler dxgk_ioctl_map_gpuva;
dxgk_ioctl_handler dxgk_ioctl_update_gpuva;
dxgk_ioctl_handler dxgk_ioctl_free_gpuva;

/* hw-queue.c */
dxgk_ioctl_handler dxgk_ioctl_create_hw_queue;
dxgk_ioctl_handler dxgk_ioctl_destroy_hw_queue;

/* memory-info.c */
dxgk_ioctl_handler dxgk_ioctl_memory_info;
dxgk_ioctl_handler dxgk_ioctl_change_reservation;

/* offer.c */
dxgk_ioctl_handler dxgk_ioctl_offer;
dxgk_ioctl_handler dxgk_ioctl_reclaim;
dxgk_ioctl_handler dxgk_ioctl_update_property;

/* paging-queue.c */
dxgk_ioctl_handler dxgk_ioctl_create_paging_queue;
dxgk_ioctl_handler dxgk_ioctl_destroy_paging_queue;

/* priority.c */
dxgk_ioctl_handler dxgk_ioctl_set_allocation_priority;
dxgk_ioctl_handler dxgk_ioctl_get_allocation_priority;
dxgk_ioctl_handler dxgk_ioctl_set_context_priority;
dxgk_ioctl_handler dxgk_ioctl_get_context_priority;
dxgk_ioctl_handler dxgk_ioctl_set_in_process_priority;
dxgk_ioctl_handler dxgk_ioctl_get_in_process_priority;

/* query-info.c */
dxgk_ioctl_handler dxgk_ioctl_query_adapter_info;
dxgk_ioctl_handler dxgk_ioctl_clock_calibration;
dxgk_ioctl_handler dxgk_ioctl_feature_enabled;

/* residency.c */
dxgk_ioctl_handler dxgk_ioctl_make_resident;
dxgk_ioctl_handler dxgk_ioctl_evict;
dxgk_ioctl_handler dxgk_ioctl_query_residency;

/* share.c, share-open.c */
dxgk_ioctl_handler dxgk_ioctl_share_objects;
dxgk_ioctl_handler dxgk_ioctl_shared_luid;
dxgk_ioctl_handler dxgk_ioctl_share_with_host;
dxgk_ioctl_handler dxgk_ioctl_open_shared_sync;
dxgk_ioctl_handler dxgk_ioctl_shared_resource_info;
dxgk_ioctl_handler dxgk_ioctl_open_shared_resource;

/* signal.c */
dxgk_ioctl_handler dxgk_ioctl_signal;
dxgk_ioctl_handler dxgk_ioctl_signal_from_cpu;
dxgk_ioctl_handler dxgk_ioctl_signal_from_gpu;
dxgk_ioctl_handler dxgk_ioctl_signal_from_gpu2;
dxgk_ioctl_handler dxgk_ioctl_signal_to_hw_queue;

/* statistics.c */
dxgk_ioctl_handler dxgk_ioctl_statistics;
dxgk_ioctl_handler dxgk_ioctl_enum_processes;

/* sync.c */
dxgk_ioctl_handler dxgk_ioctl_create_sync;
dxgk_ioctl_handler dxgk_ioctl_destroy_sync;

/* kernel/sync-file.c, no-sync-file.c */
dxgk_ioctl_handler dxgk_ioctl_create_sync_file;
dxgk_ioctl_handler dxgk_ioctl_wait_sync_file;
dxgk_ioctl_handler dxgk_ioctl_open_sync_file;

/* wait.c, gpu-wait.c */
dxgk_ioctl_handler dxgk_ioctl_wait_from_cpu;
dxgk_ioctl_handler dxgk_ioctl_wait;
dxgk_ioctl_handler dxgk_ioctl_wait_from_gpu;
dxgk_ioctl_handler dxgk_ioctl_wait_to_hw_queue;

#endif /* DXGK_IOCTL_H */
