/* SPDX-License-Identifier: MIT */
/* What the host is told of allocations and submissions of Intel's driver. */
#include <string.h>

#include "intel-structs.h"
#include "intel-tokens.h"

/* Memory over pages that are there already has their size, other memory its surface's. */
static uint64_t size_of(const uint32_t *begin, const uint32_t *end)
{
	static const uint16_t existing[] = {
		INTEL_MEMORY_EXISTING, INTEL_EXISTING_SIZE, 0,
	};
	static const uint16_t surface[] = {
		INTEL_MEMORY_SURFACE, INTEL_SURFACE_SIZE, 0,
	};
	uint64_t size = intel_find_value(begin, end, existing);

	return size ? size : intel_find_value(begin, end, surface);
}

static uint32_t flags_of(const uint32_t *begin, const uint32_t *end)
{
	static const struct {
		uint16_t info;
		uint32_t flag;
	} known[] = {
		{ INTEL_INFO_CACHEABLE, DXGHOST_ALLOCATION_CACHED },
		{ INTEL_INFO_NOT_LOCKABLE, DXGHOST_ALLOCATION_CPU_INVISIBLE },
		{ INTEL_INFO_NON_LOCAL, DXGHOST_ALLOCATION_NON_LOCAL },
	};
	uint32_t flags = 0;
	size_t i;

	for (i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		const uint16_t path[] = {
			INTEL_MEMORY_SURFACE, INTEL_SURFACE_FLAGS, INTEL_FLAGS_INFO,
			known[i].info, 0,
		};

		if (intel_find_value(begin, end, path))
			flags |= known[i].flag;
	}
	return flags;
}

bool intel_memory_from_tokens(struct intel_memory *memory, const uint32_t *begin,
			      const uint32_t *end)
{
	size_t words = (size_t)(end - begin);

	memset(memory, 0, sizeof(*memory));
	if (words > INTEL_MEMORY_WORDS)
		return false;
	memory->data.magic = DXGHOST_ALLOCATION_MAGIC;
	memory->data.version = DXGHOST_ALLOCATION_VERSION;
	memory->data.size = size_of(begin, end);
	memory->data.flags = flags_of(begin, end);
	memory->words = (uint32_t)words;
	memcpy(memory->tokens, begin, words * sizeof(*begin));
	return true;
}

bool intel_memory_to_tokens(const struct intel_memory *memory, void *tokens, size_t size)
{
	if (memory->data.magic != DXGHOST_ALLOCATION_MAGIC ||
	    memory->words > INTEL_MEMORY_WORDS ||
	    memory->words > size / sizeof(uint32_t))
		return false;
	memcpy(tokens, memory->tokens, memory->words * sizeof(uint32_t));
	return true;
}

bool intel_commands_from_tokens(struct dxghost_submission_data *data,
				const uint32_t *begin, const uint32_t *end)
{
	static const uint16_t address[] = { INTEL_COMMANDS_FENCE_ADDRESS, 0 };
	static const uint16_t value[] = { INTEL_COMMANDS_FENCE_VALUE, 0 };

	data->magic = DXGHOST_SUBMISSION_MAGIC;
	data->version = DXGHOST_SUBMISSION_VERSION;
	data->address = intel_find_value(begin, end, address);
	data->value = intel_find_value(begin, end, value);
	return true;
}
