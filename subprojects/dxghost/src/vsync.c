/* SPDX-License-Identifier: MIT */
/* A display that refreshes at a steady rate, and its periodic fences. */
#include <stdlib.h>

#include "vsync.h"

#define NS_PER_S	1000000000ull

/*
 * One an adapter with a display. The thread sleeps unless there are fences.
 * Values follow from the clock, so that none is lost if the thread is late.
 */
struct dxghost_vsync {
	struct dxghost_adapter *adapter;
	pthread_t thread;
	pthread_cond_t wake;
	bool stop;
	struct dxghost_list fences;	/* dxghost_fence.vsync_link */
};

uint64_t dxghost_vsync_interval(const struct dxghost_adapter *adapter)
{
	return NS_PER_S / adapter->profile->vsync_hz;
}

uint64_t dxghost_vsync_count(const struct dxghost_adapter *adapter,
			     uint64_t *ret_clock)
{
	uint64_t interval = dxghost_vsync_interval(adapter);
	uint64_t count = dxghost_gpu_clock(adapter->host) / interval;

	*ret_clock = count * interval;
	return count;
}

/* How often the fence's moment has come since the clock began. */
static uint64_t moments(const struct dxghost_vsync *vsync,
			const struct dxghost_fence *fence)
{
	return (dxghost_gpu_clock(vsync->adapter->host) + fence->vsync_lead) /
	       dxghost_vsync_interval(vsync->adapter);
}

/* One fence whose moment has come; waiters that go may take fences along. */
static bool raise_one(struct dxghost_vsync *vsync)
{
	struct dxghost *host = vsync->adapter->host;
	struct dxghost_list *it;

	list_for_each(it, &vsync->fences) {
		struct dxghost_fence *fence =
			list_entry(it, struct dxghost_fence, vsync_link);
		uint64_t value = moments(vsync, fence) - fence->vsync_first;

		if (value <= dxghost_fence_value(fence))
			continue;
		dxghost_fence_set(host, fence, value);
		return true;
	}
	return false;
}

static uint64_t next_moment(const struct dxghost_vsync *vsync)
{
	uint64_t interval = dxghost_vsync_interval(vsync->adapter);
	uint64_t next = DXGHOST_FOREVER, own;
	struct dxghost_list *it;

	list_for_each(it, &vsync->fences) {
		const struct dxghost_fence *fence =
			list_entry(it, struct dxghost_fence, vsync_link);

		own = vsync->adapter->host->epoch_ns - fence->vsync_lead +
		      (moments(vsync, fence) + 1) * interval;
		if (own < next)
			next = own;
	}
	return next;
}

static void *vsync_main(void *arg)
{
	struct dxghost_vsync *vsync = arg;
	struct dxghost *host = vsync->adapter->host;

	dxghost_lock(host);
	while (!vsync->stop) {
		if (raise_one(vsync)) {
			dxghost_unlock(host);
			dxghost_lock(host);
			continue;
		}
		dxghost_cond_wait_until(&vsync->wake, &host->lock,
					next_moment(vsync));
	}
	dxghost_unlock(host);
	return NULL;
}

void dxghost_vsync_attach(struct dxghost_vsync *vsync,
			  struct dxghost_fence *fence, uint64_t lead_ns)
{
	fence->vsync_lead = lead_ns;
	fence->vsync_first = moments(vsync, fence);
	list_add_tail(&fence->vsync_link, &vsync->fences);
	pthread_cond_broadcast(&vsync->wake);
}

struct dxghost_vsync *dxghost_vsync_create(struct dxghost_adapter *adapter)
{
	struct dxghost_vsync *vsync = calloc(1, sizeof(*vsync));

	if (!vsync)
		return NULL;
	vsync->adapter = adapter;
	list_init(&vsync->fences);
	dxghost_cond_init(&vsync->wake);
	if (pthread_create(&vsync->thread, NULL, vsync_main, vsync)) {
		pthread_cond_destroy(&vsync->wake);
		free(vsync);
		return NULL;
	}
	return vsync;
}

void dxghost_vsync_destroy(struct dxghost_vsync *vsync)
{
	struct dxghost *host;

	if (!vsync)
		return;
	host = vsync->adapter->host;
	dxghost_lock(host);
	vsync->stop = true;
	pthread_cond_broadcast(&vsync->wake);
	dxghost_unlock(host);
	pthread_join(vsync->thread, NULL);
	pthread_cond_destroy(&vsync->wake);
	free(vsync);
}
