/* SPDX-License-Identifier: MIT */
/* Execution of the packets that dxghost/gpu.h describes. */
#include <string.h>

#include "device.h"
#include "dxghost/gpu.h"
#include "gpu-memory.h"
#include "signal.h"

/* Moved in one go without the lock; then others get a turn. */
#define CHUNK	(1ull << 20)
/* Packets executed before the lock is let go for a moment. */
#define TURN	64

struct run {
	struct dxghost_engine *engine;
	struct dxghost *host;
	struct dxghost_queue *queue;
	struct dxghost_work *work;
	struct dxghost_device *device;
	struct dxghost_space *space;
};

union packet {
	struct dxghost_packet header;
	struct dxghost_packet_fill fill;
	struct dxghost_packet_copy copy;
	struct dxghost_packet_write write;
	struct dxghost_packet_add add;
	struct dxghost_packet_timestamp timestamp;
	struct dxghost_packet_wait wait;
	struct dxghost_packet_spin spin;
};

/* Shall the engine leave this queue's work? */
static bool is_stopped(const struct dxghost_engine *engine,
		       const struct dxghost_queue *queue)
{
	return engine->stop || queue->dying ||
	       queue->device->state != DXGHOST_ACTIVE;
}

static enum dxghost_run page_fault(struct run *run, uint64_t address,
				   bool write)
{
	struct dxghost_fault *fault = &run->device->fault;

	if (is_stopped(run->engine, run->queue))
		return DXGHOST_RUN_STOPPED;
	fault->happened = true;
	fault->flags = write ? DXGHOST_FAULT_WRITE : 0;
	fault->code = DXGHOST_FAULT_PAGE;
	fault->address = address;
	run->space->nodes[run->engine->node].faulted++;
	run->engine->adapter->nodes[run->engine->node].faulted++;
	dxghost_device_lose(run->device, DXGHOST_DMA_PAGE_FAULT);
	return DXGHOST_RUN_STOPPED;
}

static enum dxghost_run trap(struct run *run, uint64_t address)
{
	struct dxghost_fault *fault = &run->device->fault;

	fault->happened = true;
	fault->flags = 0;
	fault->code = DXGHOST_FAULT_INSTRUCTION;
	fault->address = address;
	run->space->nodes[run->engine->node].faulted++;
	run->engine->adapter->nodes[run->engine->node].faulted++;
	dxghost_device_lose(run->device, DXGHOST_DMA_FAULT);
	return DXGHOST_RUN_STOPPED;
}

/* A fence's waiters learn of a write when the buffer has completed. */
static void touch(struct run *run, const struct dxghost_span *span)
{
	struct dxghost_engine *engine = run->engine;
	struct dxghost_fence *fence = span->memory ? span->memory->fence : NULL;
	uint32_t i;

	if (!fence)
		return;
	for (i = 0; i < engine->touched_count; i++)
		if (engine->touched[i] == fence)
			return;
	if (engine->touched_count == DXGHOST_MAX_TOUCHED) {
		dxghost_fence_notice(run->host, fence);
		return;
	}
	dxghost_fence_get(fence);
	engine->touched[engine->touched_count++] = fence;
}

static enum dxghost_run do_copy(struct run *run, uint64_t dst, uint64_t src,
				uint64_t size)
{
	struct dxghost_span to, from;
	bool failed_write = false;
	uint64_t step, done;

	while (size) {
		if (is_stopped(run->engine, run->queue))
			return DXGHOST_RUN_STOPPED;
		step = size < CHUNK ? size : CHUNK;
		if (!dxghost_gpu_span(run->space, src, step, false, &from))
			return page_fault(run, src, false);
		if (!dxghost_gpu_span(run->space, dst, from.size, true, &to))
			return page_fault(run, dst, true);
		step = to.size;
		touch(run, &to);
		dxghost_span_hold(&from);
		dxghost_span_hold(&to);
		dxghost_unlock(run->host);
		done = dxghost_span_copy(run->engine, &to, &from, step,
					 &failed_write);
		dxghost_lock(run->host);
		dxghost_span_release(run->host, &to);
		dxghost_span_release(run->host, &from);
		dst += done;
		src += done;
		size -= done;
		if (done < step)
			return page_fault(run, failed_write ? dst : src,
					  failed_write);
	}
	return DXGHOST_RUN_DONE;
}

