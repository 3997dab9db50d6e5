/* SPDX-License-Identifier: MIT */
/*
 * Two processes of test-share-process: the maker makes a resource and a fence, sends
 * their descriptors, and does what it is told.
 */
#ifndef SHARE_MAKER_H
#define SHARE_MAKER_H

#include "lib/t.h"
#include "lib/t-share.h"

#define SHARED_SIZE	0x10000u
#define SHARED_WORDS	(SHARED_SIZE / sizeof(uint64_t))

/* What it writes: each word one more than that; twice the lower half in each. */
#define SHARED_BY_CPU	0x1122334455667788ull
#define SHARED_BY_GPU	0x5566778855667788ull

/* What one has made, and what the other has opened. */
struct both {
	int socket;
	struct t_shared_resource resource;
	struct t_fence fence;
	struct t_buffer memory;
};

/* What the maker is told; then it waits for the next one, or for its end. */
enum order {
	WRITE_BY_CPU,
	WRITE_BY_GPU,
	SIGNAL_BY_CPU,
	SIGNAL_BY_GPU,
	QUEUE_A_WAIT,		/* for 1, then the signal of 2 */
	FORGET_WHAT_YOU_MADE,
};

pid_t share_start_maker(int *ret_socket);
/* Returns when it has been done. */
void share_give_order(int socket, enum order order);
/* As it wants to end. */
void share_end_maker(pid_t maker, int socket);

/* Both objects, for sharing; the descriptors go to the socket. */
void share_make(struct t_gpu *gpu, struct both *both);
/* The other end of it: the memory is there to be used. */
void share_open(struct t_gpu *gpu, struct both *both);
void share_close(struct t_gpu *gpu, struct both *both);

void share_write_by_cpu(const struct both *both);
void share_write_by_gpu(struct t_gpu *gpu, const struct both *both);

#endif
