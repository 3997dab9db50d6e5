/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* How long a process has kept the engines of an adapter busy, as the host counts. */

#include <linux/errno.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/kref.h>
#include <linux/limits.h>
#include <linux/list.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/wait.h>

#include "dxgkrnl.h"
#include "engine-time.h"
#include "message.h"
#include "query-cache.h"
#include "query-info.h"
#include "statistics.h"

/* How long an answer will do; and how long one is waited for. */
#define DXGK_ENGINE_PERIOD	(HZ / 10)

/* In results of QUERYSTATISTICS, and in D3DKMT_NODEMETADATA. */
#define DXGK_NODE_COUNT_AT	4u
#define DXGK_RUNNING_TIME_AT	0u
#define DXGK_ENGINE_TYPE_AT	4u

#define DXGK_RUNNING_TIME_NS	100u

/* DXGK_ENGINE_TYPE; of the others, and of type 0, there may be anything. */
static const char * const dxgk_engine_types[] = {
	[1] = "3d",
	[2] = "video-decode",
	[3] = "video-encode",
	[4] = "video-processing",
	[5] = "scene-assembly",
	[6] = "copy",
	[7] = "overlay",
	[8] = "crypto",
};

struct dxgk_engine {
	u64 ns;
	u32 type;
	bool is_known;
};

/**
 * struct dxgk_engine_times - a process's time on one adapter
 * @ref: one while it is in a list, one while @asking
 * @node: in dxgk_process.engine_times
 * @process: with a reference
 * @adapter: with a reference
 * @wanted: who refreshes has found a device
 * @asking: a question is on its way, one at a time; until the last has been answered
 *	only that writes the rest
 * @asked_at: when the first of them was sent, in jiffies
 * @count: of the engines, 0 until it is known
 * @typed: of how many the type is known, for good
 * @timed: of how many the time, in this round
 * @engines: that there are
 *
 * The answer may never come, so it needs nothing but the channel that it comes from.
 */
struct dxgk_engine_times {
	struct kref ref;
	struct list_head node;
	struct dxgk_process *process;
	struct dxgk_adapter *adapter;
	bool wanted;
	bool asking;
	unsigned long asked_at;
	u32 count;
	u32 typed;
	u32 timed;
	struct dxgk_engine engines[DXGK_ENGINES_MAX];
};

static void dxgk_engine_times_release(struct kref *ref)
{
	struct dxgk_engine_times *times =
		container_of(ref, struct dxgk_engine_times, ref);

	dxgk_adapter_put(times->adapter);
	dxgk_process_put(times->process);
	kfree(times);
}

static void dxgk_engine_times_put(struct dxgk_engine_times *times)
{
	kref_put(&times->ref, dxgk_engine_times_release);
}

static struct dxgk_engine_times *
dxgk_engine_times_alloc(struct dxgk_process *process,
			struct dxgk_adapter *adapter)
{
	struct dxgk_engine_times *times;

	times = kzalloc(sizeof(*times), GFP_KERNEL);
	if (!times)
		return NULL;
	kref_init(&times->ref);
	dxgk_process_get(process);
	times->process = process;
	dxgk_adapter_get(adapter);
	times->adapter = adapter;
	times->asked_at = jiffies - DXGK_ENGINE_PERIOD;
	return times;
}

/* With one of the locks of the list held. */
static struct dxgk_engine_times *
dxgk_engine_times_find(struct dxgk_process *process,
		       const struct dxgk_adapter *adapter)
{
	struct dxgk_engine_times *times;

	list_for_each_entry(times, &process->engine_times, node) {
		if (times->adapter == adapter)
			return times;
	}
	return NULL;
}

static bool dxgk_engine_times_is_recent(const struct dxgk_engine_times *times)
{
	return jiffies - times->asked_at < DXGK_ENGINE_PERIOD;
}

/* The answers. A refusal, or a short one, is no answer. */

static bool dxgk_engine_is_result(const void *reply, int size)
{
	const struct dxgk_wire_querystatistics_reply *answer = reply;

	return size >= (int)sizeof(*answer) && answer->status >= 0;
}

