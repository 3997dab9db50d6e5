/* SPDX-License-Identifier: MIT */
/*
 * All commands, by number: what each needs and how it answers. A command whose
 * layout nobody knows has no row: it answers STATUS_NOT_IMPLEMENTED. To add
 * one, write its handler in the file of its word and give it a row here.
 */
#include "handlers.h"

#define GLOBAL_FIRST	1000u
#define COUNT(table)	(sizeof(table) / sizeof((table)[0]))
#define WIRE(command)	sizeof(struct dxgk_wire_##command)

#define OPEN		DXGHOST_CALL_OPEN
#define USER		(DXGHOST_CALL_OPEN | DXGHOST_CALL_PROCESS)
#define PROCESS		DXGHOST_CALL_PROCESS

/* The status is all there is to say. */
#define STATUS(number, command, fn, need)				\
	[number] = { .name = #number, .handler = fn,			\
		     .request_size = WIRE(command),			\
		     .reply_size = sizeof(struct dxgk_wire_status_reply), \
		     .failure = DXGHOST_FAIL_STATUS, .flags = need }
/* A structure with a status in it. */
#define REPLY(number, command, fn, need)				\
	[number] = { .name = #number, .handler = fn,			\
		     .request_size = WIRE(command),			\
		     .reply_size = WIRE(command##_reply),		\
		     .status_at = offsetof(struct dxgk_wire_##command##_reply, \
					   status),			\
		     .failure = DXGHOST_FAIL_STATUS, .flags = need }
/* A status at @at, and a tail whose length the rule knows. */
#define TAIL(number, command, fn, size, at, rule, need)			\
	[number] = { .name = #number, .handler = fn,			\
		     .request_size = WIRE(command), .reply_size = size,	\
		     .status_at = at, .failure = DXGHOST_FAIL_STATUS,	\
		     .flags = need, .reply_rule = rule }
/* No status: @how tells of failure; rule may be NULL. */
#define OTHER(number, command, fn, size, how, at, rule, need)		\
	[number] = { .name = #number, .handler = fn,			\
		     .request_size = WIRE(command), .reply_size = size,	\
		     .status_at = at, .failure = DXGHOST_FAIL_##how,	\
		     .flags = need, .reply_rule = rule }

static const struct dxghost_command vgpu_commands[] = {
	/* adapter */
	REPLY(DXGK_CMD_OPENADAPTER, openadapter, dxghost_open_adapter, 0),
	OTHER(DXGK_CMD_CLOSEADAPTER, closeadapter, dxghost_close_adapter, 0,
	      EMPTY, 0, NULL, OPEN),
	OTHER(DXGK_CMD_GETINTERNALADAPTERINFO, getinternaladapterinfo,
	      dxghost_get_internal_adapter_info, 0, EMPTY, 0,
	      dxghost_get_internal_adapter_info_reply, OPEN),
	REPLY(DXGK_CMD_QUERYCLOCKCALIBRATION, queryclockcalibration,
	      dxghost_query_clock_calibration, USER),
	REPLY(DXGK_CMD_ISFEATUREENABLED, isfeatureenabled,
	      dxghost_is_feature_enabled, OPEN),
	STATUS(DXGK_CMD_FLUSHHEAPTRANSITIONS, flushheaptransitions,
	       dxghost_flush_heap_transitions, USER),
	OTHER(DXGK_CMD_ESCAPE, escape, dxghost_escape, 0, EMPTY, 0,
	      dxghost_escape_reply, USER),
	REPLY(DXGK_CMD_QUERYSTATISTICS, querystatistics,
	      dxghost_query_statistics, USER),
	/* query-info */
	TAIL(DXGK_CMD_QUERYADAPTERINFO, queryadapterinfo,
	     dxghost_query_adapter_info, 4, 0,
	     dxghost_query_adapter_info_reply, USER | DXGHOST_CALL_NEW_STATUS),
	/* memory-info */
	OTHER(DXGK_CMD_QUERYVIDEOMEMORYINFO, queryvideomemoryinfo,
	      dxghost_query_video_memory_info, WIRE(queryvideomemoryinfo_reply),
	      EMPTY, 0, NULL, USER),
	STATUS(DXGK_CMD_CHANGEVIDEOMEMORYRESERVATION,
	       changevideomemoryreservation,
	       dxghost_change_video_memory_reservation, USER),
	/* device */
	OTHER(DXGK_CMD_CREATEDEVICE, createdevice, dxghost_create_device,
	      WIRE(createdevice_reply), ZERO, 0, NULL, USER),
	STATUS(DXGK_CMD_DESTROYDEVICE, destroydevice, dxghost_destroy_device,
	       USER),
	STATUS(DXGK_CMD_FLUSHDEVICE, flushdevice, dxghost_flush_device, USER),
	REPLY(DXGK_CMD_GETDEVICESTATE, getdevicestate, dxghost_get_device_state,
	      USER),
	STATUS(DXGK_CMD_MARKDEVICEASERROR, markdeviceaserror,
	       dxghost_mark_device_as_error, USER),
	/* context */
	OTHER(DXGK_CMD_CREATECONTEXTVIRTUAL, createcontextvirtual,
	      dxghost_create_context_virtual, WIRE(createcontextvirtual),
	      ECHO, 0, dxghost_create_context_virtual_reply, USER),
	STATUS(DXGK_CMD_DESTROYCONTEXT, destroycontext, dxghost_destroy_context,
	       USER),
	STATUS(DXGK_CMD_SETCONTEXTSCHEDULINGPRIORITY,
	       setcontextschedulingpriority, dxghost_set_context_priority,
	       USER),
	REPLY(DXGK_CMD_GETCONTEXTSCHEDULINGPRIORITY,
	      getcontextschedulingpriority, dxghost_get_context_priority, USER),
	STATUS(DXGK_CMD_SUBMITCOMMAND, submitcommand, dxghost_submit_command,
	       USER),
	/* hwqueue */
	OTHER(DXGK_CMD_CREATEHWQUEUE, createhwqueue, dxghost_create_hwqueue,
	      WIRE(createhwqueue), ECHO,
	      offsetof(struct dxgk_wire_createhwqueue, status),
	      dxghost_create_hwqueue_reply, USER),
	STATUS(DXGK_CMD_DESTROYHWQUEUE, destroyhwqueue, dxghost_destroy_hwqueue,
	       USER),
	STATUS(DXGK_CMD_SUBMITCOMMANDTOHWQUEUE, submitcommandtohwqueue,
	       dxghost_submit_command_to_hwqueue, USER),
	/* allocation */
	OTHER(DXGK_CMD_CREATEALLOCATION, createallocation,
	      dxghost_create_allocation, 0, EMPTY, 0,
	      dxghost_create_allocation_reply, USER),
	STATUS(DXGK_CMD_DESTROYALLOCATION, destroyallocation,
	       dxghost_destroy_allocation, USER),
	TAIL(DXGK_CMD_DDIGETSTANDARDALLOCATIONDRIVERDATA,
	     ddigetstandardallocationdriverdata,
	     dxghost_get_standard_allocation_data,
	     WIRE(ddigetstandardallocationdriverdata_reply), 0,
	     dxghost_get_standard_allocation_data_reply, USER),
	STATUS(DXGK_CMD_SETEXISTINGSYSMEMPAGES, setexistingsysmempages,
	       dxghost_set_existing_sysmem_pages, USER),
	STATUS(DXGK_CMD_SETEXISTINGSYSMEMSTORE, setexistingsysmemstore,
	       dxghost_set_existing_sysmem_store, USER),
	REPLY(DXGK_CMD_LOCK2, lock2, dxghost_lock2, USER),
	STATUS(DXGK_CMD_UNLOCK2, unlock2, dxghost_unlock2, USER),
	STATUS(DXGK_CMD_INVALIDATECACHE, invalidatecache,
	       dxghost_invalidate_cache, USER),
	STATUS(DXGK_CMD_SETALLOCATIONPRIORITY, setallocationpriority,
	       dxghost_set_allocation_priority, USER),
	TAIL(DXGK_CMD_GETALLOCATIONPRIORITY, getallocationpriority,
	     dxghost_get_allocation_priority, 8, 0,
	     dxghost_get_allocation_priority_reply, USER),
	REPLY(DXGK_CMD_UPDATEALLOCATIONPROPERTY, updateallocationproperty,
	      dxghost_update_allocation_property, USER),
	/* residency */
	REPLY(DXGK_CMD_MAKERESIDENT, makeresident, dxghost_make_resident,
	      USER | DXGHOST_CALL_KEEP),
	OTHER(DXGK_CMD_EVICT, evict, dxghost_evict, WIRE(evict_reply), EMPTY, 0,
	      NULL, USER),
	TAIL(DXGK_CMD_QUERYALLOCATIONRESIDENCY, queryallocationresidency,
	     dxghost_query_residency, 8, 0, dxghost_query_residency_reply,
	     USER),
	STATUS(DXGK_CMD_OFFERALLOCATIONS, offerallocations,
	       dxghost_offer_allocations, USER),
	TAIL(DXGK_CMD_RECLAIMALLOCATIONS, reclaimallocations,
	     dxghost_reclaim_allocations, 16,
	     offsetof(struct dxgk_wire_reclaimallocations_reply, status),
	     dxghost_reclaim_allocations_reply, USER),
	/* gpuva */
	OTHER(DXGK_CMD_CREATEPAGINGQUEUE, createpagingqueue,
	      dxghost_create_paging_queue, WIRE(createpagingqueue_reply), EMPTY,
	      0, NULL, USER),
	OTHER(DXGK_CMD_DESTROYPAGINGQUEUE, destroypagingqueue,
	      dxghost_destroy_paging_queue, 0, EMPTY, 0, NULL, USER),
	OTHER(DXGK_CMD_RESERVEGPUVIRTUALADDRESS, reservegpuvirtualaddress,
	      dxghost_reserve_gpuva, WIRE(reservegpuvirtualaddress_reply),
	      EMPTY, 0, NULL, USER),
	REPLY(DXGK_CMD_MAPGPUVIRTUALADDRESS, mapgpuvirtualaddress,
	      dxghost_map_gpuva, USER),
	STATUS(DXGK_CMD_FREEGPUVIRTUALADDRESS, freegpuvirtualaddress,
	       dxghost_free_gpuva, USER),
	STATUS(DXGK_CMD_UPDATEGPUVIRTUALADDRESS, updategpuvirtualaddress,
	       dxghost_update_gpuva, USER),
	/* sync */
	OTHER(DXGK_CMD_CREATESYNCOBJECT, createsyncobject,
	      dxghost_create_sync_object, WIRE(createsyncobject_reply), EMPTY,
	      0, NULL, USER),
	STATUS(DXGK_CMD_WAITFORSYNCOBJECTFROMCPU, waitforsyncobjectfromcpu,
	       dxghost_wait_from_cpu, USER),
	STATUS(DXGK_CMD_WAITFORSYNCOBJECTFROMGPU, waitforsyncobjectfromgpu,
	       dxghost_wait_from_gpu, USER),
	STATUS(DXGK_CMD_SIGNALSYNCOBJECT, signalsyncobject,
	       dxghost_signal_sync_object, USER),
	/* share */
	TAIL(DXGK_CMD_OPENRESOURCE, openresource, dxghost_open_resource,
	     WIRE(openresource_reply),
	     offsetof(struct dxgk_wire_openresource_reply, status),
	     dxghost_open_resource_reply, USER),
};

#define AT(number)	((number) - GLOBAL_FIRST)

static const struct dxghost_command global_commands[] = {
	/* adapter */
	STATUS(AT(DXGK_VMCMD_SETIOSPACEREGION), setiospaceregion,
	       dxghost_set_io_space_region, 0),
	REPLY(AT(DXGK_VMCMD_ISFEATUREENABLED_GLOBAL), isfeatureenabled_global,
	      dxghost_is_feature_enabled_global, 0),
	/* process */
	OTHER(AT(DXGK_VMCMD_CREATEPROCESS), createprocess,
	      dxghost_create_process, WIRE(createprocess_reply), ZERO, 0, NULL,
	      0),
	STATUS(AT(DXGK_VMCMD_DESTROYPROCESS), destroyprocess,
	       dxghost_destroy_process, PROCESS),
	/* sync */
	REPLY(AT(DXGK_VMCMD_OPENSYNCOBJECT), opensyncobject,
	      dxghost_open_sync_object, PROCESS),
	STATUS(AT(DXGK_VMCMD_DESTROYSYNCOBJECT), destroysyncobject,
	       dxghost_destroy_sync_object, PROCESS),
	/* share */
	OTHER(AT(DXGK_VMCMD_CREATENTSHAREDOBJECT), createntsharedobject,
	      dxghost_create_nt_shared_object,
	      WIRE(createntsharedobject_reply), ZERO, 0, NULL, PROCESS),
	STATUS(AT(DXGK_VMCMD_DESTROYNTSHAREDOBJECT), destroyntsharedobject,
	       dxghost_destroy_nt_shared_object, 0),
	REPLY(AT(DXGK_VMCMD_SHAREOBJECTWITHHOST), shareobjectwithhost,
	      dxghost_share_object_with_host, PROCESS),
};

const struct dxghost_command *dxghost_command_find(bool global, uint32_t number)
{
	if (!global)
		return number < COUNT(vgpu_commands) ? &vgpu_commands[number] :
						       NULL;
	if (number < GLOBAL_FIRST ||
	    number - GLOBAL_FIRST >= COUNT(global_commands))
		return NULL;
	return &global_commands[number - GLOBAL_FIRST];
}
