/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* One VMBus channel: requests that wait for their completion, one-way messages. */
#ifndef DXGK_CHANNEL_H
#define DXGK_CHANNEL_H

#include <linux/types.h>

#include "transport.h"

struct dxgk_adapter;
struct dxgk_channel;
struct dxgk_global;
struct hv_device;

/**
 * dxgk_channel_open() - open the rings of an offered channel
 * @device: the offer
 * @global: gets what the host says unasked; NULL on an adapter's channel,
 *	where a host says nothing
 *
 * Returns an ERR_PTR on failure. From now on packets are taken.
 */
struct dxgk_channel *dxgk_channel_open(struct hv_device *device,
				       struct dxgk_global *global);

/**
 * dxgk_channel_bind() - say whose requests go over a channel
 * @global: no reference: it outlives the channel
 * @adapter: its virtual GPU, or NULL on the global channel
 *
 * What a killed sender leaves behind is taken back with these two. Before the
 * first request; once.
 */
void dxgk_channel_bind(struct dxgk_channel *channel, struct dxgk_global *global,
		       struct dxgk_adapter *adapter);

/**
 * dxgk_channel_fail() - the host answers no more
 *
 * Every request that waits, now or later, ends with -ENODEV.
 */
void dxgk_channel_fail(struct dxgk_channel *channel);

/**
 * dxgk_channel_lost() - the host has taken the offer back
 *
 * The same for the channel that is open on @device, if one is. Takes no lock
 * that anybody holds while he waits for the host, so it sets those free.
 */
void dxgk_channel_lost(struct hv_device *device);

/**
 * dxgk_channel_close() - close the rings and free the channel
 *
 * No request is under way and none follows. Returns when no packet is being
 * taken any more and everything of killed senders has been taken back.
 */
void dxgk_channel_close(struct dxgk_channel *channel);

/* As dxgk_transport_ops.request, .post and .ask say. */
int dxgk_channel_request(struct dxgk_channel *channel, const void *message,
			 u32 size, void *reply, u32 reply_size,
			 unsigned int flags);
int dxgk_channel_post(struct dxgk_channel *channel, const void *message,
		      u32 size);
int dxgk_channel_ask(struct dxgk_channel *channel, const void *message,
		     u32 size, u32 reply_size, dxgk_answered *answered,
		     void *context);

#endif /* DXGK_CHANNEL_H */
