/* SPDX-License-Identifier: MIT */
/* Command buffers: real packets, whose effect the model knows. */
#include <string.h>

#include <dxg/status.h>
#include <dxghost/gpu.h>

#include "world.h"

#define TARGETS 3

/* Memory that the buffer may use, by this mapping. */
struct target {
	unsigned int allocation;	/* its id */
	struct walk_memory *memory;
	struct walk_map *map;
	uint64_t size;
};

struct buffer {
	struct walk_device *device;
	struct walk_queue *queue;	/* whose effect it is */
	bool effective;
	uint8_t bytes[WALK_SLOT_BYTES];
	uint32_t used;
	unsigned int count;
	struct target targets[TARGETS];
};

static void add(struct buffer *buffer, uint32_t opcode, void *packet,
		uint32_t size)
{
	struct dxghost_packet header = { opcode, size };

	memcpy(packet, &header, sizeof(header));
	memcpy(buffer->bytes + buffer->used, packet, size);
	buffer->used += size;
}

/* @align: of both offset and size. False if nothing is left. */
static bool region(struct walk *w, const struct target *target, uint64_t align,
		   uint64_t *ret_offset, uint64_t *ret_size)
{
	uint64_t units = target->size / align, at;

	if (!units)
		return false;
	at = walk_below(w, (unsigned int)units);
	*ret_offset = at * align;
	*ret_size = (1 + walk_below(w, (unsigned int)(units - at))) * align;
	return true;
}

static void add_fill(struct walk *w, struct buffer *buffer,
		     const struct target *target)
{
	struct dxghost_packet_fill packet = { .value = (uint32_t)walk_random(w) };
	uint64_t offset, size, i;
	uint8_t *bytes;

	if (!region(w, target, 4, &offset, &size))
		return;
	packet.dst = target->map->address + offset;
	packet.size = size;
	add(buffer, DXGHOST_OP_FILL, &packet, sizeof(packet));
	walk_note(w, " fill %u, %llu bytes at %llu, %08x", target->allocation,
		  (unsigned long long)size,
		  (unsigned long long)(target->map->offset + offset),
		  packet.value);
	bytes = target->memory->bytes + target->map->offset + offset;
	for (i = 0; buffer->effective && i < size; i += 4)
		memcpy(bytes + i, &packet.value, 4);
}

static void add_copy(struct walk *w, struct buffer *buffer,
		     const struct target *to, const struct target *from)
{
	struct dxghost_packet_copy packet = { .size = 0 };
	uint64_t at, from_at, size, from_size;

	if (!region(w, to, 1, &at, &size) ||
	    !region(w, from, 1, &from_at, &from_size))
		return;
	if (size > from_size)
		size = from_size;
	packet.dst = to->map->address + at;
	packet.src = from->map->address + from_at;
	packet.size = size;
	at += to->map->offset;
	from_at += from->map->offset;
	/* Overlapping ranges are not defined. */
	if (to->memory == from->memory && at < from_at + size &&
	    from_at < at + size)
		return;
	add(buffer, DXGHOST_OP_COPY, &packet, sizeof(packet));
	walk_note(w, " copy %llu bytes to %u at %llu, from %u at %llu",
		  (unsigned long long)size, to->allocation,
		  (unsigned long long)at, from->allocation,
		  (unsigned long long)from_at);
	if (!buffer->effective)
		return;
	memcpy(to->memory->bytes + at, from->memory->bytes + from_at, size);
	if (from->memory->doubt > to->memory->doubt)
		to->memory->doubt = from->memory->doubt;
}

/* Reading reserved addresses of type zero gives zeros. */
static void add_zeros(struct walk *w, struct buffer *buffer,
		      const struct target *to)
{
	unsigned int index = walk_pick(w, w->world->ranges);
	const struct walk_range *range;
	struct dxghost_packet_copy packet = { .size = 0 };
	uint64_t offset, size;

	if (index == WALK_NONE || !region(w, to, 1, &offset, &size))
		return;
	range = &w->world->ranges[index];
	if (!range->zero || range->used)
		return;
	if (size > range->size)
		size = range->size;
	packet.dst = to->map->address + offset;
	packet.src = range->address;
	packet.size = size;
	add(buffer, DXGHOST_OP_COPY, &packet, sizeof(packet));
	walk_note(w, " zeros to %u, %llu bytes at %llu", to->allocation,
		  (unsigned long long)size,
		  (unsigned long long)(to->map->offset + offset));
	if (buffer->effective)
		memset(to->memory->bytes + to->map->offset + offset, 0, size);
}

