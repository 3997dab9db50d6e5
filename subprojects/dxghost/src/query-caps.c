/* SPDX-License-Identifier: MIT */
/* Adapter queries whose answer is a set of capabilities. */
#include "dxghost/gpu.h"
#include "query-info.h"

/* D3DKMT_ADAPTERTYPE */
#define TYPE_RENDER		(1u << 0)
#define TYPE_SOFTWARE		(1u << 2)
#define TYPE_HYBRID_DISCRETE	(1u << 4)
#define TYPE_HYBRID_INTEGRATED	(1u << 5)
#define TYPE_PARAVIRTUALIZED	(1u << 7)
#define TYPE_COMPUTE_ONLY	(1u << 11)

/*
 * Which half of a hybrid machine it is. An integrated GPU says so in any machine,
 * a discrete one where it is not alone.
 */
static bool is_hybrid(const struct dxghost_query *query, bool integrated)
{
	const struct dxghost_adapter_profile *profile = query->profile;

	if (profile->software || profile->integrated != integrated)
		return false;
	return integrated || query->adapter->host->profile.adapter_count > 1;
}

dxghost_status dxghost_query_adapter_type(struct dxghost_query *query)
{
	uint32_t type = TYPE_RENDER | TYPE_PARAVIRTUALIZED;

	if (query->profile->software)
		type |= TYPE_SOFTWARE;
	if (query->profile->compute_only)
		type |= TYPE_COMPUTE_ONLY;
	else if (is_hybrid(query, true))
		type |= TYPE_HYBRID_INTEGRATED;
	else if (is_hybrid(query, false))
		type |= TYPE_HYBRID_DISCRETE;
	dxghost_query_put(query, 0, type);
	return ST_SUCCESS;
}

/* Each engine is reset by itself. */
dxghost_status dxghost_query_wddm_1_2(struct dxghost_query *query)
{
	dxghost_query_put(query, 0, query->profile->graphics_preemption);
	dxghost_query_put(query, 4, query->profile->compute_preemption);
	dxghost_query_put(query, 8, 1u << 2);
	return ST_SUCCESS;
}

dxghost_status dxghost_query_wddm_1_3(struct dxghost_query *query)
{
	dxghost_query_put(query, 0, (is_hybrid(query, true) ? 1u << 1 : 0) |
			    (is_hybrid(query, false) ? 1u << 2 : 0));
	return ST_SUCCESS;
}

/* 64-bit atomics, GPU page tables. */
dxghost_status dxghost_query_wddm_2_0(struct dxghost_query *query)
{
	dxghost_query_put(query, 0, 1u << 0 | 1u << 1);
	return ST_SUCCESS;
}

dxghost_status dxghost_query_wddm_2_7(struct dxghost_query *query)
{
	dxghost_query_put(query, 0, query->profile->hw_scheduling ? 0x7u : 0);
	return ST_SUCCESS;
}

dxghost_status dxghost_query_wddm_2_9(struct dxghost_query *query)
{
	dxghost_query_put(query, 0, query->profile->hw_scheduling ? 2u | 1u << 2 : 0);
	return ST_SUCCESS;
}

/* Read-only mappings are enforced, and all memory is coherent. */
dxghost_status dxghost_query_gpummu_caps(struct dxghost_query *query)
{
	if (dxghost_query_get(query, 0))
		return ST_INVALID_PARAMETER;
	dxghost_query_put(query, 4, 1u << 0 | 1u << 2);
	dxghost_query_put(query, 8, DXGHOST_VA_BITS);
	return ST_SUCCESS;
}
