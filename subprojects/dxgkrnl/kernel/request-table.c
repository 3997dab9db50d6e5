/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* Requests wait for their completions, also when their senders do not. */

#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "kernel/request-table.h"
#include "dxgkrnl.h"
#include "transport.h"

/*
 * A request that nobody waits for.
 * @answered: who has asked; NULL: the sender was killed, and what is needed to take
 *	back what the request will have made is there:
 * @message: behind the room for the reply
 */
struct dxgk_abandoned {
	struct dxgk_pending pending;
	struct list_head node;
	dxgk_answered *answered;
	void *context;
	const void *message;
	u32 size;
	u8 reply[];
};

/* Under the lock. Everything that ends a request passes here. */
static void dxgk_pending_complete(struct dxgk_request_table *table,
				  struct dxgk_pending *pending, int result)
{
	hash_del(&pending->node);
	pending->result = result;
	if (pending->orphan) {
		list_add_tail(&pending->orphan->node, &table->orphans);
		schedule_work(&table->work);
	} else {
		complete(&pending->done);
	}
}

static struct dxgk_pending *dxgk_pending_find(struct dxgk_request_table *table,
					      u64 id)
{
	struct dxgk_pending *pending;

	hash_for_each_possible(table->pending, pending, node, id)
		if (pending->id == id)
			return pending;
	return NULL;
}

void dxgk_request_table_complete(struct dxgk_request_table *table, u64 id,
				 const void *payload, u32 size)
{
	struct dxgk_pending *pending;
	unsigned long flags;

	spin_lock_irqsave(&table->lock, flags);
	pending = dxgk_pending_find(table, id);
	if (pending) {
		memcpy(pending->reply, payload,
		       min(size, pending->reply_size));
		dxgk_pending_complete(table, pending, size);
	}
	spin_unlock_irqrestore(&table->lock, flags);
}

static void dxgk_abandoned_end(struct dxgk_request_table *table,
			       struct dxgk_abandoned *orphan)
{
	int result = orphan->pending.result;
	int size = min_t(int, result, orphan->pending.reply_size);

	if (orphan->answered)
		orphan->answered(orphan->context, orphan->reply, size);
	else if (result > 0)
		dxgk_message_orphaned(table->global, table->adapter,
				      orphan->message, orphan->size,
				      orphan->reply, size);
	kvfree(orphan);
}

static void dxgk_request_table_adopt(struct work_struct *work)
{
	struct dxgk_request_table *table =
		container_of(work, struct dxgk_request_table, work);
	struct dxgk_abandoned *orphan, *next;
	LIST_HEAD(orphans);

	spin_lock_irq(&table->lock);
	list_splice_init(&table->orphans, &orphans);
	spin_unlock_irq(&table->lock);
	list_for_each_entry_safe(orphan, next, &orphans, node)
		dxgk_abandoned_end(table, orphan);
}

void dxgk_request_table_init(struct dxgk_request_table *table)
{
	spin_lock_init(&table->lock);
	hash_init(table->pending);
	INIT_LIST_HEAD(&table->orphans);
	INIT_WORK(&table->work, dxgk_request_table_adopt);
}

void dxgk_request_table_bind(struct dxgk_request_table *table,
			     struct dxgk_global *global,
			     struct dxgk_adapter *adapter)
{
	table->global = global;
	table->adapter = adapter;
	if (adapter)
		dxgk_adapter_get(adapter);
}

void dxgk_request_table_exit(struct dxgk_request_table *table)
{
	flush_work(&table->work);
	if (table->adapter)
		dxgk_adapter_put(table->adapter);
}

void dxgk_request_table_fail(struct dxgk_request_table *table)
{
	struct dxgk_pending *pending;
	struct hlist_node *next;
	unsigned long flags;
	int bucket;

	spin_lock_irqsave(&table->lock, flags);
	table->dead = true;
	hash_for_each_safe(table->pending, bucket, next, pending, node)
		dxgk_pending_complete(table, pending, -ENODEV);
	spin_unlock_irqrestore(&table->lock, flags);
}

/* Whoever completes it may free it from then on, but for the sender's own. */
static int dxgk_pending_add(struct dxgk_request_table *table,
			    struct dxgk_pending *pending, u64 *ret_id)
{
	unsigned long flags;
	int ret = -ENODEV;

	spin_lock_irqsave(&table->lock, flags);
	if (!table->dead) {
		pending->id = ++table->next_id;
		*ret_id = pending->id;
		hash_add(table->pending, &pending->node, pending->id);
		ret = 0;
	}
	spin_unlock_irqrestore(&table->lock, flags);
	return ret;
}

int dxgk_request_table_add(struct dxgk_request_table *table,
			   struct dxgk_pending *pending)
{
	u64 id;

	return dxgk_pending_add(table, pending, &id);
}

int dxgk_request_table_ask(struct dxgk_request_table *table, u32 reply_size,
			   dxgk_answered *answered, void *context, u64 *ret_id)
{
	struct dxgk_abandoned *asked;
	int ret;

	asked = kvzalloc(struct_size(asked, reply, reply_size), GFP_KERNEL);
	if (!asked)
		return -ENOMEM;
	asked->answered = answered;
	asked->context = context;
	asked->pending.reply = asked->reply;
	asked->pending.reply_size = reply_size;
	asked->pending.orphan = asked;
	ret = dxgk_pending_add(table, &asked->pending, ret_id);
	if (ret)
		kvfree(asked);
	return ret;
}

bool dxgk_request_table_unask(struct dxgk_request_table *table, u64 id)
{
	struct dxgk_pending *pending;

	spin_lock_irq(&table->lock);
	pending = dxgk_pending_find(table, id);
	if (pending)
		hash_del(&pending->node);
	spin_unlock_irq(&table->lock);
	if (pending)
		kvfree(pending->orphan);
	return pending;
}

void dxgk_request_table_remove(struct dxgk_request_table *table,
			       struct dxgk_pending *pending)
{
	unsigned long flags;

	spin_lock_irqsave(&table->lock, flags);
	hash_del(&pending->node);
	spin_unlock_irqrestore(&table->lock, flags);
}

/* The orphan takes its place, with memory of its own. */
bool dxgk_request_table_abandon(struct dxgk_request_table *table,
				struct dxgk_pending *pending,
				const void *message, u32 size)
{
	u32 room = ALIGN(pending->reply_size, 8);
	struct dxgk_abandoned *orphan;
	bool is_adopted = false;

	orphan = kvzalloc(struct_size(orphan, reply, room + size),
			  GFP_KERNEL_ACCOUNT);
	if (!orphan)
		return false;
	orphan->size = size;
	orphan->message = memcpy(orphan->reply + room, message, size);
	orphan->pending.id = pending->id;
	orphan->pending.reply = orphan->reply;
	orphan->pending.reply_size = pending->reply_size;
	orphan->pending.orphan = orphan;
	spin_lock_irq(&table->lock);
	if (!hlist_unhashed(&pending->node)) {
		hash_del(&pending->node);
		hash_add(table->pending, &orphan->pending.node,
			 orphan->pending.id);
		is_adopted = true;
	}
	spin_unlock_irq(&table->lock);
	if (!is_adopted)
		kvfree(orphan);
	return is_adopted;
}
