/* SPDX-License-Identifier: MIT */
/* The world of a walker as such: entries, identities, handles that are not. */
#include <stdlib.h>

#include "../lib/t-gpu.h"
#include "world.h"

_Atomic uint64_t walk_created;

void walk_world_begin(struct walk *w)
{
	w->world = calloc(1, sizeof(*w->world));
	if (!w->world)
		walk_fail(w, "no memory");
}

void walk_world_free(struct walk *w)
{
	free(w->world);
	w->world = NULL;
}

unsigned int walk_id(struct walk *w)
{
	return ++w->world->next_id;
}

unsigned int walk_pick_entry(struct walk *w, const void *array, size_t count,
			     size_t size, bool live)
{
	unsigned int i, at = walk_below(w, (unsigned int)count);

	for (i = 0; i < count; i++, at = (at + 1) % (unsigned int)count)
		if (*(const bool *)((const char *)array + at * size) == live)
			return at;
	return WALK_NONE;
}

unsigned int walk_pick_device(struct walk *w)
{
	return walk_pick(w, w->world->devices);
}

unsigned int walk_pick_active(struct walk *w)
{
	unsigned int i, at = walk_below(w, WALK_DEVICES);

	for (i = 0; i < WALK_DEVICES; i++, at = (at + 1) % WALK_DEVICES)
		if (w->world->devices[at].live && !w->world->devices[at].lost)
			return at;
	return WALK_NONE;
}

unsigned int walk_pick_queue(struct walk *w)
{
	unsigned int i, at = walk_below(w, WALK_QUEUES);
	const struct walk_queue *queue;

	for (i = 0; i < WALK_QUEUES; i++, at = (at + 1) % WALK_QUEUES) {
		queue = &w->world->queues[at];
		if (queue->live && !w->world->devices[queue->device].lost)
			return at;
	}
	return WALK_NONE;
}

unsigned int walk_pick_allocation(struct walk *w)
{
	unsigned int i, at = walk_below(w, WALK_ALLOCATIONS);

	for (i = 0; i < WALK_ALLOCATIONS; i++, at = (at + 1) % WALK_ALLOCATIONS)
		if (w->world->allocations[at].live &&
		    !w->world->allocations[at].offered)
			return at;
	return WALK_NONE;
}

void walk_made(struct walk *w, D3DKMT_HANDLE handle, const char *what)
{
	if (handle & 0x3f || !(handle >> 30))
		walk_fail(w, "%s 0x%08x is not a local handle", what, handle);
	atomic_fetch_add_explicit(&walk_created, 1, memory_order_relaxed);
}

void walk_went(struct walk *w, D3DKMT_HANDLE handle)
{
	struct walk_stale *stale =
		&w->world->stale[w->world->stale_next++ % WALK_STALE];

	if (!handle)
		return;
	stale->handle = handle;
	stale->created = atomic_load_explicit(&walk_created,
					      memory_order_relaxed);
}

static D3DKMT_HANDLE stale_handle(struct walk *w)
{
	const struct walk_stale *stale =
		&w->world->stale[walk_below(w, WALK_STALE)];
	uint64_t created = atomic_load_explicit(&walk_created,
						memory_order_relaxed);

	return stale->handle && created - stale->created < WALK_STALE_LIFE ?
	       stale->handle : T_UNKNOWN_HANDLE;
}

/* A live handle of some other kind, or an unknown one. */
static D3DKMT_HANDLE other_handle(struct walk *w, enum walk_kind wanted)
{
	struct walk_world *world = w->world;
	enum walk_kind kind = (enum walk_kind)walk_below(w, WALK_IS_ADAPTER + 1);
	D3DKMT_HANDLE handle = 0;
	unsigned int i;

	if (kind == wanted)
		return T_UNKNOWN_HANDLE;
#define TAKE(array)                                   \
	do {                                          \
		i = walk_pick(w, world->array);       \
		if (i != WALK_NONE)                   \
			handle = world->array[i].handle; \
	} while (0)
	switch (kind) {
	case WALK_IS_DEVICE:
		TAKE(devices);
		break;
	case WALK_IS_CONTEXT:
		TAKE(contexts);
		break;
	case WALK_IS_HW_QUEUE:
		TAKE(queues);
		/* The queue of a plain context is the context. */
		if (i != WALK_NONE && !world->queues[i].hardware)
			handle = 0;
		break;
	case WALK_IS_PAGING:
		TAKE(pagings);
		break;
	case WALK_IS_ALLOCATION:
		TAKE(allocations);
		break;
	case WALK_IS_RESOURCE:
		TAKE(resources);
		break;
	case WALK_IS_SYNC:
		TAKE(fences);
		break;
	case WALK_IS_ADAPTER:
		handle = world->adapter;
		break;
	}
#undef TAKE
	return handle ? handle : T_UNKNOWN_HANDLE;
}

D3DKMT_HANDLE walk_bad_handle(struct walk *w, enum walk_kind wanted)
{
	switch (walk_below(w, 4)) {
	case 0:
		return 0;
	case 1:
		return T_UNKNOWN_HANDLE;
	case 2:
		return stale_handle(w);
	default:
		return other_handle(w, wanted);
	}
}
