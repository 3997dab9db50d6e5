/* SPDX-License-Identifier: MIT */
/* Adapters: bring-up and what concerns them as a whole. */
#include <string.h>

#include "device.h"
#include "engine.h"
#include "handlers.h"
#include "paging.h"
#include "vsync.h"

#define INFO_HW_SCH_ENABLED	(1u << 3)
#define INFO_HW_SCH_CAPABLE	(1u << 4)
#define INFO_ASYNC_MESSAGES	(1u << 6)
#define INFO_HW_SUPPORT_STABLE	(2u << 7)
#define DRIVER_DDI_VERSION	0xB004u		/* WDDM 2.9 */

#define FEATURE_HW_SCHEDULING	0u
#define FEATURE_PAGE_BASED_MM	32u
#define FEATURE_KM_TESTING	33u
#define FEATURE_SUPPORTED	(1u << 0)
#define FEATURE_ENABLED		(1u << 0)
#define FEATURE_KNOWN		(1u << 1)
#define FEATURE_BY_DRIVER	(1u << 2)
#define FEATURE_BY_CONFIG	(1u << 3)

int dxghost_adapter_start(struct dxghost_adapter *adapter)
{
	uint32_t i;

	adapter->paging = dxghost_paging_create(adapter);
	if (!adapter->paging)
		return -1;
	if (adapter->profile->vsync_hz) {
		adapter->vsync = dxghost_vsync_create(adapter);
		if (!adapter->vsync)
			return -1;
	}
	for (i = 0; i < adapter->profile->node_count; i++) {
		adapter->engines[i] = dxghost_engine_create(adapter, i);
		if (!adapter->engines[i])
			return -1;
	}
	return 0;
}

void dxghost_adapter_stop(struct dxghost_adapter *adapter)
{
	uint32_t i;

	for (i = 0; i < DXGHOST_MAX_NODES; i++)
		dxghost_engine_destroy(adapter->engines[i]);
	dxghost_paging_destroy(adapter->paging);
	dxghost_vsync_destroy(adapter->vsync);
}

dxghost_status dxghost_set_io_space_region(struct dxghost_call *call)
{
	const struct dxgk_wire_setiospaceregion *request = call->request;
	struct dxghost *host = call->host;

	if (!host->io.base || !request->length ||
	    request->start % DXGHOST_PAGE_SIZE ||
	    request->length > UINT64_MAX - request->start ||
	    (host->io_ready && host->io.used))
		return ST_INVALID_PARAMETER;
	if (request->length < host->io.size)
		return ST_INVALID_PARAMETER;
	host->io.start = request->start;
	host->io_ready = true;
	return ST_SUCCESS;
}

dxghost_status dxghost_open_adapter(struct dxghost_call *call)
{
	const struct dxgk_wire_openadapter *request = call->request;
	struct dxgk_wire_openadapter_reply *reply = call->reply;
	uint32_t offered = call->host->profile.interface_version;

	reply->vmbus_interface_version = offered;
	reply->vmbus_last_compatible_interface_version =
		DXGK_WIRE_VERSION_OLDEST;
	if (request->vmbus_interface_version < DXGK_WIRE_VERSION_OLDEST ||
	    request->vmbus_last_compatible_interface_version > offered)
		return ST_NOT_SUPPORTED;
	call->adapter->open = true;
	reply->host_adapter_handle = call->adapter->handle;
	return ST_SUCCESS;
}

static void quiesce_devices(struct dxghost_adapter *adapter)
{
	struct dxghost_list *it, *inner;

	list_for_each(it, &adapter->spaces) {
		struct dxghost_space *space =
			list_entry(it, struct dxghost_space, adapter_link);

		list_for_each(inner, &space->devices)
			dxghost_device_quiesce(list_entry(inner,
				struct dxghost_device, link));
	}
}

dxghost_status dxghost_close_adapter(struct dxghost_call *call)
{
	const struct dxgk_wire_closeadapter *request = call->request;
	struct dxghost_adapter *adapter = call->adapter;

	if (request->host_adapter_handle != adapter->handle)
		return ST_INVALID_PARAMETER;
	adapter->open = false;
	quiesce_devices(adapter);
	while (adapter->calls > 1)
		dxghost_wait_change(call->host, DXGHOST_FOREVER);
	while (!list_empty(&adapter->spaces))
		dxghost_space_destroy(list_first(&adapter->spaces,
			struct dxghost_space, adapter_link));
	return ST_SUCCESS;
}

