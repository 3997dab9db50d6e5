/* SPDX-License-Identifier: MIT */
/* How dxghostd can be made to lie to its guest. */
#ifndef DXGHOSTD_LIES_H
#define DXGHOSTD_LIES_H

#include <stdint.h>

/* What becomes of a reply. The guest's request has been carried out before. */
enum dxghostd_lie_kind {
	DXGHOSTD_HONEST,
	DXGHOSTD_SHORT,		/* cut to @value bytes */
	DXGHOSTD_LONG,		/* @value random bytes more, as far as they fit */
	DXGHOSTD_SET,		/* @width bytes at @offset are @value */
	DXGHOSTD_ADD,		/* to those of @width at @offset @value is added */
	DXGHOSTD_NOISE,		/* all of it is random */
	DXGHOSTD_NEVER,		/* it is not sent */
	DXGHOSTD_STRANGE,	/* it is sent to requests that nobody has made */
	DXGHOSTD_STRANGE_FIRST,	/* the same, and then as it should be */
	DXGHOSTD_TWICE,		/* it is sent again, with other contents */
	DXGHOSTD_LATE,		/* after @value milliseconds */
	DXGHOSTD_CHATTER,	/* before it @value random messages to the guest */
	DXGHOSTD_ANY,		/* one in @value replies: one of these, or several */
	DXGHOSTD_LIE_KINDS
};

#define DXGHOSTD_ANY_COMMAND UINT32_MAX

/*
 * @command: whose replies; DXGHOSTD_ANY_COMMAND: those of all. Numbers of the
 *	two channels do not collide
 * @count: how many of them, 0: without end
 * @seed: random numbers depend on it, the channel and the request's number alone,
 *	so that the same guest hears the same lies
 */
struct dxghostd_lie {
	uint32_t kind;
	uint32_t command;
	uint32_t count;
	uint32_t offset;
	uint32_t width;
	uint32_t reserved;
	uint64_t value;
	uint64_t seed;
};

#endif
