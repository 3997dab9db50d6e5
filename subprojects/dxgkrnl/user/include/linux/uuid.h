/* SPDX-License-Identifier: MIT */
/* Identifiers of 16 bytes, in the byte order of the machine's own words. */
#ifndef DXGK_USER_UUID_H
#define DXGK_USER_UUID_H

#include <string.h>

#include <linux/types.h>

#define UUID_SIZE	16

typedef struct {
	__u8 b[UUID_SIZE];
} guid_t;

#define GUID_INIT(a, b, c, d0, d1, d2, d3, d4, d5, d6, d7)		\
	((guid_t){ { (a) & 0xff, ((a) >> 8) & 0xff, ((a) >> 16) & 0xff,	\
		     ((a) >> 24) & 0xff, (b) & 0xff, ((b) >> 8) & 0xff,	\
		     (c) & 0xff, ((c) >> 8) & 0xff, (d0), (d1), (d2),	\
		     (d3), (d4), (d5), (d6), (d7) } })

static inline bool guid_equal(const guid_t *a, const guid_t *b)
{
	return !memcmp(a, b, sizeof(*a));
}

static inline void guid_copy(guid_t *to, const guid_t *from)
{
	memcpy(to, from, sizeof(*to));
}

static inline bool guid_is_null(const guid_t *guid)
{
	static const guid_t null;

	return guid_equal(guid, &null);
}

#endif