uint32_t dxghost_get_internal_adapter_info_reply(const struct dxghost_call *call)
{
	uint32_t size = sizeof(struct dxgk_wire_getinternaladapterinfo_reply);

	if (call->host->profile.interface_version < DXGK_WIRE_VERSION)
		size -= sizeof(struct dxgk_wire_luid);
	return size;
}

static void put_text(uint16_t *out, const char *text, size_t max)
{
	size_t i;

	for (i = 0; text[i] && i < max - 1; i++)
		out[i] = (uint8_t)text[i];
}

dxghost_status dxghost_get_internal_adapter_info(struct dxghost_call *call)
{
	const struct dxghost_adapter_profile *profile = call->adapter->profile;
	struct dxgk_wire_getinternaladapterinfo_reply info = { 0 };

	info.driver_ddi_version = DRIVER_DDI_VERSION;
	if (profile->hw_scheduling)
		info.flags |= INFO_HW_SCH_ENABLED | INFO_HW_SCH_CAPABLE |
			      INFO_HW_SUPPORT_STABLE;
	if (call->host->profile.async)
		info.flags |= INFO_ASYNC_MESSAGES;
	info.host_adapter_luid.low = profile->host_luid.low;
	info.host_adapter_luid.high = profile->host_luid.high;
	info.host_vgpu_luid.low = profile->vgpu_luid.low;
	info.host_vgpu_luid.high = profile->vgpu_luid.high;
	put_text(info.device_description, profile->description, 80);
	put_text(info.device_instance_id, profile->instance_id, 260);
	memcpy(call->reply, &info, call->reply_size);
	return ST_SUCCESS;
}

dxghost_status dxghost_query_clock_calibration(struct dxghost_call *call)
{
	const struct dxgk_wire_queryclockcalibration *request = call->request;
	struct dxgk_wire_queryclockcalibration_reply *reply = call->reply;
	uint64_t now = dxghost_gpu_clock(call->host);

	if (request->args.adapter != call->adapter->handle ||
	    request->args.node_ordinal >= call->adapter->profile->node_count ||
	    request->args.physical_adapter_index)
		return ST_INVALID_PARAMETER;
	reply->clock_data.gpu_frequency = DXGHOST_GPU_FREQUENCY;
	reply->clock_data.gpu_clock_counter = now;
	/* The performance counter of a Windows host ticks at 10 MHz. */
	reply->clock_data.cpu_clock_counter = now / 100;
	return ST_SUCCESS;
}

static dxghost_status feature(struct dxghost_call *call, uint32_t id,
			      bool enabled)
{
	struct dxgk_wire_isfeatureenabled_reply *reply = call->reply;

	/* An unknown feature is a good answer, too: not known. */
	if (id != FEATURE_HW_SCHEDULING && id != FEATURE_PAGE_BASED_MM &&
	    id != FEATURE_KM_TESTING)
		return ST_SUCCESS;
	reply->min_supported_version = 1;
	reply->max_supported_version = 1;
	reply->result_bits = FEATURE_KNOWN;
	if (id != FEATURE_HW_SCHEDULING || !enabled)
		return ST_SUCCESS;
	reply->descriptor_bits = FEATURE_SUPPORTED;
	reply->result_version = 1;
	reply->result_bits |= FEATURE_ENABLED | FEATURE_BY_DRIVER |
			      FEATURE_BY_CONFIG;
	return ST_SUCCESS;
}

dxghost_status dxghost_is_feature_enabled(struct dxghost_call *call)
{
	const struct dxgk_wire_isfeatureenabled *request = call->request;

	return feature(call, request->feature_id,
		       call->adapter->profile->hw_scheduling);
}

dxghost_status dxghost_is_feature_enabled_global(struct dxghost_call *call)
{
	const struct dxgk_wire_isfeatureenabled_global *request =
		call->request;

	return feature(call, request->feature_id, false);
}

/* Memory changes its cache attribute at once here. */
dxghost_status dxghost_flush_heap_transitions(struct dxghost_call *call)
{
	(void)call;
	return ST_SUCCESS;
}