static void add_word(struct walk *w, struct buffer *buffer,
		     const struct target *target)
{
	struct dxghost_packet_write packet = { .value = walk_random(w) };
	bool is_sum = walk_chance(w, 2), stamp = walk_chance(w, 4);
	uint64_t offset, size, value;
	uint8_t *bytes;

	if (!region(w, target, 8, &offset, &size))
		return;
	packet.dst = target->map->address + offset;
	if (stamp && !is_sum)
		add(buffer, DXGHOST_OP_TIMESTAMP, &packet,
		    sizeof(struct dxghost_packet_timestamp));
	add(buffer, is_sum ? DXGHOST_OP_ADD : DXGHOST_OP_WRITE, &packet,
	    sizeof(packet));
	walk_note(w, " %s %016llx to %u at %llu", is_sum ? "add" : "write",
		  (unsigned long long)packet.value, target->allocation,
		  (unsigned long long)(target->map->offset + offset));
	if (!buffer->effective)
		return;
	bytes = target->memory->bytes + target->map->offset + offset;
	memcpy(&value, bytes, sizeof(value));
	value = is_sum ? value + packet.value : packet.value;
	memcpy(bytes, &value, sizeof(value));
}

static void add_pause(struct walk *w, struct buffer *buffer)
{
	struct dxghost_packet_spin spin = { .ns = walk_below(w, 50000) };
	uint64_t nothing[4] = { 0 };

	if (walk_chance(w, 2))
		add(buffer, DXGHOST_OP_SPIN, &spin, sizeof(spin));
	else
		add(buffer, DXGHOST_OP_NOP, nothing,
		    8 * (1 + walk_below(w, 4)));
}

static void add_packet(struct walk *w, struct buffer *buffer)
{
	const struct target *to, *from;

	if (!buffer->count || walk_chance(w, 8)) {
		add_pause(w, buffer);
		return;
	}
	to = &buffer->targets[walk_below(w, buffer->count)];
	from = &buffer->targets[walk_below(w, buffer->count)];
	switch (to->map->write ? walk_below(w, 4) : 4) {
	case 0:
		add_fill(w, buffer, to);
		break;
	case 1:
		add_copy(w, buffer, to, from);
		break;
	case 2:
		add_word(w, buffer, to);
		break;
	case 3:
		add_zeros(w, buffer, to);
		break;
	default:
		add_pause(w, buffer);
		break;
	}
}

static void add_target(struct walk *w, struct buffer *buffer)
{
	unsigned int index = walk_pick_allocation(w);
	struct target *target = &buffer->targets[buffer->count];
	struct walk_allocation *allocation;

	if (index == WALK_NONE || buffer->count == TARGETS)
		return;
	allocation = &w->world->allocations[index];
	if (&w->world->devices[allocation->device] != buffer->device)
		return;
	target->map = walk_usable(w, allocation, buffer->queue,
				  !walk_chance(w, 6));
	if (!target->map)
		return;
	target->allocation = allocation->id;
	target->memory = allocation->memory;
	target->size = target->map->pages * WALK_PAGE;
	walk_memory_order(w, target->memory, buffer->queue);
	buffer->count++;
}

static void begin(struct walk *w, struct buffer *buffer, struct walk_queue *queue)
{
	unsigned int i;

	buffer->device = &w->world->devices[queue->device];
	buffer->queue = queue;
	buffer->effective = !queue->null;
	buffer->used = 0;
	buffer->count = 0;
	for (i = 0; i < TARGETS; i++)
		add_target(w, buffer);
	for (i = 1 + walk_below(w, 6); i; i--)
		add_packet(w, buffer);
	if (!buffer->used)
		add_pause(w, buffer);
}

/* Puts it where it is run from, when what was there before is done. */
static unsigned int place(struct walk *w, struct buffer *buffer)
{
	struct walk_device *device = buffer->device;
	unsigned int slot = device->next_slot++ % WALK_SLOTS;
	struct walk_queue *user = walk_queue_by_id(w, device->slot_queue[slot]);

	if (user)
		walk_finish(w, user, device->slot_seq[slot]);
	memcpy(device->commands_cpu + slot * WALK_SLOT_BYTES, buffer->bytes,
	       buffer->used);
	return slot;
}

