/* SPDX-License-Identifier: MIT */
/* What is known of an adapter: read from the driver once, and fixed then. */
#include "facts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../utf8.h"
#include "query.h"

/*
 * No statement of the host's says "integrated" for a GPU that is alone: then it is
 * one that has hardly any memory of its own. As much as this is set aside by
 * firmware for integrated ones.
 */
#define INTEGRATED_MEMORY_MAX (512ull << 20)

static void read_type(struct dxcore_facts *facts, D3DKMT_HANDLE adapter)
{
	D3DKMT_ADAPTERTYPE type = { 0 };

	if (dxcore_query_either(adapter, KMTQAITYPE_ADAPTERTYPE_RENDER, KMTQAITYPE_ADAPTERTYPE,
				&type, sizeof(type)) < 0) {
		/* It has been enumerated, so it is for rendering. */
		type.Value = 0;
		type.RenderSupported = 1;
	}
	facts->type = type;
	facts->is_acg_compatible = type.ACGSupported;
	facts->is_hardware = !type.SoftwareDevice;
	facts->is_detachable = type.Detachable;
}

static void read_version(struct dxcore_facts *facts, D3DKMT_HANDLE adapter)
{
	D3DKMT_UMD_DRIVER_VERSION version = { 0 };
	D3DKMT_DRIVERVERSION model = 0;

	if (dxcore_query_either(adapter, KMTQAITYPE_UMD_DRIVER_VERSION,
				KMTQAITYPE_KMD_DRIVER_VERSION, &version, sizeof(version)) >= 0)
		facts->driver_version = (uint64_t)version.DriverVersion.QuadPart;
	facts->has_model = dxcore_query_either(adapter, KMTQAITYPE_DRIVERVERSION_RENDER,
					       KMTQAITYPE_DRIVERVERSION, &model,
					       sizeof(model)) >= 0;
	facts->model = model;
}

static void read_ids(struct dxcore_facts *facts, D3DKMT_HANDLE adapter)
{
	D3DKMT_QUERY_DEVICE_IDS query = { 0 };
	const D3DKMT_DEVICE_IDS *ids = &query.DeviceIds;

	if (dxcore_query_info(adapter, KMTQAITYPE_PHYSICALADAPTERDEVICEIDS, &query,
			      sizeof(query)) < 0)
		return;
	facts->hardware_id = (DXCoreHardwareID){
		.vendorID = ids->VendorID,
		.deviceID = ids->DeviceID,
		.subSysID = ids->SubSystemID << 16 | (ids->SubVendorID & 0xffff),
		.revision = ids->RevisionID,
	};
	facts->hardware_id_parts = (DXCoreHardwareIDParts){
		.vendorID = ids->VendorID,
		.deviceID = ids->DeviceID,
		.subSystemID = ids->SubSystemID,
		.subVendorID = ids->SubVendorID,
		.revisionID = ids->RevisionID,
	};
}

static void read_preemption(struct dxcore_facts *facts, D3DKMT_HANDLE adapter)
{
	D3DKMT_WDDM_1_2_CAPS caps = { 0 };
	const D3DKMDT_PREEMPTION_CAPS *preemption = &caps.PreemptionCaps;

	facts->has_preemption = dxcore_query_either(adapter, KMTQAITYPE_WDDM_1_2_CAPS_RENDER,
						    KMTQAITYPE_WDDM_1_2_CAPS, &caps,
						    sizeof(caps)) >= 0;
	facts->compute_preemption = (uint16_t)preemption->ComputePreemptionGranularity;
	facts->graphics_preemption = (uint16_t)preemption->GraphicsPreemptionGranularity;
}

static void read_memory(struct dxcore_facts *facts, D3DKMT_HANDLE adapter)
{
	D3DKMT_SEGMENTSIZEINFO sizes = { 0 };

	if (dxcore_query_info(adapter, KMTQAITYPE_GETSEGMENTSIZE, &sizes, sizeof(sizes)) < 0)
		return;
	facts->has_sizes = true;
	facts->dedicated_memory = sizes.DedicatedVideoMemorySize;
	facts->dedicated_system_memory = sizes.DedicatedSystemMemorySize;
	facts->shared_memory = sizes.SharedSystemMemorySize;
}

