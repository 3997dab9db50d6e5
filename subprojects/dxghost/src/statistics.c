/* SPDX-License-Identifier: MIT */
/* QUERYSTATISTICS: accounts of adapters and processes. */
#include <string.h>

#include "allocation.h"
#include "engine.h"
#include "handlers.h"
#include "query-info.h"

enum {
	STATS_ADAPTER = 0,
	STATS_PROCESS = 1,
	STATS_PROCESS_ADAPTER = 2,
	STATS_SEGMENT = 3,
	STATS_PROCESS_SEGMENT = 4,
	STATS_NODE = 5,
	STATS_PROCESS_NODE = 6,
	STATS_VIDPNSOURCE = 7,
	STATS_PROCESS_VIDPNSOURCE = 8,
	STATS_PROCESS_SEGMENT_GROUP = 9,
	STATS_PHYSICAL_ADAPTER = 10,
	STATS_ADAPTER2 = 11,
	STATS_SEGMENT2 = 12,
	STATS_PROCESS_ADAPTER2 = 13,
	STATS_PROCESS_SEGMENT2 = 14,
	STATS_PROCESS_SEGMENT_GROUP2 = 15,
	STATS_SEGMENT_USAGE = 16,
	STATS_SEGMENT_GROUP_USAGE = 17,
	STATS_NODE2 = 18,
	STATS_PROCESS_NODE2 = 19,
	STATS_TYPES
};

#define WDDM_3_1 3100u

/* Of later drivers; the index has the physical adapter before it. */
static const uint8_t older_types[STATS_TYPES] = {
	[STATS_ADAPTER2] = STATS_ADAPTER,
	[STATS_SEGMENT2] = STATS_SEGMENT,
	[STATS_PROCESS_ADAPTER2] = STATS_PROCESS_ADAPTER,
	[STATS_PROCESS_SEGMENT2] = STATS_PROCESS_SEGMENT,
	[STATS_PROCESS_SEGMENT_GROUP2] = STATS_PROCESS_SEGMENT_GROUP,
	/* Each group is a segment. */
	[STATS_SEGMENT_USAGE] = STATS_SEGMENT_USAGE,
	[STATS_SEGMENT_GROUP_USAGE] = STATS_SEGMENT_USAGE,
	[STATS_NODE2] = STATS_NODE,
	[STATS_PROCESS_NODE2] = STATS_PROCESS_NODE,
};

/*
 * Members of the results, by their offset: most of each structure is about
 * displays, swizzling and the like, and stays zero.
 */
#define ADAPTER_SEGMENTS	0u
#define ADAPTER_NODES		4u
#define ADAPTER_SOURCES		8u
#define ADAPTER_VSYNC		12u
#define ADAPTER_TDRS		16u
#define ADAPTER_FLAGS		712u	/* bits 0-1: memory groups */
#define PADAPTER_EVICTED	40u
#define PADAPTER_PREFERRED	48u	/* five: by how well the segment suits */
#define PROCESS_NODES		0u
#define PROCESS_ALLOCATED	8u
#define SEGMENT_LIMIT		0u
#define SEGMENT_COMMITTED	8u
#define SEGMENT_RESIDENT	16u
#define SEGMENT_EVICTED		24u
#define SEGMENT_ALLOCATIONS	32u	/* committed, then resident */
#define SEGMENT_APERTURE	40u
#define SEGMENT_EVICTED_CLASSES	48u
#define SEGMENT_PROPERTIES	104u	/* bit 0: system memory */
#define PSEGMENT_COMMITTED	0u
#define PSEGMENT_MAXIMUM	8u
#define PSEGMENT_MINIMUM	16u
#define PSEGMENT_ALLOCATIONS	32u
#define PSEGMENT_RESIDENT	40u	/* five classes: count, bytes */
#define GROUP_BUDGET		0u
#define GROUP_REQUESTED		8u
#define GROUP_USAGE		16u
#define NODE_RUNNING		0u
#define NODE_SWITCHES		8u
#define NODE_PACKETS		76u	/* queue packets, then DMA packets */
#define NODE_DMA_PACKETS	(NODE_PACKETS + 64u)
#define NODE_SYSTEM		272u
#define NODE_PERF		544u
#define PHYSICAL_CAPS		64u
#define PHYSICAL_VERSION	104u
#define USAGE_ALLOCATED		0u
#define USAGE_FREE		8u

static void put32(uint8_t *result, uint32_t at, uint32_t value)
{
	memcpy(result + at, &value, sizeof(value));
}

static void put64(uint8_t *result, uint32_t at, uint64_t value)
{
	memcpy(result + at, &value, sizeof(value));
}