static void dxgk_engine_take_count(struct dxgk_engine_times *times,
				   const void *reply, int size)
{
	const struct dxgk_wire_querystatistics_reply *answer = reply;
	u32 count = 0;

	if (dxgk_engine_is_result(reply, size))
		memcpy(&count, answer->result + DXGK_NODE_COUNT_AT,
		       sizeof(count));
	spin_lock(&times->process->engine_lock);
	times->count = min(count, DXGK_ENGINES_MAX);
	spin_unlock(&times->process->engine_lock);
}

static void dxgk_engine_take_time(struct dxgk_engine_times *times,
				  const void *reply, int size)
{
	const struct dxgk_wire_querystatistics_reply *answer = reply;
	struct dxgk_engine *engine = &times->engines[times->timed];
	u64 running = U64_MAX;

	if (dxgk_engine_is_result(reply, size))
		memcpy(&running, answer->result + DXGK_RUNNING_TIME_AT,
		       sizeof(running));
	spin_lock(&times->process->engine_lock);
	times->timed++;
	if (running <= U64_MAX / DXGK_RUNNING_TIME_NS) {
		running *= DXGK_RUNNING_TIME_NS;
		engine->ns = max(engine->ns, running);
		engine->is_known = true;
	}
	spin_unlock(&times->process->engine_lock);
}

static void dxgk_engine_set_type(struct dxgk_engine_times *times,
				 const u8 *metadata)
{
	u32 type = 0;

	if (metadata)
		memcpy(&type, metadata + DXGK_ENGINE_TYPE_AT, sizeof(type));
	spin_lock(&times->process->engine_lock);
	times->engines[times->typed].type = type;
	times->typed++;
	spin_unlock(&times->process->engine_lock);
}

static void dxgk_engine_key(u32 node, struct dxgk_query_key *ret_key)
{
	memset(ret_key, 0, sizeof(*ret_key));
	ret_key->type = DXG_QAI_NODEMETADATA;
	ret_key->size = DXGK_NODE_METADATA_SIZE;
	memcpy(ret_key->input, &node, sizeof(node));
}

static void dxgk_engine_take_type(struct dxgk_engine_times *times,
				  const void *reply, int size)
{
	u32 status_size = dxgk_query_status_size(times->adapter);
	const struct dxgk_wire_status_reply *answer = reply;
	const u8 *metadata = NULL;
	struct dxgk_query_key key;

	if (size >= (int)(status_size + DXGK_NODE_METADATA_SIZE) &&
	    (!status_size || !answer->status)) {
		metadata = (const u8 *)reply + status_size;
		dxgk_engine_key(times->typed, &key);
		dxgk_query_cache_keep(&times->adapter->queries, &key, metadata);
	}
	dxgk_engine_set_type(times, metadata);
}

/* The questions, in this order. */
enum dxgk_engine_question {
	DXGK_ASK_COUNT,
	DXGK_ASK_TYPE,
	DXGK_ASK_TIME,
	DXGK_ASK_NOTHING,
};

static enum dxgk_engine_question
dxgk_engine_question(const struct dxgk_engine_times *times)
{
	if (!times->count)
		return DXGK_ASK_COUNT;
	if (times->typed < times->count)
		return DXGK_ASK_TYPE;
	return times->timed < times->count ? DXGK_ASK_TIME :
					     DXGK_ASK_NOTHING;
}

static void dxgk_engine_times_answered(void *context, const void *reply,
				       int size);

static int dxgk_engine_ask_statistics(struct dxgk_engine_times *times, u32 type,
				      u32 node)
{
	struct dxgk_message message;
	int ret;

	ret = dxgk_statistics_message(&message, times->process, times->adapter,
				      type, node);
	if (!ret)
		ret = dxgk_message_ask(&message, dxgk_engine_times_answered,
				       times);
	dxgk_message_end(&message);
	return ret;
}

