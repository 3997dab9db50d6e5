/* SPDX-License-Identifier: MIT */
/* How engines reach memory: through page tables, with all checks. */
#include <stdatomic.h>
#include <string.h>

#include "allocation.h"
#include "gpu-memory.h"

static uint64_t min_u64(uint64_t a, uint64_t b)
{
	return a < b ? a : b;
}

bool dxghost_gpu_span(const struct dxghost_space *space, uint64_t address,
		      uint64_t size, bool write, struct dxghost_span *ret)
{
	const struct dxghost_range *range =
		dxghost_page_table_find(&space->table, address);
	const struct dxghost_range_content *content;

	if (!range)
		return false;
	content = &range->content;
	ret->size = min_u64(size, range->end - address);
	ret->memory = NULL;
	ret->offset = 0;
	if (content->state == DXGHOST_RANGE_ZERO)
		return true;
	if (content->state != DXGHOST_RANGE_MAPPED)
		return false;
	if (write && !(content->protection & DXGHOST_PROTECT_WRITE))
		return false;
	if (content->allocation &&
	    !dxghost_allocation_usable(content->allocation))
		return false;
	if (content->memory->revoked)
		return false;
	ret->memory = content->memory;
	ret->offset = content->offset + (address - range->start);
	return true;
}

void dxghost_span_hold(struct dxghost_span *span)
{
	if (!span->memory)
		return;
	span->memory->users++;
	dxghost_memory_get(span->memory);
}

void dxghost_span_release(struct dxghost *host, struct dxghost_span *span)
{
	if (!span->memory)
		return;
	if (!--span->memory->users && span->memory->pages)
		dxghost_changed(host);
	dxghost_memory_put(host, span->memory);
	span->memory = NULL;
}

/*
 * The guest physical address at @offset and how many of @size bytes follow it
 * without a gap; 0 if the page is not known.
 */
static uint64_t guest_run(const struct dxghost_memory *memory, uint64_t offset,
			  uint64_t size, uint64_t *ret_address)
{
	uint64_t page = offset >> DXGHOST_PAGE_SHIFT;
	uint64_t within = offset & (DXGHOST_PAGE_SIZE - 1);
	uint64_t run = DXGHOST_PAGE_SIZE - within;
	uint64_t first = memory->pages[page];

	if (!first)
		return 0;
	while (run < size && memory->pages[page + 1] == memory->pages[page] + 1) {
		run += DXGHOST_PAGE_SIZE;
		page++;
	}
	*ret_address = ((first - 1) << DXGHOST_PAGE_SHIFT) + within;
	return min_u64(run, size);
}

/* Between @buffer and guest pages; the bytes done. */
static uint64_t guest_copy(struct dxghost *host,
			   const struct dxghost_memory *memory, uint64_t offset,
			   void *buffer, uint64_t size, bool write)
{
	uint64_t done = 0, address, run;
	int error;

	while (done < size) {
		run = guest_run(memory, offset + done, size - done, &address);
		if (!run)
			break;
		if (write)
			error = host->ops.write(host->guest, address,
						(uint8_t *)buffer + done, run);
		else
			error = host->ops.read(host->guest, address,
					       (uint8_t *)buffer + done, run);
		if (error)
			break;
		done += run;
	}
	return done;
}

/* Makes @size bytes of a source readable at the address returned. */
static const void *source_bytes(struct dxghost_engine *engine,
				const struct dxghost_span *src, uint64_t at,
				uint64_t *size)
{
	if (src->memory && src->memory->base)
		return src->memory->base + src->offset + at;
	*size = min_u64(*size, DXGHOST_BOUNCE_SIZE);
	if (!src->memory)
		memset(engine->bounce, 0, *size);
	else
		*size = guest_copy(engine->adapter->host, src->memory,
				   src->offset + at, engine->bounce, *size,
				   false);
	return engine->bounce;
}

uint64_t dxghost_span_copy(struct dxghost_engine *engine,
			   const struct dxghost_span *dst,
			   const struct dxghost_span *src, uint64_t size,
			   bool *failed_write)
{
	uint64_t done = 0, step, written;
	const void *bytes;

	while (done < size) {
		step = size - done;
		*failed_write = false;
		bytes = source_bytes(engine, src, done, &step);
		if (!step)
			break;
		*failed_write = true;
		written = step;
		if (dst->memory && dst->memory->base)
			memmove(dst->memory->base + dst->offset + done, bytes,
				step);
		else if (dst->memory)
			written = guest_copy(engine->adapter->host, dst->memory,
					     dst->offset + done, (void *)bytes,
					     step, true);
		done += written;
		if (written < step)
			break;
	}
	return done;
}

static void fill_words(uint32_t *words, uint32_t value, uint64_t count)
{
	uint64_t i;

	for (i = 0; i < count; i++)
		words[i] = value;
}

uint64_t dxghost_span_fill(struct dxghost_engine *engine,
			   const struct dxghost_span *dst, uint32_t value,
			   uint64_t size)
{
	uint64_t done, step, written;

	if (!dst->memory)
		return size;
	if (dst->memory->base) {
		fill_words((uint32_t *)(dst->memory->base + dst->offset), value,
			   size / 4);
		return size;
	}
	fill_words((uint32_t *)engine->bounce, value, DXGHOST_BOUNCE_SIZE / 4);
	for (done = 0; done < size; done += written) {
		step = min_u64(size - done, DXGHOST_BOUNCE_SIZE);
		written = guest_copy(engine->adapter->host, dst->memory,
				     dst->offset + done, engine->bounce, step,
				     true);
		if (written < step)
			return done + written;
	}
	return done;
}

int dxghost_span_load(struct dxghost *host, const struct dxghost_span *span,
		      void *buffer, size_t size)
{
	if (!span->memory)
		memset(buffer, 0, size);
	else if (span->memory->base)
		memcpy(buffer, span->memory->base + span->offset, size);
	else if (guest_copy(host, span->memory, span->offset, buffer, size,
			    false) < size)
		return -1;
	return 0;
}

static _Atomic uint64_t *span_word(const struct dxghost_span *span)
{
	return (_Atomic uint64_t *)(span->memory->base + span->offset);
}

int dxghost_span_store_u64(struct dxghost *host,
			   const struct dxghost_span *span, uint64_t value)
{
	if (!span->memory)
		return 0;
	if (span->memory->base) {
		atomic_store_explicit(span_word(span), value,
				      memory_order_release);
		return 0;
	}
	return guest_copy(host, span->memory, span->offset, &value,
			  sizeof(value), true) < sizeof(value) ? -1 : 0;
}

int dxghost_span_add_u64(struct dxghost *host,
			 const struct dxghost_span *span, uint64_t value)
{
	uint64_t old;

	if (span->memory && span->memory->base) {
		atomic_fetch_add_explicit(span_word(span), value,
					  memory_order_acq_rel);
		return 0;
	}
	/* Atomic among engines only: guest pages are copied, not mapped. */
	if (dxghost_span_load(host, span, &old, sizeof(old)))
		return -1;
	return dxghost_span_store_u64(host, span, old + value);
}

int dxghost_span_load_u64(struct dxghost *host,
			  const struct dxghost_span *span, uint64_t *ret)
{
	if (span->memory && span->memory->base) {
		*ret = atomic_load_explicit(span_word(span),
					    memory_order_acquire);
		return 0;
	}
	return dxghost_span_load(host, span, ret, sizeof(*ret));
}
