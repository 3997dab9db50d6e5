/* SPDX-License-Identifier: MIT */
/* The handlers of the command table, by the file they live in. */
#ifndef DXGHOST_HANDLERS_H
#define DXGHOST_HANDLERS_H

#include "call.h"

/* process.c */
dxghost_status dxghost_create_process(struct dxghost_call *call);
dxghost_status dxghost_destroy_process(struct dxghost_call *call);

/* adapter.c */
dxghost_status dxghost_set_io_space_region(struct dxghost_call *call);
dxghost_status dxghost_open_adapter(struct dxghost_call *call);
dxghost_status dxghost_close_adapter(struct dxghost_call *call);
dxghost_status dxghost_get_internal_adapter_info(struct dxghost_call *call);
uint32_t dxghost_get_internal_adapter_info_reply(const struct dxghost_call *call);
dxghost_status dxghost_query_clock_calibration(struct dxghost_call *call);
dxghost_status dxghost_is_feature_enabled(struct dxghost_call *call);
dxghost_status dxghost_is_feature_enabled_global(struct dxghost_call *call);
dxghost_status dxghost_flush_heap_transitions(struct dxghost_call *call);
dxghost_status dxghost_escape(struct dxghost_call *call);
uint32_t dxghost_escape_reply(const struct dxghost_call *call);

/* query-info.c */
dxghost_status dxghost_query_adapter_info(struct dxghost_call *call);
uint32_t dxghost_query_adapter_info_reply(const struct dxghost_call *call);

/* statistics.c */
dxghost_status dxghost_query_statistics(struct dxghost_call *call);

/* memory-info.c */
dxghost_status dxghost_query_video_memory_info(struct dxghost_call *call);
dxghost_status dxghost_change_video_memory_reservation(struct dxghost_call *call);

/* device-create.c */
dxghost_status dxghost_create_device(struct dxghost_call *call);
dxghost_status dxghost_destroy_device(struct dxghost_call *call);

/* device.c */
dxghost_status dxghost_flush_device(struct dxghost_call *call);

/* device-state.c */
dxghost_status dxghost_get_device_state(struct dxghost_call *call);
dxghost_status dxghost_mark_device_as_error(struct dxghost_call *call);

/* context-create.c */
dxghost_status dxghost_create_context_virtual(struct dxghost_call *call);
uint32_t dxghost_create_context_virtual_reply(const struct dxghost_call *call);
dxghost_status dxghost_destroy_context(struct dxghost_call *call);

/* context.c */
dxghost_status dxghost_set_context_priority(struct dxghost_call *call);
dxghost_status dxghost_get_context_priority(struct dxghost_call *call);

/* hwqueue.c */
dxghost_status dxghost_create_hwqueue(struct dxghost_call *call);
uint32_t dxghost_create_hwqueue_reply(const struct dxghost_call *call);
dxghost_status dxghost_destroy_hwqueue(struct dxghost_call *call);

/* submit.c */
dxghost_status dxghost_submit_command(struct dxghost_call *call);
dxghost_status dxghost_submit_command_to_hwqueue(struct dxghost_call *call);

/* allocation-create.c */
dxghost_status dxghost_create_allocation(struct dxghost_call *call);
uint32_t dxghost_create_allocation_reply(const struct dxghost_call *call);
dxghost_status dxghost_get_standard_allocation_data(struct dxghost_call *call);
uint32_t dxghost_get_standard_allocation_data_reply(
					const struct dxghost_call *call);

/* allocation-destroy.c */
dxghost_status dxghost_destroy_allocation(struct dxghost_call *call);

/* allocation.c */
dxghost_status dxghost_set_existing_sysmem_pages(struct dxghost_call *call);
dxghost_status dxghost_set_existing_sysmem_store(struct dxghost_call *call);
dxghost_status dxghost_lock2(struct dxghost_call *call);
dxghost_status dxghost_unlock2(struct dxghost_call *call);
dxghost_status dxghost_invalidate_cache(struct dxghost_call *call);

/* allocation-property.c */
dxghost_status dxghost_set_allocation_priority(struct dxghost_call *call);
dxghost_status dxghost_get_allocation_priority(struct dxghost_call *call);
uint32_t dxghost_get_allocation_priority_reply(const struct dxghost_call *call);
dxghost_status dxghost_update_allocation_property(struct dxghost_call *call);

/* residency.c */
dxghost_status dxghost_make_resident(struct dxghost_call *call);
dxghost_status dxghost_evict(struct dxghost_call *call);
dxghost_status dxghost_query_residency(struct dxghost_call *call);
uint32_t dxghost_query_residency_reply(const struct dxghost_call *call);

/* offer.c */
dxghost_status dxghost_offer_allocations(struct dxghost_call *call);
dxghost_status dxghost_reclaim_allocations(struct dxghost_call *call);
uint32_t dxghost_reclaim_allocations_reply(const struct dxghost_call *call);

/* paging-queue.c */
dxghost_status dxghost_create_paging_queue(struct dxghost_call *call);
dxghost_status dxghost_destroy_paging_queue(struct dxghost_call *call);

/* gpuva.c */
dxghost_status dxghost_reserve_gpuva(struct dxghost_call *call);
dxghost_status dxghost_map_gpuva(struct dxghost_call *call);
dxghost_status dxghost_free_gpuva(struct dxghost_call *call);

/* gpuva-update.c */
dxghost_status dxghost_update_gpuva(struct dxghost_call *call);

/* sync.c */
dxghost_status dxghost_create_sync_object(struct dxghost_call *call);
dxghost_status dxghost_destroy_sync_object(struct dxghost_call *call);
dxghost_status dxghost_open_sync_object(struct dxghost_call *call);

/* sync-wait.c */
dxghost_status dxghost_wait_from_cpu(struct dxghost_call *call);
dxghost_status dxghost_wait_from_gpu(struct dxghost_call *call);

/* sync-signal.c */
dxghost_status dxghost_signal_sync_object(struct dxghost_call *call);

/* share.c */
dxghost_status dxghost_create_nt_shared_object(struct dxghost_call *call);
dxghost_status dxghost_destroy_nt_shared_object(struct dxghost_call *call);
dxghost_status dxghost_share_object_with_host(struct dxghost_call *call);
dxghost_status dxghost_open_resource(struct dxghost_call *call);
uint32_t dxghost_open_resource_reply(const struct dxghost_call *call);

#endif
