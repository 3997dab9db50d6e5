/* SPDX-License-Identifier: MIT */
/* The table of calls that test-bad-input.c sweeps, and what a row says. */
#ifndef BAD_INPUT_H
#define BAD_INPUT_H

#include "lib/t.h"

enum bad_kind {
	BAD_END,	/* the unused rest of bad_row.members */
	BAD_HANDLE,	/* a handle */
	BAD_LIST,	/* pointer to an array of handles, the first is spoiled */
	BAD_POINTER,	/* pointer to data */
	BAD_COUNT,
};

enum bad_object {
	BAD_ADAPTER, BAD_DEVICE, BAD_CONTEXT, BAD_PAGING_QUEUE, BAD_ALLOCATION,
	BAD_SYNC, BAD_OBJECTS
};

/* Flags of a member. */
#define BAD_0_IS_FINE	1	/* a count of 0, a NULL, a handle of 0 */
#define BAD_WRITTEN	2	/* the memory behind it is written, too */
#define BAD_OR_QUEUE	4	/* a paging queue instead of an adapter */

struct bad_member {
	enum bad_kind kind;
	const char *name;
	size_t offset;
	enum bad_object object;	/* HANDLE, LIST: what it has to be */
	size_t size;		/* LIST, POINTER: bytes behind it */
	unsigned int max;	/* COUNT */
	int flags;
};

struct bad_fixture {
	struct t_gpu *gpu;
	D3DKMT_HANDLE live[BAD_OBJECTS];
	D3DKMT_HANDLE stale[BAD_OBJECTS];	/* destroyed */

	/* what arguments point to; filled anew by each prepare() */
	D3DKMT_HANDLE handles[64];
	uint64_t values[64];
	unsigned char bytes[64];
	D3DKMT_ADAPTERINFO adapters[64];
	struct dxghost_allocation_data data;
	D3DDDI_ALLOCATIONINFO2 info;
	uint64_t reserved;			/* a range to free */
};

/*
 * prepare() makes arguments with which the call works; undo() gives back what a
 * call has made, and what prepare() made for it to destroy.
 */
struct bad_row {
	const char *name;
	NTSTATUS (*call)(void *args);
	size_t size;
	bool written;		/* the structure is written back */
	void (*prepare)(struct bad_fixture *fixture, void *args);
	void (*undo)(struct bad_fixture *fixture, const void *args, bool worked);
	struct bad_member members[8];
};

extern const struct bad_row bad_object_rows[], bad_memory_rows[], bad_sync_rows[];
extern const unsigned int bad_object_row_count, bad_memory_row_count,
	bad_sync_row_count;

void bad_undo_nothing(struct bad_fixture *fixture, const void *args, bool worked);

/*
 * What the tables are written with. BAD_CALL() makes the function that takes
 * any pointer; BAD_ROW() names it, the prepare_ and undo_ functions, and the
 * members.
 */
#define BAD_CALL(function, type)                                \
	static NTSTATUS call_##function(void *args)             \
	{                                                       \
		return D3DKMT##function((type *)args);          \
	}
#define BAD_ROW(function, type, is_written, word, ...)          \
	{ .name = "D3DKMT" #function, .call = call_##function,  \
	  .size = sizeof(type), .written = is_written,          \
	  .prepare = prepare_##word, .undo = undo_##word,       \
	  .members = { __VA_ARGS__ } }
#define BAD_HANDLE_AT(type, member, what, flags) \
	{ BAD_HANDLE, #member, offsetof(type, member), what, 0, 0, flags }
#define BAD_LIST_AT(type, member, what) \
	{ BAD_LIST, #member, offsetof(type, member), what, 4, 0, 0 }
#define BAD_POINTER_AT(type, member, size, flags) \
	{ BAD_POINTER, #member, offsetof(type, member), BAD_OBJECTS, size, 0, flags }
#define BAD_COUNT_AT(type, member, max, flags) \
	{ BAD_COUNT, #member, offsetof(type, member), BAD_OBJECTS, 0, max, flags }

/* A member of a structure of that type behind "args", a void pointer. */
#define SET(type, member, value) (((type *)args)->member = (value))
#define GET(type, member) (((const type *)args)->member)

#endif
