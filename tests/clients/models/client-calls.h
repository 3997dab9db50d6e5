/* SPDX-License-Identifier: MIT */
/*
 * Calls that several clients make in the same way: counted as those of client.h, and each
 * has to succeed.
 */
#ifndef CLIENT_CALLS_H
#define CLIENT_CALLS_H

#include "client.h"

struct client_fence {
	D3DKMT_HANDLE handle;
	const void *cpu;	/* for client_read_fence() */
	uint64_t gpu;
};

D3DKMT_HANDLE client_open_adapter(LUID luid);
void client_close_adapter(D3DKMT_HANDLE adapter);
void client_destroy_device(D3DKMT_HANDLE device);
void client_destroy_context(D3DKMT_HANDLE context);

/* Of normal priority; with the address of its fence. */
D3DKMT_CREATEPAGINGQUEUE client_create_paging_queue(D3DKMT_HANDLE device);
void client_destroy_paging_queue(D3DKMT_HANDLE queue);

/* Monitored fences that begin with 0. */
struct client_fence client_create_fence(D3DKMT_HANDLE device, UINT affinity);
void client_destroy_fence(D3DKMT_HANDLE fence);
void client_signal_gpu(D3DKMT_HANDLE context, D3DKMT_HANDLE fence, uint64_t value);
void client_wait_gpu(D3DKMT_HANDLE context, D3DKMT_HANDLE fence, uint64_t value);
/* hAsyncEvent is 0: it returns when the fence has the value. */
void client_wait_cpu(D3DKMT_HANDLE device, D3DKMT_HANDLE fence, uint64_t value);

/* An address of whole pages, below those of the kernel. */
void *client_lock(D3DKMT_HANDLE device, D3DKMT_HANDLE allocation);
void client_unlock(D3DKMT_HANDLE device, D3DKMT_HANDLE allocation);
void client_free_addresses(D3DKMT_HANDLE adapter, uint64_t address, uint64_t size);

/* One buffer, to one context, with private data that the software GPU ignores. */
void client_submit(D3DKMT_HANDLE context, uint64_t address, size_t size);

#endif
