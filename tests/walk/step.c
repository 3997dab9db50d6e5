/* SPDX-License-Identifier: MIT */
/* Which action is next; and the orderly end, each object by its own call. */
#include "world.h"

static const struct {
	unsigned int weight;
	void (*act)(struct walk *w);
} actions[] = {
	{ 1, walk_adapter },
	{ 3, walk_device_create },
	{ 1, walk_device_destroy },
	{ 3, walk_device_state },
	{ 1, walk_device_lose },
	{ 8, walk_context_create },
	{ 4, walk_context_destroy },
	{ 3, walk_context_priority },
	{ 6, walk_hw_queue_create },
	{ 3, walk_hw_queue_destroy },
	{ 14, walk_allocation_create },
	{ 9, walk_allocation_destroy },
	{ 2, walk_allocation_priority },
	{ 12, walk_allocation_lock },
	{ 6, walk_allocation_unlock },
	{ 8, walk_allocation_write },
	{ 10, walk_allocation_read },
	{ 2, walk_resource_destroy },
	{ 2, walk_paging_create },
	{ 2, walk_paging_destroy },
	{ 5, walk_residency_make },
	{ 5, walk_residency_evict },
	{ 4, walk_residency_query },
	{ 3, walk_offer },
	{ 6, walk_reclaim },
	{ 4, walk_gpuva_map },
	{ 4, walk_gpuva_free },
	{ 2, walk_gpuva_reserve },
	{ 2, walk_gpuva_unreserve },
	{ 8, walk_fence_create },
	{ 4, walk_fence_destroy },
	{ 10, walk_fence_signal },
	{ 3, walk_fence_rewind },
	{ 10, walk_fence_wait },
	{ 5, walk_fence_event },
	{ 5, walk_fence_look },
	{ 12, walk_queue_signal },
	{ 12, walk_queue_wait },
	{ 3, walk_queue_event },
	{ 2, walk_older_create },
	{ 2, walk_older_destroy },
	{ 4, walk_older_use },
	{ 3, walk_update_addresses },
	{ 1, walk_update_for_nothing },
	{ 2, walk_update_property },
	{ 40, walk_submit },
	{ 4, walk_submit_broadcast },
	{ 4, walk_submit_fence_write },
	{ 6, walk_share },
	{ 6, walk_open },
	{ 4, walk_descriptor_close },
	{ 6, walk_query },
	{ 12, walk_spoil },
	{ 2, walk_settle },
};

void walk_step(struct walk *w)
{
	unsigned int i, total = 0, at;

	for (i = 0; i < WALK_COUNT(actions); i++)
		total += actions[i].weight;
	at = walk_below(w, total);
	for (i = 0; at >= actions[i].weight; i++)
		at -= actions[i].weight;
	/* Without a device there is little to do. */
	if (walk_pick_active(w) == WALK_NONE && walk_chance(w, 2))
		walk_device_create(w);
	else
		actions[i].act(w);
	w->steps++;
}

static bool is_live(const void *array, size_t count, size_t size)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (*(const bool *)((const char *)array + i * size))
			return true;
	return false;
}

/* Random order among those of a kind; some actions leave some, so until none. */
#define DESTROY(array, act)                                             \
	while (is_live(world->array, WALK_COUNT(world->array),          \
		       sizeof(world->array[0])))                        \
		act(w)

void walk_destroy_all(struct walk *w)
{
	struct walk_world *world = w->world;
	unsigned int i;

	walk_settle(w);
	walk_events_look(w);
	for (i = 0; i < WALK_ALLOCATIONS; i++)
		if (world->allocations[i].live)
			walk_allocation_check(w, &world->allocations[i]);
	/* Or everything else goes with the devices. */
	if (walk_chance(w, 2)) {
		DESTROY(contexts, walk_context_destroy);
		DESTROY(fences, walk_fence_destroy);
		DESTROY(resources, walk_resource_destroy);
		DESTROY(allocations, walk_allocation_destroy);
		DESTROY(pagings, walk_paging_destroy);
	}
	DESTROY(devices, walk_device_destroy);
	DESTROY(descriptors, walk_descriptor_close);
	DESTROY(older, walk_older_destroy);
	DESTROY(ranges, walk_gpuva_unreserve);
}