static void remember(struct walk *w, struct buffer *buffer, unsigned int slot)
{
	unsigned int i;

	for (i = 0; i < buffer->count; i++)
		walk_detail(w, ", %u at %llx", buffer->targets[i].allocation,
			    (unsigned long long)buffer->targets[i].map->address);

	buffer->device->slot_queue[slot] = buffer->queue->id;
	buffer->device->slot_seq[slot] = buffer->queue->seq;
	for (i = 0; i < buffer->count; i++) {
		buffer->targets[i].memory->queue = buffer->queue->id;
		buffer->targets[i].memory->seq = buffer->queue->seq;
	}
}

static void submit_to_context(struct walk *w, const struct buffer *buffer,
			      const D3DKMT_HANDLE *contexts, unsigned int count,
			      unsigned int slot)
{
	uint8_t data[24] = { 0 };
	D3DKMT_SUBMITCOMMAND args = {
		.Commands = buffer->device->commands_gpu +
			    slot * WALK_SLOT_BYTES,
		.CommandLength = buffer->used,
		.BroadcastContextCount = count,
		.pPrivateDriverData = data,
		.PrivateDriverDataSize = walk_below(w, sizeof(data) + 1),
	};

	memcpy(args.BroadcastContext, contexts, count * sizeof(contexts[0]));
	walk_call(w, D3DKMTSubmitCommand(&args), WALK_OK,
		  "submit to queue %u, %u bytes, %u targets", buffer->queue->id,
		  buffer->used, buffer->count);
}

static void submit_to_hw_queue(struct walk *w, const struct buffer *buffer,
			       unsigned int slot)
{
	struct walk_queue *queue = buffer->queue;
	D3DKMT_SUBMITCOMMANDTOHWQUEUE args = {
		.hHwQueue = queue->handle,
		.HwQueueProgressFenceId = queue->seq,
		.CommandBuffer = buffer->device->commands_gpu +
				 slot * WALK_SLOT_BYTES,
		.CommandLength = buffer->used,
	};

	walk_call(w, D3DKMTSubmitCommandToHwQueue(&args), WALK_OK,
		  "submit to hw queue %u, %u bytes, %u targets, %llu",
		  queue->id, buffer->used, buffer->count,
		  (unsigned long long)queue->seq);
	queue->covered = queue->seq;
}

static bool takes_work(struct walk *w, const struct walk_queue *queue)
{
	return !queue->sync_only &&
	       w->world->devices[queue->device].commands_cpu;
}

/* Nothing comes of it: the device is lost. */
static void submit_in_vain(struct walk *w, const struct walk_queue *queue)
{
	D3DKMT_SUBMITCOMMAND args = {
		.Commands = w->world->devices[queue->device].commands_gpu,
		.CommandLength = 8,
		.BroadcastContextCount = 1,
		.BroadcastContext = { queue->handle },
	};

	if (!queue->hardware)
		walk_call(w, D3DKMTSubmitCommand(&args),
			  walk_submission(w, queue->device),
			  "submit to queue %u of a lost device", queue->id);
}

void walk_submit(struct walk *w)
{
	unsigned int slot, index = walk_pick(w, w->world->queues);
	struct walk_queue *queue;
	struct buffer buffer;

	if (index == WALK_NONE || !takes_work(w, &w->world->queues[index]))
		return;
	queue = &w->world->queues[index];
	if (w->world->devices[queue->device].lost) {
		submit_in_vain(w, queue);
		return;
	}
	begin(w, &buffer, queue);
	slot = place(w, &buffer);
	walk_queued(queue);
	if (queue->hardware)
		submit_to_hw_queue(w, &buffer, slot);
	else
		submit_to_context(w, &buffer, &queue->handle, 1, slot);
	remember(w, &buffer, slot);
}

static struct walk_queue *pick_context_queue(struct walk *w)
{
	unsigned int index = walk_pick_queue(w);
	struct walk_queue *queue;

	if (index == WALK_NONE)
		return NULL;
	queue = &w->world->queues[index];
	return queue->hardware || !takes_work(w, queue) ? NULL : queue;
}

