/* SPDX-License-Identifier: MIT */
/* What Intel's driver is told of its GPU. */
#include <string.h>

#include "intel-structs.h"
#include "intel-tokens.h"

#define GIB (1ull << 30)
#define MIB (1ull << 20)

#define HEAPS		4
#define HEAP_SIZE	(4 * GIB)

/* The addresses of the program's own memory end there. */
#define PROGRAM_END	(1ull << 47)

static void put_platform(struct intel_writer *writer, const struct intel_adapter *adapter)
{
	uint32_t *group = intel_begin_group(writer, INTEL_ADAPTER_PLATFORM, 0);

	intel_put_u32(writer, INTEL_PLATFORM_PRODUCT, adapter->product);
	intel_put_u32(writer, INTEL_PLATFORM_DISPLAY_CORE, adapter->core);
	intel_put_u32(writer, INTEL_PLATFORM_RENDER_CORE, adapter->core);
	intel_put_u32(writer, INTEL_PLATFORM_DEVICE_ID, adapter->device_id);
	intel_put_u32(writer, INTEL_PLATFORM_REVISION, 0);
	intel_end_group(writer, group);
}

static void put_system(struct intel_writer *writer, const struct intel_adapter *adapter)
{
	uint32_t subslices = 2 * adapter->dual_subslices;
	uint32_t eus = subslices * adapter->eus_per_subslice;
	uint32_t *group = intel_begin_group(writer, INTEL_ADAPTER_SYSTEM, 0);

	intel_put_u32(writer, INTEL_SYSTEM_EUS, eus);
	intel_put_u32(writer, INTEL_SYSTEM_THREADS, eus * adapter->threads_per_eu);
	intel_put_u32(writer, INTEL_SYSTEM_SLICES, adapter->slices);
	intel_put_u32(writer, INTEL_SYSTEM_SUBSLICES, subslices);
	intel_put_u32(writer, INTEL_SYSTEM_DUAL_SUBSLICES, adapter->dual_subslices);
	intel_put_u64(writer, INTEL_SYSTEM_L3_KIB, adapter->l3_kib);
	intel_put_u32(writer, INTEL_SYSTEM_L3_BANKS, 8);
	intel_put_u32(writer, INTEL_SYSTEM_MAX_EUS_PER_SUBSLICE, adapter->eus_per_subslice);
	intel_put_u32(writer, INTEL_SYSTEM_MAX_SLICES, adapter->slices);
	intel_put_u32(writer, INTEL_SYSTEM_MAX_SUBSLICES, subslices);
	intel_put_u32(writer, INTEL_SYSTEM_MAX_DUAL_SUBSLICES, adapter->dual_subslices);
	intel_put_u32(writer, INTEL_SYSTEM_THREADS_PER_EU, adapter->threads_per_eu);
	intel_end_group(writer, group);
}

/* Those that change what calls the driver makes. */
static void put_features(struct intel_writer *writer)
{
	uint32_t *group = intel_begin_group(writer, INTEL_ADAPTER_FEATURES, 0);

	intel_put_u32(writer, INTEL_FEATURE_MID_BATCH_PREEMPTION, 1);
	intel_put_u32(writer, INTEL_FEATURE_THREAD_GROUP_PREEMPTION, 1);
	intel_put_u32(writer, INTEL_FEATURE_MID_THREAD_PREEMPTION, 1);
	intel_put_u32(writer, INTEL_FEATURE_SHARED_ADDRESSES, 1);
	intel_put_u32(writer, INTEL_FEATURE_L3_COHERENCY, 1);
	intel_put_u32(writer, INTEL_FEATURE_TILE_Y, 1);
	intel_end_group(writer, group);
}

static void put_range(struct intel_writer *writer, uint16_t id, uint32_t index,
		      uint64_t base, uint64_t size)
{
	uint32_t *group = intel_begin_group(writer, id, index);

	intel_put_u64(writer, INTEL_RANGE_BASE, base);
	intel_put_u64(writer, INTEL_RANGE_LIMIT, size ? base + size - 1 : 0);
	intel_end_group(writer, group);
}

/*
 * Above the addresses that the GPU shares with the program are those for it alone.
 * Without room there all are 0, and the driver takes some out of the program's.
 */
static void put_ranges(struct intel_writer *writer, uint64_t base)
{
	uint64_t heap = base ? HEAP_SIZE : 0, standard = base ? 1024 * GIB : 0;
	uint32_t i;

	put_range(writer, INTEL_PARTITION_SHARED, 0, 0, PROGRAM_END);
	for (i = 0; i < HEAPS; i++)
		put_range(writer, INTEL_PARTITION_HEAP, i, base + i * heap, heap);
	base += HEAPS * heap;
	put_range(writer, INTEL_PARTITION_STANDARD, 0, base, standard);
	base += standard;
	put_range(writer, INTEL_PARTITION_STANDARD_64K, 0, base, standard);
}

static void put_adapter(struct intel_writer *writer, const struct intel_adapter *adapter)
{
	uint32_t *all = intel_begin_group(writer, INTEL_ADAPTER, 0);
	uint32_t *partition;

	put_platform(writer, adapter);
	put_system(writer, adapter);
	put_features(writer);
	partition = intel_begin_group(writer, INTEL_ADAPTER_PARTITION, 0);
	put_ranges(writer, adapter->address_bits > 47 ? PROGRAM_END : 0);
	intel_end_group(writer, partition);
	intel_put_u32(writer, INTEL_ADAPTER_TIMESTAMP_HZ, adapter->timestamp_hz);
	intel_put_u32(writer, INTEL_ADAPTER_MAX_MHZ, adapter->max_mhz);
	intel_put_u64(writer, INTEL_ADAPTER_SHARED_MEMORY, adapter->shared_mib * MIB);
	intel_end_group(writer, all);
}

bool intel_adapter_to_tokens(const struct intel_adapter *adapter, void *tokens, size_t size)
{
	struct intel_writer writer = {
		.at = tokens,
		.end = (uint32_t *)tokens + size / sizeof(uint32_t),
	};

	if (adapter->magic != INTEL_ADAPTER_MAGIC)
		return false;
	put_adapter(&writer, adapter);
	return !writer.is_full;
}

bool intel_partition_from_tokens(struct intel_partition *partition,
				 const uint32_t *begin, const uint32_t *end)
{
	size_t words = (size_t)(end - begin);

	if (words > INTEL_PARTITION_WORDS)
		return false;
	partition->words = (uint32_t)words;
	memcpy(partition->tokens, begin, words * sizeof(*begin));
	return true;
}

bool intel_partition_to_tokens(const struct intel_partition *partition, void *tokens,
			       size_t size)
{
	struct intel_writer writer = {
		.at = tokens,
		.end = (uint32_t *)tokens + size / sizeof(uint32_t),
	};
	uint32_t *all;

	if (!partition->words) {
		all = intel_begin_group(&writer, INTEL_PARTITION, 0);
		put_ranges(&writer, 0);
		intel_end_group(&writer, all);
		return !writer.is_full;
	}
	if (partition->words > INTEL_PARTITION_WORDS ||
	    partition->words > size / sizeof(uint32_t))
		return false;
	memcpy(tokens, partition->tokens, partition->words * sizeof(uint32_t));
	return true;
}
