/* SPDX-License-Identifier: MIT */
/* What the examples share: the steps that are not what an example is about. */
#ifndef COMMON_H
#define COMMON_H

#include <stdint.h>

#include <dxg/d3dkmthk.h>
#include <dxghost/gpu.h>

/* Prints the call and its status and ends the program unless it is a success. */
#define CHECK(call) common_check((call), #call)

void common_check(NTSTATUS status, const char *call);
_Noreturn void common_die(const char *what);

/* A monitored fence: a 64-bit number that CPU and GPU wait for and set. */
struct fence {
	D3DKMT_HANDLE handle;
	const uint64_t *value;	/* read it with fence_value() */
};

/* Video memory that the GPU knows at @gpu_address and the CPU at @data. */
struct buffer {
	D3DKMT_HANDLE allocation;
	uint64_t size;
	uint64_t gpu_address;
	void *data;
};

/* An opened adapter with a device, and a paging queue for its memory. */
struct gpu {
	D3DKMT_HANDLE adapter;
	D3DKMT_HANDLE device;
	D3DKMT_HANDLE paging_queue;
	struct fence paging;
};

void gpu_open(struct gpu *gpu, unsigned int adapter_index);
void gpu_create_device(struct gpu *gpu);	/* once more, after a loss */
void gpu_destroy_device(struct gpu *gpu);
void gpu_close(struct gpu *gpu);
D3DKMT_HANDLE gpu_create_context(const struct gpu *gpu, unsigned int node);
void gpu_destroy_context(D3DKMT_HANDLE context);

struct buffer buffer_create(const struct gpu *gpu, uint64_t size);
void buffer_destroy(const struct gpu *gpu, struct buffer *buffer);

struct fence fence_create(const struct gpu *gpu);
void fence_destroy(struct fence *fence);
uint64_t fence_value(const struct fence *fence);
void fence_wait(const struct gpu *gpu, const struct fence *fence, uint64_t value);
void fence_signal(const struct gpu *gpu, const struct fence *fence, uint64_t value);
/* The same two as steps in a context's queue. */
void fence_wait_on_gpu(D3DKMT_HANDLE context, const struct fence *fence,
		       uint64_t value);
void fence_signal_on_gpu(D3DKMT_HANDLE context, const struct fence *fence,
			 uint64_t value);

/* Queues @size bytes of packets at @gpu_address. */
NTSTATUS gpu_submit(D3DKMT_HANDLE context, uint64_t gpu_address, uint32_t size);

#endif