static enum dxghost_run do_fill(struct run *run, uint64_t dst, uint64_t size,
				uint32_t value)
{
	struct dxghost_span to;
	uint64_t step, done;

	while (size) {
		if (is_stopped(run->engine, run->queue))
			return DXGHOST_RUN_STOPPED;
		step = size < CHUNK ? size : CHUNK;
		if (!dxghost_gpu_span(run->space, dst, step, true, &to))
			return page_fault(run, dst, true);
		step = to.size;
		touch(run, &to);
		dxghost_span_hold(&to);
		dxghost_unlock(run->host);
		done = dxghost_span_fill(run->engine, &to, value, step);
		dxghost_lock(run->host);
		dxghost_span_release(run->host, &to);
		dst += done;
		size -= done;
		if (done < step)
			return page_fault(run, dst, true);
	}
	return DXGHOST_RUN_DONE;
}

static enum dxghost_run do_store(struct run *run, uint64_t dst, uint64_t value,
				 bool add)
{
	struct dxghost_span span;
	int error;

	if (!dxghost_gpu_span(run->space, dst, sizeof(value), true, &span))
		return page_fault(run, dst, true);
	touch(run, &span);
	error = add ? dxghost_span_add_u64(run->host, &span, value) :
		      dxghost_span_store_u64(run->host, &span, value);
	return error ? page_fault(run, dst, true) : DXGHOST_RUN_DONE;
}

static enum dxghost_run do_wait(struct run *run, uint64_t address,
				uint64_t value)
{
	struct dxghost_span span;
	uint64_t now;

	if (!dxghost_gpu_span(run->space, address, sizeof(now), false, &span) ||
	    dxghost_span_load_u64(run->host, &span, &now))
		return page_fault(run, address, false);
	return now >= value ? DXGHOST_RUN_DONE : DXGHOST_RUN_YIELD;
}

/* Holds the engine for @ns, unless the buffer's time-out comes first. */
static enum dxghost_run do_spin(struct run *run, uint64_t ns)
{
	uint64_t limit = run->host->profile.tdr_ms * 1000000ull;
	uint64_t left = limit - run->work->u.buffer.spun_ns;
	uint64_t begin = dxghost_now(), end;
	bool hangs = !run->queue->no_timeout && ns > left;

	if (hangs)
		ns = left;
	end = ns > UINT64_MAX - begin ? UINT64_MAX : begin + ns;
	while (dxghost_now() < end) {
		if (is_stopped(run->engine, run->queue))
			return DXGHOST_RUN_STOPPED;
		dxghost_cond_wait_until(&run->engine->wake, &run->host->lock,
					end);
	}
	if (!hangs) {
		if (!run->queue->no_timeout)
			run->work->u.buffer.spun_ns += ns;
		return DXGHOST_RUN_DONE;
	}
	if (is_stopped(run->engine, run->queue))
		return DXGHOST_RUN_STOPPED;
	run->engine->adapter->tdr_count++;
	dxghost_device_lose(run->device, DXGHOST_HUNG);
	return DXGHOST_RUN_STOPPED;
}

/* The size that an opcode's packet has; 0: none that can be executed. */
static uint32_t packet_size(uint32_t opcode)
{
	switch (opcode) {
	case DXGHOST_OP_FILL:
		return sizeof(struct dxghost_packet_fill);
	case DXGHOST_OP_COPY:
		return sizeof(struct dxghost_packet_copy);
	case DXGHOST_OP_WRITE:
		return sizeof(struct dxghost_packet_write);
	case DXGHOST_OP_ADD:
		return sizeof(struct dxghost_packet_add);
	case DXGHOST_OP_TIMESTAMP:
		return sizeof(struct dxghost_packet_timestamp);
	case DXGHOST_OP_WAIT:
		return sizeof(struct dxghost_packet_wait);
	case DXGHOST_OP_SPIN:
		return sizeof(struct dxghost_packet_spin);
	case DXGHOST_OP_HANG:
		return sizeof(struct dxghost_packet);
	default:
		return 0;
	}
}

static bool aligned(uint64_t value, uint64_t to)
{
	return !(value & (to - 1));
}

