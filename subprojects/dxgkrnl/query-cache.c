/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* Knows which questions about an adapter need be asked once, and keeps answers. */

#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/kref.h>
#include <linux/mm.h>
#include <linux/overflow.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "ioctl.h"
#include "query-cache.h"

/* All constant questions about an adapter with a dozen engines, and some more. */
#define DXGK_ANSWERS_MAX	64u

/* D3DDDI_QUERYREGISTRY_INFO, as it is on the wire. */
#define DXGK_REGISTRY_SIZE	552u
#define DXGK_REGISTRY_SIZE_MAX	4096u
#define DXGK_REGISTRY_STATUS_AT	540u
#define DXGK_REGISTRY_STORE_PATH	2u
#define DXGK_REGISTRY_IMAGE_PATH	3u
#define DXGK_REGISTRY_OVERFLOW	1u
#define DXGK_REGISTRY_FAIL	2u

struct dxgk_query_part {
	u16 at;
	u16 size;
};

/*
 * Questions whose answer cannot change while the adapter is there (the host takes
 * it away to update its driver): the one size that the payload has, and those of
 * its bytes that are input. Missing are whatever a display, a user of the machine
 * or the load can change, values that are read from the registry, and blobs of
 * which only the vendor's driver knows what they depend on.
 */
static const struct {
	u32 size;
	struct dxgk_query_part inputs[2];
} dxgk_constants[] = {
	[DXG_QAI_UMDRIVERNAME] = { 524, { { 0, 4 } } },
	[DXG_QAI_GETSEGMENTSIZE] = { 24 },
	[DXG_QAI_ADAPTERGUID] = { 16 },
	[DXG_QAI_ADAPTERADDRESS] = { 12 },
	[DXG_QAI_VIRTUALADDRESSINFO] = { 4 },
	/* Callers say which version they know. */
	[DXG_QAI_DRIVERVERSION] = { 4, { { 0, 4 } } },
	[DXG_QAI_ADAPTERTYPE] = { 4 },
	[DXG_QAI_WDDM_1_2_CAPS] = { 12 },
	[DXG_QAI_UMD_DRIVER_VERSION] = { 8 },
	[DXG_QAI_WDDM_1_3_CAPS] = { 4 },
	[DXG_QAI_WDDM_2_0_CAPS] = { 4 },
	[DXG_QAI_NODEMETADATA] = { DXGK_NODE_METADATA_SIZE, { { 0, 4 } } },
	[DXG_QAI_XBOX] = { 4 },
	[DXG_QAI_PHYSICALADAPTERCOUNT] = { 4 },
	[DXG_QAI_PHYSICALADAPTERDEVICEIDS] = { 28, { { 0, 4 } } },
	[DXG_QAI_DRIVERCAPS_EXT] = { 4 },
	[DXG_QAI_QUERY_GPUMMU_CAPS] = { 12, { { 0, 4 } } },
	[DXG_QAI_GETSEGMENTGROUPSIZE] = { 56, { { 0, 4 } } },
	/* Only for the paths of the driver, which are no values; any size. */
	[DXG_QAI_QUERYREGISTRY] = { DXGK_REGISTRY_SIZE,
				    { { 0, 8 }, { 528, 8 } } },
	[DXG_QAI_KMD_DRIVER_VERSION] = { 8 },
	[DXG_QAI_ADAPTERGUID_RENDER] = { 16 },
	[DXG_QAI_ADAPTERADDRESS_RENDER] = { 12 },
	[DXG_QAI_DRIVERVERSION_RENDER] = { 4, { { 0, 4 } } },
	[DXG_QAI_ADAPTERTYPE_RENDER] = { 4 },
	[DXG_QAI_WDDM_1_2_CAPS_RENDER] = { 12 },
	[DXG_QAI_WDDM_1_3_CAPS_RENDER] = { 4 },
	[DXG_QAI_QUERY_ADAPTER_UNIQUE_GUID] = { 80 },
	[DXG_QAI_GPUVERSION] = { 132, { { 0, 4 } } },
	[DXG_QAI_DRIVER_DESCRIPTION] = { 8192 },
	[DXG_QAI_DRIVER_DESCRIPTION_RENDER] = { 8192 },
	[DXG_QAI_WDDM_2_7_CAPS] = { 4 },
	[DXG_QAI_TRACKEDWORKLOAD_SUPPORT] = { 12, { { 0, 8 } } },
	[DXG_QAI_HYBRID_DLIST_DLL_SUPPORT] = { 4 },
	[DXG_QAI_WDDM_2_9_CAPS] = { 4 },
	[DXG_QAI_CROSSADAPTERRESOURCE_SUPPORT] = { 4 },
	[DXG_QAI_WDDM_3_0_CAPS] = { 4 },
};

/* An answer of the host; who copies it out holds it. */
struct dxgk_answer {
	struct list_head node;
	struct kref ref;
	struct dxgk_query_key key;
	u8 data[];
};

static void dxgk_answer_release(struct kref *ref)
{
	kvfree(container_of(ref, struct dxgk_answer, ref));
}

static void dxgk_answer_put(struct dxgk_answer *answer)
{
	if (answer)
		kref_put(&answer->ref, dxgk_answer_release);
}

void dxgk_query_cache_init(struct dxgk_query_cache *cache)
{
	spin_lock_init(&cache->lock);
	INIT_LIST_HEAD(&cache->answers);
}

void dxgk_query_cache_close(struct dxgk_query_cache *cache)
{
	struct dxgk_answer *answer, *next;
	LIST_HEAD(answers);

	spin_lock(&cache->lock);
	cache->closed = true;
	cache->count = 0;
	list_splice_init(&cache->answers, &answers);
	spin_unlock(&cache->lock);
	list_for_each_entry_safe(answer, next, &answers, node)
		dxgk_answer_put(answer);
}

