/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* Requests on a channel whose completions have not come. */
#ifndef DXGK_REQUEST_TABLE_H
#define DXGK_REQUEST_TABLE_H

#include <linux/completion.h>
#include <linux/hashtable.h>
#include <linux/list.h>
#include <linux/spinlock.h>
#include <linux/types.h>
#include <linux/workqueue.h>

#include "transport.h"

struct dxgk_abandoned;
struct dxgk_adapter;
struct dxgk_global;

/**
 * struct dxgk_pending - a request whose completion has not come
 * @node: in dxgk_request_table.pending; unhashed by whoever completes it
 * @id: names it in the packet and in its completion
 * @reply: filled under the table's lock, so that nobody frees it meanwhile
 * @result: bytes of the completion's payload, or -ENODEV
 * @orphan: the sender was killed, or has only asked: nobody waits for @done
 *
 * On the sender's stack, unless nobody waits.
 */
struct dxgk_pending {
	struct hlist_node node;
	u64 id;
	void *reply;
	u32 reply_size;
	int result;
	struct dxgk_abandoned *orphan;
	struct completion done;
};

/**
 * struct dxgk_request_table - those of one channel
 * @lock: guards @pending, @next_id, @dead and @orphans; irq-safe
 * @dead: the host answers no more
 * @orphans: completed ones, for @work
 * @global: whose requests they are: see dxgk_channel_bind()
 * @adapter: with a reference, or NULL
 */
struct dxgk_request_table {
	spinlock_t lock;
	DECLARE_HASHTABLE(pending, 6);
	u64 next_id;
	bool dead;
	struct list_head orphans;
	struct work_struct work;
	struct dxgk_global *global;
	struct dxgk_adapter *adapter;
};

void dxgk_request_table_init(struct dxgk_request_table *table);
/* Before the first request; once. */
void dxgk_request_table_bind(struct dxgk_request_table *table,
			     struct dxgk_global *global,
			     struct dxgk_adapter *adapter);
/* Nothing is completed any more. What killed senders left has been taken back then. */
void dxgk_request_table_exit(struct dxgk_request_table *table);
/* Complete all that there are with -ENODEV; no more are added. */
void dxgk_request_table_fail(struct dxgk_request_table *table);

static inline bool dxgk_request_table_is_dead(const struct dxgk_request_table *table)
{
	return READ_ONCE(table->dead);
}

/* Give it a number, to be sent with: 0, or -ENODEV. */
int dxgk_request_table_add(struct dxgk_request_table *table,
			   struct dxgk_pending *pending);
/**
 * dxgk_request_table_ask() - the same for a request that nobody will wait for
 * @reply_size: room that is made for its reply
 * @answered: called from the table's work item with what becomes of it
 * @ret_id: the number to be sent with
 *
 * 0, -ENODEV or -ENOMEM.
 */
int dxgk_request_table_ask(struct dxgk_request_table *table, u32 reply_size,
			   dxgk_answered *answered, void *context, u64 *ret_id);
/*
 * It was never sent, and is forgotten. False: the channel has ended meanwhile, so it is
 * answered.
 */
bool dxgk_request_table_unask(struct dxgk_request_table *table, u64 id);
/* It was never sent. */
void dxgk_request_table_remove(struct dxgk_request_table *table,
			       struct dxgk_pending *pending);
/* The completion of @id has come; one of an unknown number is dropped. */
void dxgk_request_table_complete(struct dxgk_request_table *table, u64 id,
				 const void *payload, u32 size);

/**
 * dxgk_request_table_abandon() - the sender is being killed
 * @pending: its request, sent with @message
 *
 * What the host will have done for it is taken back when the completion comes, as
 * dxgk_message_orphaned() says. False: it has come already, or there is no memory;
 * then it is to be waited for.
 */
bool dxgk_request_table_abandon(struct dxgk_request_table *table,
				struct dxgk_pending *pending,
				const void *message, u32 size);

#endif /* DXGK_REQUEST_TABLE_H */
