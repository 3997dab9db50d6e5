/* SPDX-License-Identifier: MIT */
/* Objects shared by descriptor: one call each. */
#ifndef T_SHARE_H
#define T_SHARE_H

#include "t-gpu.h"

/* Another one of the fence that is meant for sharing, with an initial value. */
struct t_fence t_create_shared_fence(D3DKMT_HANDLE device, uint64_t initial_value);

/* Shares a fence or a resource; -1 unless it succeeds. */
NTSTATUS t_try_share(D3DKMT_HANDLE object, int *ret_fd);
int t_share(D3DKMT_HANDLE object);

NTSTATUS t_try_open_fence(D3DKMT_HANDLE device, int fd, UINT flags,
			  struct t_fence *ret_fence);
struct t_fence t_open_fence(D3DKMT_HANDLE device, int fd);

/* A resource of one allocation, for sharing by descriptor; its opener's view. */
struct t_shared_resource {
	D3DKMT_HANDLE handle;
	D3DKMT_HANDLE allocation;
};

NTSTATUS t_try_create_shared_resource(D3DKMT_HANDLE device, uint64_t size,
				      struct t_shared_resource *ret_resource);
NTSTATUS t_try_open_resource(D3DKMT_HANDLE device, int fd,
			     struct t_shared_resource *ret_resource);

/* NT handles in the host; skips the test on another device. */
unsigned int t_shared_handles(void);

#endif