static bool dxgk_query_size_ok(u32 type, u32 size)
{
	if (type == DXG_QAI_QUERYREGISTRY)
		return size >= DXGK_REGISTRY_SIZE &&
		       size <= DXGK_REGISTRY_SIZE_MAX;
	/* 0, as for all that are not in the table, is no caller's size. */
	return type < ARRAY_SIZE(dxgk_constants) &&
	       size == dxgk_constants[type].size;
}

/* The payload as a whole, if the question is no constant, is read anew. */
int dxgk_query_key_read(const struct d3dkmt_queryadapterinfo *args,
			struct dxgk_query_key *ret_key)
{
	const struct dxgk_query_part *part;
	u8 *input = ret_key->input;
	u32 kind;
	u32 i;

	if (!dxgk_query_size_ok(args->type, args->private_data_size))
		return 0;
	memset(ret_key, 0, sizeof(*ret_key));
	ret_key->type = args->type;
	ret_key->size = args->private_data_size;
	for (i = 0; i < ARRAY_SIZE(dxgk_constants[0].inputs); i++) {
		part = &dxgk_constants[args->type].inputs[i];
		if (dxgk_copy_in(input, args->private_data + part->at,
				 part->size))
			return -EFAULT;
		input += part->size;
	}
	if (args->type != DXG_QAI_QUERYREGISTRY)
		return 1;
	memcpy(&kind, ret_key->input, sizeof(kind));
	return kind == DXGK_REGISTRY_STORE_PATH ||
	       kind == DXGK_REGISTRY_IMAGE_PATH;
}

void dxgk_query_key_fill(const struct dxgk_query_key *key, void *payload)
{
	const u32 fail = DXGK_REGISTRY_FAIL;
	const struct dxgk_query_part *part;
	const u8 *input = key->input;
	u32 i;

	for (i = 0; i < ARRAY_SIZE(dxgk_constants[0].inputs); i++) {
		part = &dxgk_constants[key->type].inputs[i];
		memcpy((u8 *)payload + part->at, input, part->size);
		input += part->size;
	}
	/* What callers preset for a host that leaves it alone. */
	if (key->type == DXG_QAI_QUERYREGISTRY)
		memcpy((u8 *)payload + DXGK_REGISTRY_STATUS_AT, &fail,
		       sizeof(fail));
}

/* With the lock held. */
static struct dxgk_answer *dxgk_query_cache_find(struct dxgk_query_cache *cache,
						 const struct dxgk_query_key *key)
{
	struct dxgk_answer *answer;

	list_for_each_entry(answer, &cache->answers, node) {
		if (!memcmp(&answer->key, key, sizeof(*key)))
			return answer;
	}
	return NULL;
}

/* The answer with a reference, or NULL. */
static struct dxgk_answer *dxgk_query_cache_get(struct dxgk_query_cache *cache,
						const struct dxgk_query_key *key)
{
	struct dxgk_answer *answer;

	spin_lock(&cache->lock);
	answer = dxgk_query_cache_find(cache, key);
	if (answer) {
		list_move(&answer->node, &cache->answers);
		kref_get(&answer->ref);
	}
	spin_unlock(&cache->lock);
	return answer;
}

int dxgk_query_cache_answer(struct dxgk_query_cache *cache,
			    const struct dxgk_query_key *key, u64 user)
{
	struct dxgk_answer *answer = dxgk_query_cache_get(cache, key);
	int ret;

	if (!answer)
		return -ENOENT;
	ret = dxgk_copy_out(user, answer->data, key->size);
	dxgk_answer_put(answer);
	return ret;
}

bool dxgk_query_cache_read(struct dxgk_query_cache *cache,
			   const struct dxgk_query_key *key, void *ret_data)
{
	struct dxgk_answer *answer = dxgk_query_cache_get(cache, key);

	if (answer)
		memcpy(ret_data, answer->data, key->size);
	dxgk_answer_put(answer);
	return answer;
}

/* A look-up that did not work may work the next time. */
static bool dxgk_query_is_final(const struct dxgk_query_key *key,
				const void *data)
{
	u32 status;

	if (key->type != DXG_QAI_QUERYREGISTRY)
		return true;
	memcpy(&status, (const u8 *)data + DXGK_REGISTRY_STATUS_AT,
	       sizeof(status));
	return status <= DXGK_REGISTRY_OVERFLOW;
}

void dxgk_query_cache_keep(struct dxgk_query_cache *cache,
			   const struct dxgk_query_key *key, const void *data)
{
	struct dxgk_answer *answer, *too_many = NULL;

	if (!dxgk_query_is_final(key, data))
		return;
	answer = kvmalloc(struct_size(answer, data, key->size), GFP_KERNEL);
	if (!answer)
		return;
	kref_init(&answer->ref);
	answer->key = *key;
	memcpy(answer->data, data, key->size);
	spin_lock(&cache->lock);
	/* Another thread may have asked the same meanwhile. */
	if (cache->closed || dxgk_query_cache_find(cache, key)) {
		too_many = answer;
	} else {
		list_add(&answer->node, &cache->answers);
		if (cache->count == DXGK_ANSWERS_MAX) {
			too_many = list_last_entry(&cache->answers,
						   struct dxgk_answer, node);
			list_del(&too_many->node);
		} else {
			cache->count++;
		}
	}
	spin_unlock(&cache->lock);
	dxgk_answer_put(too_many);
}
