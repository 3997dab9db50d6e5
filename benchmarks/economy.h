/* SPDX-License-Identifier: MIT */
/* Counting what calls cost in messages, beside what they would cost plainly. */
#ifndef ECONOMY_H
#define ECONOMY_H

#include <stdbool.h>
#include <stdint.h>

#include "../examples/common.h"
#include "economy-plain.h"

/* All that was sent, or would be. */
struct economy_cost {
	uint64_t calls;
	uint64_t waited;	/* messages that wait for their answer */
	uint64_t one_way;	/* messages that do not */
	uint64_t to_host;	/* bytes */
	uint64_t to_guest;
};

/*
 * A call with its price in the plain protocol, one of PLAIN_...: its status is
 * checked and the price is added to what has been begun.
 */
#define CALL(function, args, plain)					\
	economy_call(function(args), #function, (plain))

/* A line of the table: one call by itself, and what is special about it. */
#define ROW(note, function, args, plain)				\
	do {								\
		economy_begin();					\
		CALL(function, args, plain);				\
		economy_row(#function, note);				\
	} while (0)

/* A call that the driver refuses by itself, before any message. */
#define REFUSED(function, args)						\
	do {								\
		economy_begin();					\
		economy_refused(#function, function(args));		\
	} while (0)

/* economy-count.c */
void economy_begin(void);
/* What is done in between is not counted. */
void economy_pause(void);
void economy_resume(void);
void economy_call(NTSTATUS status, const char *call, struct economy_plain plain);
/* End of what has been begun: what it cost, and what it would have cost. */
void economy_end(struct economy_cost *ret_cost, struct economy_cost *ret_plain);
void economy_row(const char *function, const char *note);
void economy_refused(const char *function, NTSTATUS status);
/* Both tables' halves; false, and complaints, if a call has no row. */
bool economy_print_rows(void);
void economy_print_work(const char *name, const struct economy_cost *cost,
			const struct economy_cost *plain);

/* economy-adapter.c, -device.c, -memory.c, -sync.c, -share.c: rows */
void economy_rows_adapter(const struct gpu *gpu);
void economy_rows_device(const struct gpu *gpu);
void economy_rows_memory(const struct gpu *gpu);
void economy_rows_sync(const struct gpu *gpu);
void economy_rows_hwqueue(const struct gpu *gpu);
void economy_rows_share(const struct gpu *gpu);

/* economy-training.c, -frames.c, -churn.c: programs, one function each */
void economy_training(const struct gpu *gpu, unsigned int steps);
void economy_frames(const struct gpu *gpu, unsigned int frames);
void economy_churn(const struct gpu *gpu, unsigned int allocations);

/* economy-work.c: what these programs call in their loops, with its price */
void work_submit(D3DKMT_HANDLE context, const struct buffer *commands,
		 uint32_t offset, uint32_t size);
void work_signal(D3DKMT_HANDLE context, const struct fence *fence, uint64_t value);
void work_wait_on_gpu(D3DKMT_HANDLE context, const struct fence *fence,
		      uint64_t value);
/* Looks at the value until it is there, then calls as any program would. */
void work_wait(const struct gpu *gpu, const struct fence *fence, uint64_t value);
void *work_lock(const struct gpu *gpu, const struct buffer *buffer);
void work_unlock(const struct gpu *gpu, const struct buffer *buffer);

#endif
