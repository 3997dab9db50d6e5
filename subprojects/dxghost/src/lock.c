/* SPDX-License-Identifier: MIT */
/* The one lock, and changes that are waited for. */
#include "host.h"

void dxghost_lock(struct dxghost *host)
{
	pthread_mutex_lock(&host->lock);
}

void dxghost_unlock(struct dxghost *host)
{
	struct dxghost_list outbox;

	list_take(&outbox, &host->outbox);
	pthread_mutex_unlock(&host->lock);
	dxghost_outbox_deliver(host, &outbox);
}

bool dxghost_wait_change(struct dxghost *host, uint64_t deadline_ns)
{
	if (!list_empty(&host->outbox)) {
		dxghost_unlock(host);
		dxghost_lock(host);
		return true;
	}
	host->sleepers++;
	dxghost_cond_wait_until(&host->changed, &host->lock, deadline_ns);
	host->sleepers--;
	return deadline_ns == DXGHOST_FOREVER || dxghost_now() < deadline_ns;
}

void dxghost_changed(struct dxghost *host)
{
	if (host->sleepers)
		pthread_cond_broadcast(&host->changed);
}
