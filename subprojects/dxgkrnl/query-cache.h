/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* Answers about an adapter that stay true as long as it is there. */
#ifndef DXGK_QUERY_CACHE_H
#define DXGK_QUERY_CACHE_H

#include <linux/list.h>
#include <linux/spinlock.h>
#include <linux/types.h>

#include "uapi.h"

/* Bytes of the caller's that an answer depends on. */
#define DXGK_QUERY_INPUT_MAX	16

/* D3DKMT_NODEMETADATA, as it is on the wire. */
#define DXGK_NODE_METADATA_SIZE	78u

/* What an answer depends on: nothing else of the caller's gets into it. */
struct dxgk_query_key {
	u32 type;
	u32 size;
	u8 input[DXGK_QUERY_INPUT_MAX];
};

/**
 * struct dxgk_query_cache - the answers of one adapter
 * @lock: guards the rest; nothing sleeps under it
 * @answers: the one that was asked for last comes first
 * @closed: the adapter is going: nothing is kept any more
 */
struct dxgk_query_cache {
	spinlock_t lock;
	struct list_head answers;
	u32 count;
	bool closed;
};

void dxgk_query_cache_init(struct dxgk_query_cache *cache);
/* Lets all go, for good. */
void dxgk_query_cache_close(struct dxgk_query_cache *cache);

/**
 * dxgk_query_key_read() - whether an answer will stay true
 * @args: the caller's
 * @ret_key: if so, what it depends on, read from the caller's memory
 *
 * Returns 1 or 0, or -EFAULT.
 */
int dxgk_query_key_read(const struct d3dkmt_queryadapterinfo *args,
			struct dxgk_query_key *ret_key);
/* The question itself: @payload has @key->size zeroed bytes. */
void dxgk_query_key_fill(const struct dxgk_query_key *key, void *payload);

/* Answers from what is known: -ENOENT if nothing is, else 0 or -EFAULT. */
int dxgk_query_cache_answer(struct dxgk_query_cache *cache,
			    const struct dxgk_query_key *key, u64 user);
/* The driver's own question: @ret_data has @key->size bytes. False: not known. */
bool dxgk_query_cache_read(struct dxgk_query_cache *cache,
			   const struct dxgk_query_key *key, void *ret_data);
/* Keeps the host's answer, if there is memory for it. */
void dxgk_query_cache_keep(struct dxgk_query_cache *cache,
			   const struct dxgk_query_key *key, const void *data);

#endif /* DXGK_QUERY_CACHE_H */
