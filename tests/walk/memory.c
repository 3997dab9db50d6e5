/* SPDX-License-Identifier: MIT */
/* The bytes that allocations show, and which work may still be changing them. */
#include <stdlib.h>
#include <string.h>

#include <sys/mman.h>

#include "world.h"

struct walk_memory *walk_memory_create(struct walk *w, uint64_t size)
{
	struct walk_memory *memory = calloc(1, sizeof(*memory));

	if (memory)
		memory->bytes = calloc(1, size);
	if (!memory || !memory->bytes)
		walk_fail(w, "no memory");
	memory->refs = 1;
	memory->id = walk_id(w);
	memory->size = size;
	return memory;
}

void walk_memory_put(struct walk_memory *memory)
{
	if (!memory || --memory->refs)
		return;
	free(memory->bytes);
	free(memory);
}

/*
 * Work of other queues may have been ordered behind the dropped one: so all that
 * is under way is in doubt.
 */
static void drop(struct walk *w, struct walk_memory *memory,
		 const struct walk_queue *queue, enum walk_doubt doubt)
{
	const struct walk_queue *user;

	if (!memory || !memory->queue)
		return;
	user = walk_queue_by_id(w, memory->queue);
	if (user && memory->seq > user->done && doubt > memory->doubt)
		memory->doubt = doubt;
	if (user != queue)
		return;
	memory->queue = 0;
	if (doubt != WALK_KNOWN)
		memory->loose = true;
}

typedef void visit(struct walk *w, struct walk_memory *memory,
		   const struct walk_queue *queue, enum walk_doubt doubt);

static void for_each_memory(struct walk *w, visit *visit,
			    const struct walk_queue *queue,
			    enum walk_doubt doubt)
{
	struct walk_world *world = w->world;
	unsigned int i, k;

	for (i = 0; i < WALK_ALLOCATIONS; i++)
		if (world->allocations[i].live)
			visit(w, world->allocations[i].memory, queue, doubt);
	for (i = 0; i < WALK_DESCRIPTORS; i++)
		for (k = 0; k < world->descriptors[i].parts; k++)
			visit(w, world->descriptors[i].memory[k], queue, doubt);
}

void walk_memory_drop(struct walk *w, const struct walk_queue *queue,
		      enum walk_doubt doubt)
{
	for_each_memory(w, drop, queue, doubt);
}

static void tame(struct walk *w, struct walk_memory *memory,
		 const struct walk_queue *queue, enum walk_doubt doubt)
{
	(void)w;
	(void)queue;
	if (memory->doubt == WALK_WILD)
		memory->doubt = doubt;
}

void walk_memory_tame(struct walk *w)
{
	for_each_memory(w, tame, NULL, WALK_DROPPED);
}

void walk_memory_idle(struct walk *w, struct walk_memory *memory)
{
	struct walk_queue *queue = walk_queue_by_id(w, memory->queue);

	if (queue)
		walk_finish(w, queue, memory->seq);
	memory->queue = 0;
	if (memory->loose)
		walk_finish_all(w);
	memory->loose = false;
}

void walk_memory_order(struct walk *w, struct walk_memory *memory,
		       struct walk_queue *queue)
{
	struct walk_queue *before = walk_queue_by_id(w, memory->queue);

	if (memory->loose)
		walk_memory_idle(w, memory);
	if (!before || before == queue || before->done >= memory->seq)
		return;
	if (before->covered < memory->seq)
		walk_cover(w, before);
	walk_queued(queue);
	walk_gpu_wait(w, queue, &before->fence, &before->covered, 1, WALK_OK);
}

static void compare(struct walk *w, const struct walk_allocation *allocation,
		    const uint8_t *cpu)
{
	const struct walk_memory *memory = allocation->memory;
	uint64_t i;

	if (!memcmp(cpu, memory->bytes, memory->size))
		return;
	for (i = 0; cpu[i] == memory->bytes[i]; i++)
		;
	walk_fail(w, "allocation %u, memory %u: byte %llu is %02x, not %02x",
		  allocation->id, memory->id, (unsigned long long)i, cpu[i],
		  memory->bytes[i]);
}

void walk_allocation_check(struct walk *w, struct walk_allocation *allocation)
{
	struct walk_memory *memory = allocation->memory;
	const uint8_t *cpu = allocation->system ? allocation->system :
						  allocation->cpu;

	if (!cpu || allocation->offered || memory->doubt == WALK_WILD)
		return;
	walk_memory_idle(w, memory);
	/* Finishing may have shown that the work was dropped. */
	if (memory->doubt == WALK_DROPPED) {
		memcpy(memory->bytes, cpu, memory->size);
		memory->doubt = WALK_KNOWN;
	}
	compare(w, allocation, cpu);
}

void walk_allocation_gone(struct walk *w, struct walk_allocation *allocation)
{
	walk_went(w, allocation->handle);
	walk_maps_gone(w, allocation);
	if (allocation->system)
		munmap(allocation->system, allocation->memory->size);
	walk_memory_put(allocation->memory);
	memset(allocation, 0, sizeof(*allocation));
}
