/* SPDX-License-Identifier: MIT */
/* What a user-mode driver of the software GPU knows, which plays the client's own. */
#ifndef CLIENT_GPU_H
#define CLIENT_GPU_H

#include "client.h"

#include <dxghost/gpu.h>

#include "t-packet.h"

#define CLIENT_PAGE_SIZE 4096u

/* Private data of an allocation; anything but its size is the GPU's default. */
#define CLIENT_ALLOCATION_DATA(bytes) \
	{ DXGHOST_ALLOCATION_MAGIC, DXGHOST_ALLOCATION_VERSION, (bytes), 0, 0 }

/* A fence that is read through its CPU address. */
uint64_t client_read_fence(const void *address);
/* Spins until it has come that far; fails the test at the time limit. */
void client_spin_until(const void *address, uint64_t value);

/* @size bytes hold nothing but this dword. */
bool client_is_filled(const void *memory, size_t size, uint32_t value);

#endif
