/* SPDX-License-Identifier: MIT */
/* Payloads of adapter queries, as they are on the wire: 2-byte characters. */
#ifndef DXGHOST_QUERY_INFO_H
#define DXGHOST_QUERY_INFO_H

#include <string.h>

#include "call.h"

/* One query: the payload holds the caller's input, and then the answer. */
struct dxghost_query {
	const struct dxghost_adapter *adapter;
	const struct dxghost_adapter_profile *profile;
	void *payload;
	uint32_t size;
};

struct dxghost_adapter_perf {
	uint32_t physical_adapter;
	uint32_t pad;
	uint64_t memory_frequency;
	uint64_t max_memory_frequency;
	uint64_t max_memory_frequency_oc;
	uint64_t memory_bandwidth;
	uint64_t pcie_bandwidth;
	uint32_t fan_rpm;
	uint32_t power;
	uint32_t temperature;
	uint8_t power_state_override;
	uint8_t pad61[3];
};

struct dxghost_adapter_perf_caps {
	uint32_t physical_adapter;
	uint32_t pad;
	uint64_t max_memory_bandwidth;
	uint64_t max_pcie_bandwidth;
	uint32_t max_fan_rpm;
	uint32_t temperature_max;
	uint32_t temperature_warning;
	uint32_t pad36;
};

struct dxghost_node_perf {
	uint32_t node;
	uint32_t physical_adapter;
	uint64_t frequency;
	uint64_t max_frequency;
	uint64_t max_frequency_oc;
	uint32_t voltage;
	uint32_t voltage_max;
	uint32_t voltage_max_oc;
	uint32_t pad;
	uint64_t max_transition_latency;
};

struct dxghost_gpu_version {
	uint32_t physical_adapter;
	uint16_t bios[32];
	uint16_t architecture[32];
};

/* A dword of the payload, which need not be aligned. */
static inline void dxghost_query_put(struct dxghost_query *query, uint32_t at,
				     uint32_t value)
{
	memcpy((uint8_t *)query->payload + at, &value, sizeof(value));
}

static inline uint32_t dxghost_query_get(const struct dxghost_query *query,
					 uint32_t at)
{
	uint32_t value;

	memcpy(&value, (const uint8_t *)query->payload + at, sizeof(value));
	return value;
}

/* query-info.c: also for statistics, which repeat them */
void dxghost_fill_adapter_perf(struct dxghost_adapter_perf *perf);
void dxghost_fill_adapter_perf_caps(struct dxghost_adapter_perf_caps *caps);
void dxghost_fill_node_perf(struct dxghost_node_perf *perf);
void dxghost_fill_gpu_version(const struct dxghost_adapter_profile *profile,
			      struct dxghost_gpu_version *version);
/* Text into a field of @max characters, always terminated. */
void dxghost_put_text(uint16_t *field, uint32_t max, const char *text);

/* query-caps.c: the types whose answer is a set of capabilities */
dxghost_status dxghost_query_adapter_type(struct dxghost_query *query);
dxghost_status dxghost_query_wddm_1_2(struct dxghost_query *query);
dxghost_status dxghost_query_wddm_1_3(struct dxghost_query *query);
dxghost_status dxghost_query_wddm_2_0(struct dxghost_query *query);
dxghost_status dxghost_query_wddm_2_7(struct dxghost_query *query);
dxghost_status dxghost_query_wddm_2_9(struct dxghost_query *query);
dxghost_status dxghost_query_gpummu_caps(struct dxghost_query *query);

/* query-names.c: the types whose answer is text */
dxghost_status dxghost_query_umd_name(struct dxghost_query *query);
dxghost_status dxghost_query_registry_info(struct dxghost_query *query);
dxghost_status dxghost_query_unique_guid(struct dxghost_query *query);
dxghost_status dxghost_query_driver_description(struct dxghost_query *query);
dxghost_status dxghost_query_gpu_version(struct dxghost_query *query);

/* registry.c */
dxghost_status dxghost_query_registry(struct dxghost_query *query);
#define DXGHOST_REGISTRY_SIZE	552u

#endif
