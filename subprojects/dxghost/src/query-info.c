/* SPDX-License-Identifier: MIT */
/* QUERYADAPTERINFO: what an adapter is and can do. */
#include <string.h>

#include "dxghost/gpu.h"
#include "query-info.h"
#include "handlers.h"

#define MHZ		1000000ull
#define ANY_SIZE	0u		/* the query looks at it itself */

/* DXGK_NODEMETADATA_FLAGS */
#define NODE_CONTEXT_SCHEDULING	(1u << 0)

struct segment_sizes {
	uint64_t dedicated_video;
	uint64_t dedicated_system;
	uint64_t shared_system;
};

struct node_metadata {
	uint32_t ordinal_and_adapter;
	uint32_t engine_type;
	uint16_t name[32];
	uint32_t flags;
	uint8_t gpu_mmu;
	uint8_t io_mmu;
} __attribute__((packed));

struct group_sizes {
	uint32_t physical_adapter;
	uint32_t pad;
	struct segment_sizes legacy;
	uint64_t local;
	uint64_t nonlocal;
	uint64_t non_budget;
};

_Static_assert(sizeof(struct node_metadata) == 78, "node metadata");
_Static_assert(sizeof(struct group_sizes) == 56, "segment group sizes");
_Static_assert(sizeof(struct dxghost_adapter_perf) == 64, "adapter perf");
_Static_assert(sizeof(struct dxghost_adapter_perf_caps) == 40, "perf caps");
_Static_assert(sizeof(struct dxghost_node_perf) == 56, "node perf");
_Static_assert(sizeof(struct dxghost_gpu_version) == 132, "GPU version");

void dxghost_fill_adapter_perf(struct dxghost_adapter_perf *perf)
{
	perf->memory_frequency = 2000 * MHZ;
	perf->max_memory_frequency = 2000 * MHZ;
	perf->max_memory_frequency_oc = 2000 * MHZ;
	perf->temperature = 400;
}

void dxghost_fill_adapter_perf_caps(struct dxghost_adapter_perf_caps *caps)
{
	caps->max_memory_bandwidth = 64000 * MHZ;
	caps->max_pcie_bandwidth = 16000 * MHZ;
	caps->temperature_max = 1000;
	caps->temperature_warning = 900;
}

void dxghost_fill_node_perf(struct dxghost_node_perf *perf)
{
	perf->frequency = 1000 * MHZ;
	perf->max_frequency = 1000 * MHZ;
	perf->max_frequency_oc = 1000 * MHZ;
}

/* What the profile says, or what the software GPU's own programs expect. */
static dxghost_status umd_private(struct dxghost_query *query)
{
	const struct dxghost_adapter_profile *profile = query->profile;
	const struct dxghost_gpu_info info = {
		.magic = DXGHOST_GPU_INFO_MAGIC,
		.version = DXGHOST_GPU_INFO_VERSION,
		.timestamp_frequency = DXGHOST_GPU_FREQUENCY,
		.node_count = profile->node_count,
		.adapter_index = query->adapter->index,
	};
	const void *data = &info;
	uint32_t size = sizeof(info);

	if (profile->umd_private.size) {
		data = profile->umd_private.data;
		size = profile->umd_private.size;
	}
	if (query->size < size || (profile->umd_private_size &&
				   query->size != profile->umd_private_size))
		return ST_INVALID_PARAMETER;
	memset(query->payload, 0, query->size);
	memcpy(query->payload, data, size);
	return ST_SUCCESS;
}

static void fill_segments(const struct dxghost_adapter_profile *profile,
			  struct segment_sizes *sizes)
{
	sizes->dedicated_video = profile->dedicated_memory;
	sizes->shared_system = profile->local_memory -
			       profile->dedicated_memory +
			       profile->nonlocal_memory;
}

static dxghost_status segment_size(struct dxghost_query *query)
{
	struct segment_sizes sizes = { 0 };

	fill_segments(query->profile, &sizes);
	memcpy(query->payload, &sizes, sizeof(sizes));
	return ST_SUCCESS;
}

static dxghost_status segment_group_size(struct dxghost_query *query)
{
	struct group_sizes sizes = { 0 };

	if (dxghost_query_get(query, 0))
		return ST_INVALID_PARAMETER;
	fill_segments(query->profile, &sizes.legacy);
	sizes.local = query->profile->local_memory;
	sizes.nonlocal = query->profile->nonlocal_memory;
	memcpy(query->payload, &sizes, sizeof(sizes));
	return ST_SUCCESS;
}