/* Segment 0 is local, 1 system memory; both exist on every adapter. */
static void put_segment(const struct dxghost_adapter *adapter, uint32_t id,
			uint8_t *result)
{
	uint64_t evicted = 0;
	uint32_t i;

	put64(result, SEGMENT_LIMIT, dxghost_group_size(adapter, id));
	put64(result, SEGMENT_COMMITTED, adapter->committed[id]);
	put64(result, SEGMENT_RESIDENT, adapter->resident[id]);
	put32(result, SEGMENT_ALLOCATIONS, adapter->allocations[id]);
	put32(result, SEGMENT_ALLOCATIONS + 4,
	      adapter->resident_allocations[id]);
	for (i = 0; i < DXGHOST_PRIORITY_CLASSES; i++) {
		put64(result, SEGMENT_EVICTED_CLASSES + 8 * i,
		      adapter->evicted[id][i]);
		evicted += adapter->evicted[id][i];
	}
	put64(result, SEGMENT_EVICTED, evicted);
	put32(result, SEGMENT_APERTURE, id == DXGHOST_NON_LOCAL);
	put64(result, SEGMENT_PROPERTIES, id == DXGHOST_NON_LOCAL ||
					  adapter->profile->integrated);
}

static void put_usage(const struct dxghost_adapter *adapter, uint32_t id,
		      uint8_t *result)
{
	put64(result, USAGE_ALLOCATED, adapter->resident[id]);
	put64(result, USAGE_FREE,
	      dxghost_group_size(adapter, id) - adapter->resident[id]);
}

/* @space: of one process; NULL: of all. */
static void put_node(const struct dxghost_adapter *adapter,
		     const struct dxghost_space *space, uint32_t node,
		     uint8_t *result)
{
	const struct dxghost_node_usage *usage =
		space ? &space->nodes[node] : &adapter->nodes[node];
	uint64_t now = dxghost_engine_running(adapter->engines[node], space);

	put64(result, NODE_RUNNING, (usage->running_ns + now) / 100);
	put32(result, NODE_SWITCHES, usage->switches);
	put32(result, NODE_PACKETS, usage->submitted);
	put32(result, NODE_PACKETS + 4, usage->completed);
	put32(result, NODE_DMA_PACKETS, usage->submitted);
	put32(result, NODE_DMA_PACKETS + 4, usage->completed);
	put32(result, NODE_DMA_PACKETS + 12, usage->faulted);
}

static void put_group(const struct dxghost_space *space, uint32_t group,
		      uint8_t *result)
{
	put64(result, GROUP_BUDGET, dxghost_budget(space, group));
	put64(result, GROUP_REQUESTED, space->committed[group]);
	put64(result, GROUP_USAGE, space->resident[group]);
}

/* Resident ones by class, each a count and bytes. */
static void put_allocations(const struct dxghost_space *space, uint32_t group,
			    uint8_t *result)
{
	uint64_t bytes[DXGHOST_PRIORITY_CLASSES] = { 0 };
	uint32_t resident[DXGHOST_PRIORITY_CLASSES] = { 0 };
	struct dxghost_list *i, *k;
	uint32_t class, all = 0;

	list_for_each(i, &space->devices)
		list_for_each(k, &list_entry(i, struct dxghost_device, link)
					->allocations) {
			const struct dxghost_allocation *allocation =
				list_entry(k, struct dxghost_allocation, link);

			if ((uint32_t)allocation->group != group)
				continue;
			all++;
			if (!allocation->counted)
				continue;
			class = dxghost_priority_class(allocation->priority);
			resident[class]++;
			bytes[class] += allocation->memory->size;
		}
	put32(result, PSEGMENT_ALLOCATIONS, all);
	for (class = 0; class < DXGHOST_PRIORITY_CLASSES; class++) {
		put32(result, PSEGMENT_RESIDENT + 16 * class, resident[class]);
		put64(result, PSEGMENT_RESIDENT + 16 * class + 8, bytes[class]);
	}
}

static void put_process_segment(const struct dxghost_space *space,
				uint32_t group, uint8_t *result)
{
	put64(result, PSEGMENT_COMMITTED, space->committed[group]);
	put64(result, PSEGMENT_MAXIMUM, dxghost_budget(space, group));
	put64(result, PSEGMENT_MINIMUM, space->reservation[group]);
	put_allocations(space, group, result);
}

static void put_physical(const struct dxghost_adapter *adapter, uint8_t *result)
{
	struct dxghost_adapter_perf perf = { 0 };
	struct dxghost_adapter_perf_caps caps = { 0 };
	struct dxghost_gpu_version version = { 0 };

	dxghost_fill_adapter_perf(&perf);
	dxghost_fill_adapter_perf_caps(&caps);
	dxghost_fill_gpu_version(adapter->profile, &version);
	memcpy(result, &perf, sizeof(perf));
	memcpy(result + PHYSICAL_CAPS, &caps, sizeof(caps));
	memcpy(result + PHYSICAL_VERSION, &version, sizeof(version));
}

static void put_node_perf(uint32_t node, uint8_t *result)
{
	struct dxghost_node_perf perf = { .node = node };

	dxghost_fill_node_perf(&perf);
	memcpy(result + NODE_PERF, &perf, sizeof(perf));
}

