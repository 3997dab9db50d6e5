/* SPDX-License-Identifier: MIT */
/* The token streams in which Intel's driver and its helper library tell each other. */
#ifndef INTEL_TOKENS_H
#define INTEL_TOKENS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * A token begins with a word of 32 bits: an id, the words of the value behind it, and
 * flags. That of a group has three more words, its index in an array, its bytes and its
 * words, and then come the tokens in the group. Readers pass over ids that they do not
 * know; a word of 0 is a token that nobody knows.
 */
enum intel_token {
	/* Whole structures, also the names by which the helper is asked for them. */
	INTEL_ADAPTER = 1,
	INTEL_MEMORY = 7,
	INTEL_CONTEXT = 33,
	INTEL_COMMANDS = 48,
	INTEL_PARTITION = 135,

	/* In an adapter. */
	INTEL_ADAPTER_PLATFORM = 3551,
	INTEL_ADAPTER_FEATURES = 3552,
	INTEL_ADAPTER_TIMESTAMP_HZ = 3555,
	INTEL_ADAPTER_MAX_MHZ = 3559,
	INTEL_ADAPTER_SHARED_MEMORY = 3578,
	INTEL_ADAPTER_SYSTEM = 3585,
	INTEL_ADAPTER_PARTITION = 3588,

	INTEL_PLATFORM_PRODUCT = 3475,
	INTEL_PLATFORM_DISPLAY_CORE = 3477,
	INTEL_PLATFORM_RENDER_CORE = 3478,
	INTEL_PLATFORM_DEVICE_ID = 3480,
	INTEL_PLATFORM_REVISION = 3481,

	INTEL_SYSTEM_EUS = 299,
	INTEL_SYSTEM_THREADS = 300,
	INTEL_SYSTEM_SLICES = 301,
	INTEL_SYSTEM_SUBSLICES = 302,
	INTEL_SYSTEM_DUAL_SUBSLICES = 303,
	INTEL_SYSTEM_L3_KIB = 304,
	INTEL_SYSTEM_L3_BANKS = 308,
	INTEL_SYSTEM_MAX_EUS_PER_SUBSLICE = 319,
	INTEL_SYSTEM_MAX_SLICES = 320,
	INTEL_SYSTEM_MAX_SUBSLICES = 321,
	INTEL_SYSTEM_MAX_DUAL_SUBSLICES = 322,
	INTEL_SYSTEM_THREADS_PER_EU = 336,

	INTEL_FEATURE_MID_BATCH_PREEMPTION = 587,
	INTEL_FEATURE_THREAD_GROUP_PREEMPTION = 588,
	INTEL_FEATURE_MID_THREAD_PREEMPTION = 589,
	INTEL_FEATURE_SHARED_ADDRESSES = 603,
	INTEL_FEATURE_L3_COHERENCY = 609,
	INTEL_FEATURE_TILE_Y = 645,

	/* In a partition: ranges of GPU addresses, and what each has. */
	INTEL_PARTITION_STANDARD = 3534,
	INTEL_PARTITION_STANDARD_64K = 3535,
	INTEL_PARTITION_SHARED = 3538,
	INTEL_PARTITION_HEAP = 3540,	/* of four */
	INTEL_RANGE_BASE = 3532,
	INTEL_RANGE_LIMIT = 3533,	/* the last address */

	/* In memory. */
	INTEL_MEMORY_SURFACE = 3951,
	INTEL_SURFACE_FLAGS = 3905,
	INTEL_SURFACE_SIZE = 3919,
	INTEL_FLAGS_INFO = 3850,
	INTEL_INFO_CACHEABLE = 3788,
	INTEL_INFO_NOT_LOCKABLE = 3806,
	INTEL_INFO_NON_LOCAL = 3807,
	INTEL_MEMORY_EXISTING = 3955,
	INTEL_EXISTING_SIZE = 3948,

	/* In the header of a submission. */
	INTEL_COMMANDS_FENCE_ADDRESS = 3730,
	INTEL_COMMANDS_FENCE_VALUE = 3731,
};

/** struct intel_writer - where the next token goes */
struct intel_writer {
	uint32_t *at;
	uint32_t *end;
	bool is_full;	/* something had no room */
};

void intel_put_u32(struct intel_writer *writer, uint16_t id, uint32_t value);
void intel_put_u64(struct intel_writer *writer, uint16_t id, uint64_t value);

/** intel_begin_group() - returns what intel_end_group() needs, NULL without room */
uint32_t *intel_begin_group(struct intel_writer *writer, uint16_t id, uint32_t index);
void intel_end_group(struct intel_writer *writer, uint32_t *group);

/**
 * intel_find_value() - the value of a token
 * @begin, @end: the stream
 * @path: ids of groups, one in another, and then the token's; ended by 0
 *
 * Groups that are not in @path are looked into as if only their content were there.
 * Returns 0 if there is no such token.
 */
uint64_t intel_find_value(const uint32_t *begin, const uint32_t *end,
			  const uint16_t *path);

#endif
