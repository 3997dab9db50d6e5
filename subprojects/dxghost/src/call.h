/* SPDX-License-Identifier: MIT */
/* One message being answered, and the table of what answers it. */
#ifndef DXGHOST_CALL_H
#define DXGHOST_CALL_H

#include "host.h"
#include "wire.h"

/*
 * A handler runs with the host's lock held. It reads the request, which is as
 * long as the command's table row demands, and writes the reply, which is
 * zero-filled. What it returns goes into the reply's status member; if it is a
 * failure, the rest of the reply is cleared again.
 */
struct dxghost_call {
	struct dxghost *host;
	struct dxghost_adapter *adapter;	/* NULL: global command */
	struct dxghost_process *process;	/* NULL: named none */
	uint32_t number;			/* the command */
	const void *request;			/* from the command's header */
	uint32_t size;
	void *reply;
	uint32_t reply_size;
	bool one_way;				/* nobody will see the status */
};

typedef dxghost_status (*dxghost_handler)(struct dxghost_call *call);

/* How a reply without a status member shows failure. */
enum dxghost_failure {
	DXGHOST_FAIL_STATUS,	/* it has one */
	DXGHOST_FAIL_ZERO,	/* a zero handle */
	DXGHOST_FAIL_EMPTY,	/* a completion without payload */
	DXGHOST_FAIL_ECHO,	/* the request comes back as it was */
};

#define DXGHOST_CALL_PROCESS	(1u << 0)	/* a process must be named */
#define DXGHOST_CALL_OPEN	(1u << 1)	/* the adapter must be open */
#define DXGHOST_CALL_KEEP	(1u << 2)	/* a failure has a reply, too */
#define DXGHOST_CALL_NEW_STATUS	(1u << 3)	/* no status before version 40 */

#define DXGHOST_MALFORMED	UINT32_MAX

struct dxghost_command {
	const char *name;
	dxghost_handler handler;	/* NULL: layout unknown */
	uint32_t request_size;		/* smallest that is accepted */
	uint32_t reply_size;
	uint32_t status_at;		/* offset in the reply */
	enum dxghost_failure failure;
	uint32_t flags;
	/* Size of the whole reply, DXGHOST_MALFORMED if the request's counts
	 * exceed it; NULL: reply_size. */
	uint32_t (*reply_rule)(const struct dxghost_call *call);
};

/* command-table.c */
const struct dxghost_command *dxghost_command_find(bool global, uint32_t number);

/* Bytes of a tail that begins at @at: is [@at, @at + @count * @each) there? */
static inline bool dxghost_call_holds(const struct dxghost_call *call,
				      uint64_t at, uint64_t count,
				      uint64_t each)
{
	return at <= call->size && count <= (call->size - at) / each;
}

static inline const void *dxghost_call_tail(const struct dxghost_call *call,
					    uint64_t at)
{
	return (const uint8_t *)call->request + at;
}

/* Array elements in a tail need not be aligned. */
static inline uint32_t dxghost_tail_u32(const void *tail, uint32_t i)
{
	uint32_t value;

	__builtin_memcpy(&value, (const uint8_t *)tail + 4ull * i, 4);
	return value;
}

static inline uint64_t dxghost_tail_u64(const void *tail, uint32_t i)
{
	uint64_t value;

	__builtin_memcpy(&value, (const uint8_t *)tail + 8ull * i, 8);
	return value;
}

static inline void dxghost_reply_u32(struct dxghost_call *call, uint32_t at,
				     uint32_t value)
{
	__builtin_memcpy((uint8_t *)call->reply + at, &value, 4);
}

#endif