/* Distinct for each adapter, the same in each run. */
static dxghost_status adapter_guid(struct dxghost_query *query)
{
	static const uint8_t rest[8] = {
		0x84, 0x47, 0x64, 0x78, 0x67, 0x68, 0x6f, 0x73,
	};

	dxghost_query_put(query, 0, query->profile->luid.low);
	dxghost_query_put(query, 4, query->profile->luid.high);
	memcpy((uint8_t *)query->payload + 8, rest, sizeof(rest));
	return ST_SUCCESS;
}

static dxghost_status adapter_address(struct dxghost_query *query)
{
	const struct dxghost_pci_address *address = &query->profile->pci_address;

	dxghost_query_put(query, 0, address->bus);
	dxghost_query_put(query, 4, address->device);
	dxghost_query_put(query, 8, address->function);
	return ST_SUCCESS;
}

/* For all flags that are clear: a display, an update, a quirk there is not. */
static dxghost_status nothing(struct dxghost_query *query)
{
	memset(query->payload, 0, query->size);
	return ST_SUCCESS;
}

static dxghost_status driver_version(struct dxghost_query *query)
{
	dxghost_query_put(query, 0, query->profile->wddm_version);
	return ST_SUCCESS;
}

static dxghost_status one(struct dxghost_query *query)
{
	dxghost_query_put(query, 0, 1);
	return ST_SUCCESS;
}

static dxghost_status full_version(struct dxghost_query *query)
{
	memcpy(query->payload, &query->profile->driver_version,
	       sizeof(query->profile->driver_version));
	return ST_SUCCESS;
}

/* The node is in the lower half of the first dword, the adapter above. */
static dxghost_status node_metadata(struct dxghost_query *query)
{
	const struct dxghost_node_profile *profile;
	struct node_metadata node = {
		.ordinal_and_adapter = dxghost_query_get(query, 0),
		.gpu_mmu = 1,
	};

	if (node.ordinal_and_adapter >= query->profile->node_count)
		return ST_INVALID_PARAMETER;
	profile = &query->profile->nodes[node.ordinal_and_adapter];
	node.engine_type = profile->type;
	if (query->profile->hw_scheduling)
		node.flags = NODE_CONTEXT_SCHEDULING;
	memcpy(query->payload, &node, sizeof(node));
	dxghost_put_text((uint16_t *)((uint8_t *)query->payload +
				      offsetof(struct node_metadata, name)), 32,
			 profile->name);
	return ST_SUCCESS;
}

static dxghost_status device_ids(struct dxghost_query *query)
{
	const struct dxghost_adapter_profile *profile = query->profile;

	if (dxghost_query_get(query, 0))
		return ST_INVALID_PARAMETER;
	dxghost_query_put(query, 4, profile->vendor_id);
	dxghost_query_put(query, 8, profile->device_id);
	dxghost_query_put(query, 12, profile->subsystem_vendor_id);
	dxghost_query_put(query, 16, profile->subsystem_id);
	dxghost_query_put(query, 20, profile->revision_id);
	dxghost_query_put(query, 24, 0);
	return ST_SUCCESS;
}

static dxghost_status node_perf(struct dxghost_query *query)
{
	struct dxghost_node_perf perf = { .node = dxghost_query_get(query, 0) };

	if (perf.node >= query->profile->node_count || dxghost_query_get(query, 4))
		return ST_INVALID_PARAMETER;
	dxghost_fill_node_perf(&perf);
	memcpy(query->payload, &perf, sizeof(perf));
	return ST_SUCCESS;
}

static dxghost_status adapter_perf(struct dxghost_query *query)
{
	struct dxghost_adapter_perf perf = { 0 };

	if (dxghost_query_get(query, 0))
		return ST_INVALID_PARAMETER;
	dxghost_fill_adapter_perf(&perf);
	memcpy(query->payload, &perf, sizeof(perf));
	return ST_SUCCESS;
}

static dxghost_status adapter_perf_caps(struct dxghost_query *query)
{
	struct dxghost_adapter_perf_caps caps = { 0 };

	if (dxghost_query_get(query, 0))
		return ST_INVALID_PARAMETER;
	dxghost_fill_adapter_perf_caps(&caps);
	memcpy(query->payload, &caps, sizeof(caps));
	return ST_SUCCESS;
}

