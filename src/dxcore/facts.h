/* SPDX-License-Identifier: MIT */
/* What is known of an adapter: read from the driver once, and fixed then. */
#ifndef DXG_SRC_DXCORE_FACTS_H
#define DXG_SRC_DXCORE_FACTS_H

#include <stdbool.h>
#include <stdint.h>

#include <dxg/d3dkmthk.h>
#include <dxg/dxcore.h>

#include "engines.h"

/* Most adapters of a linked group that are told. */
#define DXCORE_PHYSICAL_MAX	16

/* Members are the properties, in their types, where there is no remark. */
struct dxcore_facts {
	LUID luid;
	uint64_t driver_version;
	char *description;
	size_t description_size;	/* the NUL counted */
	DXCoreHardwareID hardware_id;
	DXCoreHardwareIDParts hardware_id_parts;
	bool has_model;
	uint32_t model;
	bool has_preemption;
	uint16_t compute_preemption;
	uint16_t graphics_preemption;
	bool has_sizes;
	uint64_t dedicated_memory;
	uint64_t dedicated_system_memory;
	uint64_t shared_memory;
	bool is_acg_compatible;
	bool is_hardware;
	bool is_integrated;
	bool is_detachable;
	uint32_t physical_count;
	D3DKMT_ADAPTERTYPE type;	/* what the former were taken from */
	uint32_t engine_count;		/* of all physical adapters */
	struct dxcore_engine *engines;	/* in their order */
};

/*
 * Asks an open adapter. What it does not answer has a value that does no harm, or
 * is left out: clients give an adapter up that has no name, size or number. NULL
 * without memory.
 */
struct dxcore_facts *dxcore_facts_read(D3DKMT_HANDLE adapter, LUID luid);
void dxcore_facts_free(struct dxcore_facts *facts);

/* Engines of one physical adapter. */
uint32_t dxcore_facts_engine_count(const struct dxcore_facts *facts, uint32_t physical_adapter);
/* The engine @index of it, or NULL. */
const struct dxcore_engine *dxcore_facts_engine(const struct dxcore_facts *facts,
						uint32_t physical_adapter, uint32_t index);

#endif
