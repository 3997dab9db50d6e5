/* SPDX-License-Identifier: MIT */
/* The table of calls, made from calls.txt: how to fill their arguments. */
#ifndef FUZZ_CALLS_H
#define FUZZ_CALLS_H

#include <stddef.h>
#include <stdint.h>

/* Numbers of ioctls, 0 included. */
#define FUZZ_CALLS 0x4a

/* SHARED is for what can be shared: a resource or a synchronisation object. */
enum fuzz_object {
	FUZZ_ADAPTER, FUZZ_DEVICE, FUZZ_CONTEXT, FUZZ_HW_QUEUE,
	FUZZ_PAGING_QUEUE, FUZZ_ALLOCATION, FUZZ_RESOURCE, FUZZ_SYNC,
	FUZZ_SHARED, FUZZ_OBJECTS
};

enum fuzz_kind {
	FUZZ_VALUE,		/* a number */
	FUZZ_MAYBE,		/* the same; 0 leaves what is there (a union) */
	FUZZ_HANDLE,
	FUZZ_GONE,		/* a handle that success makes stale */
	FUZZ_MADE,		/* comes back: a new handle */
	FUZZ_LEARN,		/* comes back: an address or a fence value */
	FUZZ_HANDLES,		/* handles in the structure itself */
	FUZZ_EVENT,		/* an eventfd, or none */
	FUZZ_DESCRIPTOR,	/* a descriptor of a shared object */
	/* pointers */
	FUZZ_LIST,		/* to handles */
	FUZZ_WORDS,		/* to 32-bit numbers */
	FUZZ_VALUES,		/* to 64-bit numbers */
	FUZZ_BYTES,
	FUZZ_DATA,		/* to bytes that begin with a structure */
	FUZZ_STRUCT,
	FUZZ_STRUCTS,
	FUZZ_MEMORY,		/* to pages for an allocation */
	FUZZ_DESCRIPTOR_ROOM,	/* to where a new descriptor is put */
};

/**
 * struct fuzz_member - a member of a structure
 * @at: its offset
 * @of: what it points to
 * @count_at: offset of the number of entries (or bytes) of what it points to,
 *	if @count_size is not 0; else there are @fixed
 */
struct fuzz_member {
	const char *name;
	enum fuzz_kind kind;
	enum fuzz_object object;
	size_t at;
	size_t size;
	const struct fuzz_struct *of;
	size_t count_at;
	size_t count_size;
	unsigned int fixed;
};

/* Of a call, with @request, or of what one points to. */
struct fuzz_struct {
	const char *name;
	size_t size;
	unsigned long request;
	const struct fuzz_member *members;
	size_t count;
};

/* By number; NULL where there is none. */
extern const struct fuzz_struct *const fuzz_calls[FUZZ_CALLS];

#endif