/* How many indices the query's input may have. */
static uint32_t index_limit(const struct dxghost_adapter *adapter,
			    uint32_t type)
{
	switch (type) {
	case STATS_SEGMENT:
	case STATS_PROCESS_SEGMENT:
	case STATS_PROCESS_SEGMENT_GROUP:
	case STATS_SEGMENT_USAGE:
		return DXGHOST_GROUPS;
	case STATS_NODE:
	case STATS_PROCESS_NODE:
		return adapter->profile->node_count;
	case STATS_VIDPNSOURCE:
	case STATS_PROCESS_VIDPNSOURCE:
		return adapter->vsync ? 1 : 0;
	case STATS_PHYSICAL_ADAPTER:
		return 1;
	default:
		return UINT32_MAX;
	}
}

static dxghost_status put_result(const struct dxghost_adapter *adapter,
				 const struct dxghost_space *space,
				 uint32_t type, uint32_t index, uint8_t *result)
{
	switch (type) {
	case STATS_ADAPTER:
		put32(result, ADAPTER_SOURCES, adapter->vsync ? 1 : 0);
		put32(result, ADAPTER_VSYNC, adapter->vsync ? 1 : 0);
		put32(result, ADAPTER_TDRS, adapter->tdr_count);
		put64(result, ADAPTER_FLAGS, DXGHOST_GROUPS);
		put32(result, ADAPTER_SEGMENTS, DXGHOST_GROUPS);
		put32(result, ADAPTER_NODES, adapter->profile->node_count);
		return ST_SUCCESS;
	case STATS_PROCESS_ADAPTER:
		put32(result, ADAPTER_SOURCES, adapter->vsync ? 1 : 0);
		put64(result, PADAPTER_EVICTED, space->evicted);
		put64(result, PADAPTER_PREFERRED,
		      space->committed[DXGHOST_LOCAL] +
		      space->committed[DXGHOST_NON_LOCAL]);
		put32(result, ADAPTER_SEGMENTS, DXGHOST_GROUPS);
		put32(result, ADAPTER_NODES, adapter->profile->node_count);
		return ST_SUCCESS;
	case STATS_PROCESS:
		put32(result, PROCESS_NODES, adapter->profile->node_count);
		put64(result, PROCESS_ALLOCATED,
		      space->committed[DXGHOST_NON_LOCAL]);
		return ST_SUCCESS;
	case STATS_SEGMENT:
		put_segment(adapter, index, result);
		return ST_SUCCESS;
	case STATS_SEGMENT_USAGE:
		put_usage(adapter, index, result);
		return ST_SUCCESS;
	case STATS_PROCESS_SEGMENT:
		put_process_segment(space, index, result);
		return ST_SUCCESS;
	case STATS_NODE:
		put_node(adapter, NULL, index, result);
		put_node(adapter, NULL, index, result + NODE_SYSTEM);
		put_node_perf(index, result);
		return ST_SUCCESS;
	case STATS_PROCESS_NODE:
		put_node(adapter, space, index, result);
		return ST_SUCCESS;
	case STATS_VIDPNSOURCE:
	case STATS_PROCESS_VIDPNSOURCE:
		/* Nothing is presented there. */
		return ST_SUCCESS;
	case STATS_PROCESS_SEGMENT_GROUP:
		put_group(space, index, result);
		return ST_SUCCESS;
	case STATS_PHYSICAL_ADAPTER:
		put_physical(adapter, result);
		return ST_SUCCESS;
	default:
		return ST_INVALID_PARAMETER;
	}
}

/* What the types of later drivers say in those of before; false: not this driver. */
static bool parse_type(const struct dxghost_adapter *adapter, uint32_t *type,
		       uint32_t *index)
{
	if (*type < STATS_ADAPTER2 || *type >= STATS_TYPES)
		return *type < STATS_TYPES;
	/* There is one physical adapter. */
	if (adapter->profile->wddm_version < WDDM_3_1 || *index & 0xffff)
		return false;
	*index >>= 16;
	*type = older_types[*type];
	return true;
}

dxghost_status dxghost_query_statistics(struct dxghost_call *call)
{
	const struct dxgk_wire_querystatistics *request = call->request;
	struct dxgk_wire_querystatistics_reply *reply = call->reply;
	const struct dxghost_luid *luid = &call->adapter->profile->host_luid;
	uint32_t type = request->args.type, index = request->args.query_input;
	struct dxghost_space *space;

	if (request->args.adapter_luid.low != luid->low ||
	    request->args.adapter_luid.high != luid->high ||
	    !parse_type(call->adapter, &type, &index) ||
	    index >= index_limit(call->adapter, type))
		return ST_INVALID_PARAMETER;
	space = dxghost_space_of(call);
	if (!space)
		return ST_NO_MEMORY;
	return put_result(call->adapter, space, type, index, reply->result);
}
