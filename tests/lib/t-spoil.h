/* SPDX-License-Identifier: MIT */
/* Copies of data in memory that faults when it is read, written or read on. */
#ifndef T_SPOIL_H
#define T_SPOIL_H

#include <stddef.h>

enum t_spoil {
	T_SPOIL_NO_ACCESS,	/* cannot be read */
	T_SPOIL_TOO_SHORT,	/* the last bytes cannot be read */
	T_SPOIL_READ_ONLY,	/* can be read, not written */
	T_SPOIL_NOT,		/* all there; nothing may be touched behind it */
	T_SPOIL_KINDS
};

extern const char *const t_spoil_names[T_SPOIL_KINDS];

struct t_spoiled {
	void *pages;
	size_t size;	/* of the pages */
	void *data;
};

/* A copy of @data, aligned to 4 bytes at least, and 8 if @size allows it. */
struct t_spoiled t_spoil(const void *data, size_t size, enum t_spoil kind);
void t_unspoil(struct t_spoiled *spoiled);

#endif