static bool is_integrated(const struct dxcore_facts *facts)
{
	if (facts->type.HybridIntegrated || facts->type.HybridDiscrete)
		return facts->type.HybridIntegrated;
	return facts->is_hardware && !facts->is_detachable && facts->has_sizes &&
	       facts->dedicated_memory <= INTEGRATED_MEMORY_MAX;
}

static void read_physical_count(struct dxcore_facts *facts, D3DKMT_HANDLE adapter)
{
	D3DKMT_PHYSICAL_ADAPTER_COUNT count = { .Count = 1 };

	if (dxcore_query_info(adapter, KMTQAITYPE_PHYSICALADAPTERCOUNT, &count,
			      sizeof(count)) < 0 || !count.Count)
		count.Count = 1;
	facts->physical_count = count.Count < DXCORE_PHYSICAL_MAX ? count.Count :
								    DXCORE_PHYSICAL_MAX;
}

/* The name in wide characters, "" where there is none. */
static void read_wide_description(D3DKMT_HANDLE adapter, D3DKMT_DRIVER_DESCRIPTION *wide)
{
	D3DKMT_ADAPTERREGISTRYINFO registry;

	memset(wide, 0, sizeof(*wide));
	if (dxcore_query_either(adapter, KMTQAITYPE_DRIVER_DESCRIPTION_RENDER,
				KMTQAITYPE_DRIVER_DESCRIPTION, wide, sizeof(*wide)) >= 0 &&
	    wide->DriverDescription[0])
		return;
	memset(wide, 0, sizeof(*wide));
	memset(&registry, 0, sizeof(registry));
	if (dxcore_query_either(adapter, KMTQAITYPE_ADAPTERREGISTRYINFO_RENDER,
				KMTQAITYPE_ADAPTERREGISTRYINFO, &registry, sizeof(registry)) >= 0)
		memcpy(wide->DriverDescription, registry.AdapterString,
		       sizeof(registry.AdapterString));
}

static bool read_description(struct dxcore_facts *facts, D3DKMT_HANDLE adapter)
{
	size_t room = sizeof(D3DKMT_DRIVER_DESCRIPTION) / sizeof(WCHAR);
	D3DKMT_DRIVER_DESCRIPTION *wide = malloc(sizeof(*wide));
	char *text = malloc(room * DXG_UTF8_MAX + 1);
	size_t length = 0;

	if (wide && text) {
		read_wide_description(adapter, wide);
		length = dxg_utf8_from_wchar(text, wide->DriverDescription, room);
		if (!length)
			length = (size_t)sprintf(text, "GPU %04x:%04x",
						 facts->hardware_id.vendorID,
						 facts->hardware_id.deviceID);
		facts->description = realloc(text, length + 1);
		facts->description_size = length + 1;
		if (facts->description)
			text = NULL;
	}
	free(text);
	free(wide);
	return facts->description;
}

struct dxcore_facts *dxcore_facts_read(D3DKMT_HANDLE adapter, LUID luid)
{
	struct dxcore_facts *facts = calloc(1, sizeof(*facts));

	if (!facts)
		return NULL;
	facts->luid = luid;
	read_type(facts, adapter);
	read_version(facts, adapter);
	read_ids(facts, adapter);
	read_preemption(facts, adapter);
	read_memory(facts, adapter);
	read_physical_count(facts, adapter);
	facts->is_integrated = is_integrated(facts);
	if (read_description(facts, adapter) &&
	    dxcore_engines_read(adapter, luid, facts->physical_count, &facts->engines,
				&facts->engine_count))
		return facts;
	dxcore_facts_free(facts);
	return NULL;
}

void dxcore_facts_free(struct dxcore_facts *facts)
{
	free(facts->engines);
	free(facts->description);
	free(facts);
}

uint32_t dxcore_facts_engine_count(const struct dxcore_facts *facts, uint32_t physical_adapter)
{
	uint32_t count = 0;
	uint32_t i;

	for (i = 0; i < facts->engine_count; i++)
		count += facts->engines[i].physical_adapter == physical_adapter;
	return count;
}

const struct dxcore_engine *dxcore_facts_engine(const struct dxcore_facts *facts,
						uint32_t physical_adapter, uint32_t index)
{
	uint32_t i;

	for (i = 0; i < facts->engine_count; i++)
		if (facts->engines[i].physical_adapter == physical_adapter && !index--)
			return &facts->engines[i];
	return NULL;
}