static void signal_both(struct walk *w, const D3DKMT_HANDLE *contexts,
			struct walk_fence *fence, uint64_t target)
{
	D3DKMT_SIGNALSYNCHRONIZATIONOBJECTFROMGPU2 args = {
		.ObjectCount = 1,
		.ObjectHandleArray = &fence->handle,
		.BroadcastContextCount = 2,
		.BroadcastContextArray = contexts,
		.MonitoredFenceValueArray = &target,
	};

	walk_call(w, D3DKMTSignalSynchronizationObjectFromGpu2(&args),
		  WALK_OK, "both signal fence %u with %llu", fence->id,
		  (unsigned long long)target);
}

/*
 * One constant for two contexts to write: it matters little who is the last. On
 * one node, as memory that two of them write at a time is a program's mistake.
 */
static void fill_constant(struct walk *w, struct buffer *buffer,
			  const struct walk_queue *other)
{
	buffer->device = &w->world->devices[buffer->queue->device];
	buffer->effective = !buffer->queue->null || !other->null;
	buffer->used = 0;
	buffer->count = 0;
	add_target(w, buffer);
	if (!buffer->count) {
		add_pause(w, buffer);
		return;
	}
	/* Whoever works with it now is done before either of them begins. */
	walk_memory_idle(w, buffer->targets[0].memory);
	walk_finish(w, buffer->queue, buffer->queue->seq);
	if (buffer->targets[0].map->write &&
	    w->world->contexts[buffer->queue->context].node ==
	    w->world->contexts[other->context].node)
		add_fill(w, buffer, &buffer->targets[0]);
	else
		add_pause(w, buffer);
}

/* One buffer for two contexts, then a signal when both have done it. */
void walk_submit_broadcast(struct walk *w)
{
	struct walk_queue *a = pick_context_queue(w), *b = pick_context_queue(w);
	unsigned int slot, of = walk_pick(w, w->world->fences);
	struct buffer buffer = { .queue = a };
	struct walk_fence *fence;
	D3DKMT_HANDLE contexts[2];
	uint64_t target;

	if (!a || !b || a == b || a->device != b->device || of == WALK_NONE)
		return;
	fence = &w->world->fences[of];
	target = fence->value->hi;
	if (fence->no_signal || target > UINT64_MAX - 1 ||
	    walk_value_pending(w, fence->value))
		return;
	target++;
	fill_constant(w, &buffer, b);
	slot = place(w, &buffer);
	contexts[0] = a->handle;
	contexts[1] = b->handle;
	walk_queued(a);
	walk_queued(b);
	submit_to_context(w, &buffer, contexts, 2, slot);
	signal_both(w, contexts, fence, target);
	fence->value->hi = target;
	walk_finish(w, a, a->seq);
	walk_finish(w, b, b->seq);
	walk_value_set(fence->value, target);
	walk_fence_check(w, fence);
}

/* The GPU writes to a fence's memory, and waits for what is there. */
void walk_submit_fence_write(struct walk *w)
{
	unsigned int slot, of = walk_pick(w, w->world->fences);
	struct walk_queue *queue = pick_context_queue(w);
	struct buffer buffer = { .queue = queue };
	struct dxghost_packet_write write;
	struct dxghost_packet_wait wait;
	struct walk_fence *fence;

	if (!queue || of == WALK_NONE || queue->null)
		return;
	fence = &w->world->fences[of];
	if (!fence->gpu || fence->no_signal || fence->value->hi > UINT64_MAX - 1 ||
	    walk_value_pending(w, fence->value))
		return;
	buffer.device = &w->world->devices[queue->device];
	write.dst = fence->gpu;
	write.value = fence->value->hi + 1;
	wait.address = fence->gpu;
	wait.value = fence->value->hi;
	add(&buffer, DXGHOST_OP_WAIT, &wait, sizeof(wait));
	add(&buffer, DXGHOST_OP_WRITE, &write, sizeof(write));
	wait.value++;
	add(&buffer, DXGHOST_OP_WAIT, &wait, sizeof(wait));
	walk_value_settle(w, fence->value);
	slot = place(w, &buffer);
	walk_queued(queue);
	fence->value->hi++;
	walk_note(w, "fence %u gets %llu from a packet", fence->id,
		  (unsigned long long)fence->value->hi);
	submit_to_context(w, &buffer, &queue->handle, 1, slot);
	walk_finish(w, queue, queue->seq);
	walk_value_set(fence->value, fence->value->hi);
	walk_fence_check(w, fence);
	walk_events_look(w);
}
