/* SPDX-License-Identifier: MIT */
/* How engines reach memory: through page tables, with all checks. */
#ifndef DXGHOST_GPU_MEMORY_H
#define DXGHOST_GPU_MEMORY_H

#include "engine.h"

/* A run of bytes that one range of the page table maps. */
struct dxghost_span {
	struct dxghost_memory *memory;	/* NULL: a range that reads as zero */
	uint64_t offset;
	uint64_t size;
};

/*
 * The run at @address, at most @size bytes. False if the access is a page
 * fault. The span is good as long as the host's lock is held; or, after
 * dxghost_span_hold(), until dxghost_span_release().
 */
bool dxghost_gpu_span(const struct dxghost_space *space, uint64_t address,
		      uint64_t size, bool write, struct dxghost_span *ret);
void dxghost_span_hold(struct dxghost_span *span);
void dxghost_span_release(struct dxghost *host, struct dxghost_span *span);

/*
 * Without the host's lock, on held spans: copy or fill @size bytes; the count
 * done, less if pages of the guest cannot be reached. @failed_write tells on
 * which side it failed.
 */
uint64_t dxghost_span_copy(struct dxghost_engine *engine,
			   const struct dxghost_span *dst,
			   const struct dxghost_span *src, uint64_t size,
			   bool *failed_write);
uint64_t dxghost_span_fill(struct dxghost_engine *engine,
			   const struct dxghost_span *dst, uint32_t value,
			   uint64_t size);
/* Small pieces, with the lock held; 0, or -1 if the guest's page is gone. */
int dxghost_span_load(struct dxghost *host, const struct dxghost_span *span,
		      void *buffer, size_t size);
int dxghost_span_store_u64(struct dxghost *host,
			   const struct dxghost_span *span, uint64_t value);
int dxghost_span_add_u64(struct dxghost *host,
			 const struct dxghost_span *span, uint64_t value);
int dxghost_span_load_u64(struct dxghost *host,
			  const struct dxghost_span *span, uint64_t *ret);

#endif
