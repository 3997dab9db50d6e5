/* SPDX-License-Identifier: MIT */
/*
 * In the place of libwsl_compute_helper.so, which Intel's driver for Windows puts into
 * its package so that the one for Linux need not know the structures of that release.
 * Intel's driver for Linux, which is open, calls these functions by these names.
 */
#include <stdio.h>
#include <string.h>

#include "intel-structs.h"
#include "intel-tokens.h"

#define EXPORT __attribute__((visibility("default")))

/* Enough for any of the streams; what is left is words of 0. */
#define TOKENS_SIZE	16384u

/* From 1 on the driver has partitions of GPU addresses translated too. */
#define HELPER_VERSION	1u

/* The numbers of structures are enum intel_token. */
EXPORT size_t getSizeRequiredForStruct(uint32_t id);
EXPORT size_t getSizeRequiredForTokens(uint32_t id);
EXPORT bool structToTokens(uint32_t id, void *tokens, size_t tokens_size,
			   const void *source, size_t source_size);
EXPORT bool tokensToStruct(uint32_t id, void *result, size_t result_size,
			   const uint32_t *begin, const uint32_t *end);
EXPORT void destroyStructRepresentation(uint32_t id, void *source, size_t source_size);
EXPORT uint64_t getVersion(void);

size_t getSizeRequiredForStruct(uint32_t id)
{
	switch (id) {
	case INTEL_ADAPTER:
		return sizeof(struct intel_adapter);
	case INTEL_MEMORY:
		return sizeof(struct intel_memory);
	case INTEL_CONTEXT:
		return sizeof(uint64_t);	/* nothing in it, but some is expected */
	case INTEL_COMMANDS:
		return sizeof(struct dxghost_submission_data);
	case INTEL_PARTITION:
		return sizeof(struct intel_partition);
	default:
		return 0;
	}
}

size_t getSizeRequiredForTokens(uint32_t id)
{
	return getSizeRequiredForStruct(id) ? TOKENS_SIZE : 0;
}

/* The driver tells nobody why it gives up. */
static bool tell(const char *what, uint32_t id, bool succeeds)
{
	if (!succeeds)
		fprintf(stderr, "stand-in: %s: structure %u is not as expected\n", what, id);
	return succeeds;
}

static bool to_tokens(uint32_t id, void *tokens, size_t size, const void *source)
{
	switch (id) {
	case INTEL_ADAPTER:
		return intel_adapter_to_tokens(source, tokens, size);
	case INTEL_MEMORY:
		return intel_memory_to_tokens(source, tokens, size);
	case INTEL_PARTITION:
		return intel_partition_to_tokens(source, tokens, size);
	default:
		return false;
	}
}

bool structToTokens(uint32_t id, void *tokens, size_t tokens_size, const void *source,
		    size_t source_size)
{
	memset(tokens, 0, tokens_size);
	return tell(__func__, id, source_size >= getSizeRequiredForStruct(id) &&
		    to_tokens(id, tokens, tokens_size, source));
}

static bool from_tokens(uint32_t id, void *result, const uint32_t *begin,
			const uint32_t *end)
{
	switch (id) {
	case INTEL_MEMORY:
		return intel_memory_from_tokens(result, begin, end);
	case INTEL_CONTEXT:
		return true;
	case INTEL_COMMANDS:
		return intel_commands_from_tokens(result, begin, end);
	case INTEL_PARTITION:
		return intel_partition_from_tokens(result, begin, end);
	default:
		return false;
	}
}

/* The size that the driver gives for a partition is larger than what it has there. */
bool tokensToStruct(uint32_t id, void *result, size_t result_size, const uint32_t *begin,
		    const uint32_t *end)
{
	size_t size = getSizeRequiredForStruct(id);

	if (result_size < size)
		return tell(__func__, id, false);
	memset(result, 0, size);
	return tell(__func__, id, from_tokens(id, result, begin, end));
}

void destroyStructRepresentation(uint32_t id, void *source, size_t source_size)
{
	(void)id;
	(void)source;
	(void)source_size;
}

uint64_t getVersion(void)
{
	return HELPER_VERSION;
}