static int dxgk_engine_ask_type(struct dxgk_engine_times *times)
{
	struct dxgk_query_key key;
	struct dxgk_message message;
	void *payload;
	int ret;

	dxgk_engine_key(times->typed, &key);
	ret = dxgk_query_message(&message, times->process, times->adapter,
				 key.type, key.size, &payload);
	if (!ret) {
		dxgk_query_key_fill(&key, payload);
		ret = dxgk_message_ask(&message, dxgk_engine_times_answered,
				       times);
	}
	dxgk_message_end(&message);
	return ret;
}

/* What other processes have asked, or others of this one's calls. */
static void dxgk_engine_recall_types(struct dxgk_engine_times *times)
{
	u8 metadata[DXGK_NODE_METADATA_SIZE];
	struct dxgk_query_key key;

	while (dxgk_engine_question(times) == DXGK_ASK_TYPE) {
		dxgk_engine_key(times->typed, &key);
		if (!dxgk_query_cache_read(&times->adapter->queries, &key,
					   metadata))
			break;
		dxgk_engine_set_type(times, metadata);
	}
}

static bool dxgk_engine_times_is_listed(struct dxgk_engine_times *times)
{
	bool is_listed;

	spin_lock(&times->process->engine_lock);
	is_listed = !list_empty(&times->node);
	spin_unlock(&times->process->engine_lock);
	return is_listed;
}

/* False: no answer will come. */
static bool dxgk_engine_times_ask(struct dxgk_engine_times *times)
{
	/* Else the host may not know the process any more. */
	if (!dxgk_engine_times_is_listed(times))
		return false;
	dxgk_engine_recall_types(times);
	switch (dxgk_engine_question(times)) {
	case DXGK_ASK_COUNT:
		return !dxgk_engine_ask_statistics(times,
						   DXG_QUERYSTATISTICS_ADAPTER,
						   0);
	case DXGK_ASK_TYPE:
		return !dxgk_engine_ask_type(times);
	case DXGK_ASK_TIME:
		return !dxgk_engine_ask_statistics(times,
						   DXG_QUERYSTATISTICS_PROCESS_NODE,
						   times->timed);
	default:
		return false;
	}
}

static void dxgk_engine_times_done(struct dxgk_engine_times *times)
{
	struct dxgk_process *process = times->process;

	spin_lock(&process->engine_lock);
	times->asking = false;
	spin_unlock(&process->engine_lock);
	wake_up_all(&process->engine_wait);
	dxgk_engine_times_put(times);
}

static void dxgk_engine_times_answered(void *context, const void *reply,
				       int size)
{
	struct dxgk_engine_times *times = context;

	switch (dxgk_engine_question(times)) {
	case DXGK_ASK_COUNT:
		dxgk_engine_take_count(times, reply, size);
		break;
	case DXGK_ASK_TYPE:
		dxgk_engine_take_type(times, reply, size);
		break;
	default:
		dxgk_engine_take_time(times, reply, size);
		break;
	}
	if (!times->count || !dxgk_engine_times_ask(times))
		dxgk_engine_times_done(times);
}

/* One that is to be asked about, with a reference for that, or NULL. */
static struct dxgk_engine_times *
dxgk_engine_times_next(struct dxgk_process *process)
{
	struct dxgk_engine_times *times, *next = NULL;

	spin_lock(&process->engine_lock);
	list_for_each_entry(times, &process->engine_times, node) {
		if (!times->wanted)
			continue;
		times->wanted = false;
		if (times->asking || dxgk_engine_times_is_recent(times))
			continue;
		times->asking = true;
		times->asked_at = jiffies;
		times->timed = 0;
		kref_get(&times->ref);
		next = times;
		break;
	}
	spin_unlock(&process->engine_lock);
	return next;
}

/* With the devices' lock held, so that nobody else adds to the list. */
static void dxgk_engine_times_want(struct dxgk_process *process,
				   struct dxgk_adapter *adapter)
{
	struct dxgk_engine_times *times, *fresh = NULL;