static const struct {
	uint32_t size;
	dxghost_status (*fill)(struct dxghost_query *query);
} queries[] = {
	[0] = { ANY_SIZE, umd_private },
	[1] = { 524, dxghost_query_umd_name },
	[3] = { 24, segment_size },
	[4] = { 16, adapter_guid },
	[6] = { 12, adapter_address },
	[8] = { 2080, dxghost_query_registry_info },
	[11] = { 4, nothing },			/* CHECKDRIVERUPDATESTATUS */
	[12] = { 4, one },			/* VIRTUALADDRESSINFO */
	[13] = { 4, driver_version },
	[15] = { 4, dxghost_query_adapter_type },
	[17] = { 12, dxghost_query_wddm_1_2 },
	[18] = { 8, full_version },		/* UMD_DRIVER_VERSION */
	[22] = { 4, dxghost_query_wddm_1_3 },
	[24] = { 4, dxghost_query_wddm_2_0 },
	[25] = { 78, node_metadata },
	[27] = { 4, nothing },			/* XBOX */
	[30] = { 4, one },			/* PHYSICALADAPTERCOUNT */
	[31] = { 28, device_ids },
	[32] = { 4, nothing },			/* DRIVERCAPS_EXT */
	[34] = { 12, dxghost_query_gpummu_caps },
	[36] = { 4, nothing },			/* HW_PROTECTION_TEARDOWN */
	[37] = { 4, nothing },			/* ISBADDRIVERFOR... */
	[42] = { 56, segment_group_size },
	[44] = { 1, nothing },			/* HWDRM_SUPPORT */
	[48] = { ANY_SIZE, dxghost_query_registry },
	[49] = { 8, full_version },		/* KMD_DRIVER_VERSION */
	[52] = { 16, adapter_guid },
	[53] = { 12, adapter_address },
	[54] = { 2080, dxghost_query_registry_info },
	[55] = { 4, nothing },			/* CHECKDRIVERUPDATESTATUS */
	[56] = { 4, driver_version },
	[57] = { 4, dxghost_query_adapter_type },
	[58] = { 12, dxghost_query_wddm_1_2 },
	[59] = { 4, dxghost_query_wddm_1_3 },
	[60] = { 80, dxghost_query_unique_guid },
	[61] = { 56, node_perf },
	[62] = { 64, adapter_perf },
	[63] = { 40, adapter_perf_caps },
	[64] = { 132, dxghost_query_gpu_version },
	[65] = { 8192, dxghost_query_driver_description },
	[66] = { 8192, dxghost_query_driver_description },
	[68] = { 1, nothing },			/* PARAVIRTUALIZATION_RENDER */
	[70] = { 4, dxghost_query_wddm_2_7 },
	[73] = { 4, nothing },			/* HYBRID_DLIST_DLL_SUPPORT */
	[75] = { 4, dxghost_query_wddm_2_9 },
	[76] = { 4, nothing },			/* CROSSADAPTERRESOURCE */
	[77] = { 4, nothing },			/* WDDM_3_0_CAPS */
};

/* Before version 40 the payload came back without a status. */
static uint32_t status_bytes(const struct dxghost_call *call)
{
	return call->host->profile.interface_version >= DXGK_WIRE_VERSION ?
	       DXGK_WIRE_QUERYADAPTERINFO_REPLY_TAIL : 0;
}

uint32_t dxghost_query_adapter_info_reply(const struct dxghost_call *call)
{
	const struct dxgk_wire_queryadapterinfo *request = call->request;

	if (!dxghost_call_holds(call, sizeof(*request),
				request->private_data_size, 1) ||
	    !request->private_data_size)
		return DXGHOST_MALFORMED;
	return status_bytes(call) + request->private_data_size;
}

static dxghost_status fill(struct dxghost_call *call, uint32_t type,
			   void *payload, uint32_t size)
{
	struct dxghost_query query = {
		.adapter = call->adapter,
		.profile = call->adapter->profile,
		.payload = payload,
		.size = size,
	};

	if (type >= sizeof(queries) / sizeof(queries[0]) ||
	    !queries[type].fill)
		return ST_INVALID_PARAMETER;
	/* Whoever brings another size means another structure. */
	if (queries[type].size != ANY_SIZE && queries[type].size != size)
		return ST_INVALID_PARAMETER;
	return queries[type].fill(&query);
}

dxghost_status dxghost_query_adapter_info(struct dxghost_call *call)
{
	const struct dxgk_wire_queryadapterinfo *request = call->request;
	uint8_t *payload = (uint8_t *)call->reply + status_bytes(call);

	memcpy(payload, dxghost_call_tail(call, sizeof(*request)),
	       request->private_data_size);
	return fill(call, request->query_type, payload,
		    request->private_data_size);
}
