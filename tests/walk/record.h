/* SPDX-License-Identifier: MIT */
/* What the files about shared objects tell one another. */
#ifndef WALK_RECORD_H
#define WALK_RECORD_H

#include "walk.h"

enum walk_record_type {
	WALK_DEVICE, WALK_CONTEXT, WALK_PAGING, WALK_ALLOCATION, WALK_FENCE,
	WALK_RECORD_TYPES,
};

/* What a call on something that may be gone, or lost, can answer. */
#define WALK_USE	(WALK_OK | WALK_PARAMETER | WALK_REMOVED)

/**
 * struct walk_record - one object that was made for all threads
 * @device: its record, 0 for devices
 * @ready: the above is there to be read
 * @destroyed: a destroy call has succeeded
 * @next: values of a fence, handed out
 * @reached: the fence is there for certain
 */
struct walk_record {
	enum walk_record_type type;
	unsigned int device;
	D3DKMT_HANDLE handle;
	atomic_bool ready;
	atomic_bool destroyed;
	_Atomic uint64_t next;
	_Atomic uint64_t reached;
};

/* shared.c. A random one that was there a moment ago; 0: none, as below. */
unsigned int walk_record_pick(struct walk *w, enum walk_record_type type);
struct walk_record *walk_record(unsigned int index);
D3DKMT_HANDLE walk_record_handle(unsigned int index);
bool walk_record_tight(void);

/* shared-use.c */
void walk_record_use(struct walk *w);

#endif
