/* SPDX-License-Identifier: MIT */
/* Looks at memory that the software GPU writes. */
#include "client-gpu.h"

uint64_t client_read_fence(const void *address)
{
	return __atomic_load_n((const uint64_t *)address, __ATOMIC_ACQUIRE);
}

void client_spin_until(const void *address, uint64_t value)
{
	assert_eventually(client_read_fence(address) >= value);
}

bool client_is_filled(const void *memory, size_t size, uint32_t value)
{
	const uint32_t *dwords = memory;
	size_t i;

	for (i = 0; i < size / sizeof(*dwords); i++)
		if (dwords[i] != value)
			return false;
	return true;
}