static enum dxghost_run execute(struct run *run, const union packet *packet,
				uint64_t at)
{
	switch (packet->header.opcode) {
	case DXGHOST_OP_FILL:
		if (!aligned(packet->fill.dst, 4) ||
		    !aligned(packet->fill.size, 4))
			return trap(run, at);
		return do_fill(run, packet->fill.dst, packet->fill.size,
			       packet->fill.value);
	case DXGHOST_OP_COPY:
		return do_copy(run, packet->copy.dst, packet->copy.src,
			       packet->copy.size);
	case DXGHOST_OP_WRITE:
		if (!aligned(packet->write.dst, 8))
			return trap(run, at);
		return do_store(run, packet->write.dst, packet->write.value,
				false);
	case DXGHOST_OP_ADD:
		if (!aligned(packet->add.dst, 8))
			return trap(run, at);
		return do_store(run, packet->add.dst, packet->add.value, true);
	case DXGHOST_OP_TIMESTAMP:
		if (!aligned(packet->timestamp.dst, 8))
			return trap(run, at);
		return do_store(run, packet->timestamp.dst,
				dxghost_gpu_clock(run->host), false);
	case DXGHOST_OP_WAIT:
		if (!aligned(packet->wait.address, 8))
			return trap(run, at);
		return do_wait(run, packet->wait.address, packet->wait.value);
	case DXGHOST_OP_SPIN:
		return do_spin(run, packet->spin.ns);
	default:
		return do_spin(run, UINT64_MAX);	/* HANG */
	}
}

/* Reads command bytes; they may lie across mappings. */
static bool fetch(struct run *run, uint64_t at, void *buffer, uint32_t size,
		  uint64_t *ret_fault)
{
	struct dxghost_span span;

	while (size) {
		if (!dxghost_gpu_span(run->space, at, size, false, &span) ||
		    dxghost_span_load(run->host, &span, buffer, span.size)) {
			*ret_fault = at;
			return false;
		}
		at += span.size;
		buffer = (uint8_t *)buffer + span.size;
		size -= (uint32_t)span.size;
	}
	return true;
}

/* The last packet of the buffer has been read, if not carried out. */
static void note_fetched(struct run *run)
{
	if (run->work->u.buffer.fetched)
		return;
	run->work->u.buffer.fetched = true;
	dxghost_signals_early(run->queue);
}

static enum dxghost_run step(struct run *run, uint64_t at, uint32_t left,
			     uint32_t *ret_size)
{
	union packet packet = { .header = { .opcode = DXGHOST_OP_NOP } };
	uint32_t size;
	uint64_t bad;

	if (left < sizeof(packet.header))
		return trap(run, at);
	if (!fetch(run, at, &packet.header, sizeof(packet.header), &bad))
		return page_fault(run, bad, false);
	size = packet.header.size;
	if (size < sizeof(packet.header) || size % 8 || size > left)
		return trap(run, at);
	*ret_size = size;
	if (packet.header.opcode == DXGHOST_OP_NOP)
		return DXGHOST_RUN_DONE;
	if (size != packet_size(packet.header.opcode))
		return trap(run, at);
	if (!fetch(run, at, &packet, size, &bad))
		return page_fault(run, bad, false);
	/* The client may have changed the header between the two reads. */
	if (packet.header.size != size || packet_size(packet.header.opcode) !=
	    size)
		return trap(run, at);
	if (size == left)
		note_fetched(run);
	return execute(run, &packet, at);
}

enum dxghost_run dxghost_packet_run(struct dxghost_engine *engine,
				    struct dxghost_queue *queue,
				    struct dxghost_work *work)
{
	struct run run = {
		.engine = engine,
		.host = engine->adapter->host,
		.queue = queue,
		.work = work,
		.device = queue->device,
		.space = queue->device->object.space,
	};
	enum dxghost_run result;
	uint32_t size = 0, count = 0;

	if (work->u.buffer.null)
		work->u.buffer.position = work->u.buffer.length;
	while (work->u.buffer.position < work->u.buffer.length) {
		if (is_stopped(engine, queue))
			return DXGHOST_RUN_STOPPED;
		result = step(&run,
			      work->u.buffer.address + work->u.buffer.position,
			      work->u.buffer.length - work->u.buffer.position,
			      &size);
		if (result != DXGHOST_RUN_DONE)
			return result;
		work->u.buffer.position += size;
		if (++count % TURN)
			continue;
		dxghost_unlock(run.host);
		dxghost_lock(run.host);
	}
	if (work->u.buffer.end_address)
		return do_store(&run, work->u.buffer.end_address,
				work->u.buffer.end_value, false);
	return DXGHOST_RUN_DONE;
}
