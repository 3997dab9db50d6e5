/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* What sync files are made of: see fence.c. */
#ifndef DXGK_FENCE_H
#define DXGK_FENCE_H

#include <linux/dma-fence.h>
#include <linux/types.h>

struct dxgk_device;
struct dxgk_sync;

/**
 * dxgk_fence_create() - a dma_fence that signals when a monitored fence has a value
 * @device: by which the host is asked
 * @sync: the monitored fence, of the calling process
 * @value: the value
 *
 * It signals within a bounded time, whatever happens, and while it exists a shared
 * @sync can be opened, by anybody who has it. Returns an ERR_PTR: -EPERM when sync
 * files are switched off.
 */
struct dma_fence *dxgk_fence_create(struct dxgk_device *device,
				    struct dxgk_sync *sync, u64 value);
/* Ends it at once, as nobody has seen it. */
void dxgk_fence_cancel(struct dma_fence *base);
/* Whether it is one of ours; then what it is about, as long as it is held. */
bool dxgk_fence_is_ours(const struct dma_fence *base);
struct dxgk_sync *dxgk_fence_sync(struct dma_fence *base);
u64 dxgk_fence_value(struct dma_fence *base);

#ifdef DXGK_HAS_SYNC_FILES
int dxgk_fence_init(void);
/* No fence is left: each keeps the module. */
void dxgk_fence_exit(void);
#else
static inline int dxgk_fence_init(void)
{
	return 0;
}

static inline void dxgk_fence_exit(void)
{
}
#endif

#endif /* DXGK_FENCE_H */