	times = dxgk_engine_times_find(process, adapter);
	if (!times) {
		fresh = dxgk_engine_times_alloc(process, adapter);
		times = fresh;
	}
	if (!times)
		return;
	spin_lock(&process->engine_lock);
	if (fresh)
		list_add_tail(&fresh->node, &process->engine_times);
	times->wanted = true;
	spin_unlock(&process->engine_lock);
}

/* The adapter of one has gone: it has no devices any more that could be used. */
static void dxgk_engine_times_drop(struct dxgk_process *process)
{
	struct dxgk_engine_times *times, *next;

	list_for_each_entry_safe(times, next, &process->engine_times, node) {
		if (dxgk_adapter_is_active(times->adapter))
			continue;
		spin_lock(&process->engine_lock);
		list_del_init(&times->node);
		spin_unlock(&process->engine_lock);
		dxgk_engine_times_put(times);
	}
}

static bool dxgk_engine_times_are_due(struct dxgk_process *process)
{
	struct dxgk_engine_times *times;
	bool are_due = false;

	spin_lock(&process->engine_lock);
	list_for_each_entry(times, &process->engine_times, node)
		are_due |= times->asking && dxgk_engine_times_is_recent(times);
	spin_unlock(&process->engine_lock);
	return are_due;
}

void dxgk_engine_times_refresh(struct dxgk_process *process)
{
	struct dxgk_engine_times *times;
	struct dxgk_device *device;

	mutex_lock(&process->device_lock);
	dxgk_engine_times_drop(process);
	list_for_each_entry(device, &process->devices, node) {
		if (dxgk_adapter_is_active(device->adapter))
			dxgk_engine_times_want(process, device->adapter);
	}
	mutex_unlock(&process->device_lock);
	while ((times = dxgk_engine_times_next(process))) {
		if (!dxgk_engine_times_ask(times))
			dxgk_engine_times_done(times);
	}
	wait_event_killable_timeout(process->engine_wait,
				    !dxgk_engine_times_are_due(process),
				    DXGK_ENGINE_PERIOD);
}

static void dxgk_engine_name(const struct dxgk_engine_times *times, u32 index,
			     char name[DXGK_ENGINE_NAME_MAX])
{
	u32 type = times->engines[index].type;
	u32 same = 0, before = 0;
	u32 i;

	if (type >= ARRAY_SIZE(dxgk_engine_types) || !dxgk_engine_types[type]) {
		snprintf(name, DXGK_ENGINE_NAME_MAX, "node-%u", index);
		return;
	}
	for (i = 0; i < times->count; i++) {
		if (times->engines[i].type != type)
			continue;
		same++;
		before += i < index;
	}
	if (same > 1)
		snprintf(name, DXGK_ENGINE_NAME_MAX, "%s-%u",
			 dxgk_engine_types[type], before);
	else
		snprintf(name, DXGK_ENGINE_NAME_MAX, "%s",
			 dxgk_engine_types[type]);
}

bool dxgk_engine_time_read(struct dxgk_process *process,
			   const struct dxgk_adapter *adapter, u32 index,
			   struct dxgk_engine_time *ret_time)
{
	const struct dxgk_engine_times *times;
	bool is_known;

	spin_lock(&process->engine_lock);
	times = dxgk_engine_times_find(process, adapter);
	is_known = times && index < times->count &&
		   times->engines[index].is_known;
	/* All types are known then, on which names depend. */
	if (is_known) {
		dxgk_engine_name(times, index, ret_time->name);
		ret_time->ns = times->engines[index].ns;
	}
	spin_unlock(&process->engine_lock);
	return is_known;
}

void dxgk_engine_times_end(struct dxgk_process *process)
{
	struct dxgk_engine_times *times;

	mutex_lock(&process->device_lock);
	while (!list_empty(&process->engine_times)) {
		times = list_first_entry(&process->engine_times,
					 struct dxgk_engine_times, node);
		spin_lock(&process->engine_lock);
		list_del_init(&times->node);
		spin_unlock(&process->engine_lock);
		dxgk_engine_times_put(times);
	}
	mutex_unlock(&process->device_lock);
}
