/* SPDX-License-Identifier: MIT */
/*
 * A thread for each process of the guest that has something to say. What one
 * process asks for may have to wait for what another does, so it must not keep
 * the other from being heard; its own messages keep their order.
 */
#include <errno.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <dxghost/dxghost.h>

#include "dxghostd.h"

/* How long a lane waits for more before its thread ends. */
#define IDLE_SECONDS	2

struct item {
	struct item *next;
	struct hvloop_packet packet;
	unsigned char payload[];
};

struct lane {
	struct lane *next;
	uint32_t process;
	struct item *first, **last;
	pthread_cond_t more;
	struct dxghost *host;
	int fd;
};

/* Guards the lanes and what is in them. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct lane *lanes;

/* Both kinds of command header have it at the same place. */
static uint32_t process_of(const unsigned char *payload, size_t size)
{
	uint32_t offset = 0, process = 0;

	/* With an extended header its length comes first; else the id, 0. */
	if (size >= sizeof(offset))
		memcpy(&offset, payload, sizeof(offset));
	if (size >= (size_t)offset + 12)
		memcpy(&process, payload + offset + 8, sizeof(process));
	return process;
}

static struct item *take(struct lane *lane)
{
	struct item *item = lane->first;

	if (item) {
		lane->first = item->next;
		if (!lane->first)
			lane->last = &lane->first;
	}
	return item;
}

/* Under the lock: NULL when nothing came for a while. */
static struct item *wait_for_item(struct lane *lane)
{
	struct timespec until;

	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += IDLE_SECONDS;
	while (!lane->first)
		if (pthread_cond_timedwait(&lane->more, &lock, &until) ==
		    ETIMEDOUT)
			break;
	return take(lane);
}

static void answer(const struct lane *lane, const struct item *item,
		   unsigned char *reply)
{
	const struct hvloop_packet *packet = &item->packet;
	bool wants = packet->flags & HVLOOP_WANTS_COMPLETION;
	int channel = packet->channel == HVLOOP_CHANNEL_GLOBAL ?
		      DXGHOST_CHANNEL_GLOBAL : (int)packet->channel - 1;
	size_t got = 0;
	int error;

	error = dxghost_message(lane->host, channel, item->payload,
				packet->size, wants, reply,
				HVLOOP_MAX_PAYLOAD - 16, &got);
	if (wants)
		lies_answer(lane->fd, packet, item->payload, reply,
			    error ? 0 : got);
}

static void *lane_run(void *context)
{
	unsigned char reply[HVLOOP_MAX_PAYLOAD];
	struct lane *lane = context;
	struct lane **link;
	struct item *item;

	pthread_mutex_lock(&lock);
	while ((item = wait_for_item(lane)) != NULL) {
		pthread_mutex_unlock(&lock);
		answer(lane, item, reply);
		free(item);
		pthread_mutex_lock(&lock);
	}
	for (link = &lanes; *link != lane; link = &(*link)->next)
		;
	*link = lane->next;
	pthread_mutex_unlock(&lock);
	pthread_cond_destroy(&lane->more);
	free(lane);
	return NULL;
}

static _Noreturn void fail(const char *what, int error)
{
	fprintf(stderr, "dxghostd: %s: %s\n", what, strerror(error));
	exit(1);
}

/* Under the lock. */
static struct lane *lane_create(struct dxghost *host, int fd, uint32_t process)
{
	struct lane *lane = calloc(1, sizeof(*lane));
	pthread_t thread;
	int error;

	if (!lane)
		fail("no lane", ENOMEM);
	lane->process = process;
	lane->last = &lane->first;
	lane->host = host;
	lane->fd = fd;
	pthread_cond_init(&lane->more, NULL);
	error = pthread_create(&thread, NULL, lane_run, lane);
	if (error)
		fail("no thread for a lane", error);
	pthread_detach(thread);
	lane->next = lanes;
	lanes = lane;
	return lane;
}

void lanes_push(struct dxghost *host, int fd,
		const struct hvloop_packet *packet, const void *payload)
{
	struct item *item = calloc(1, sizeof(*item) + packet->size);
	uint32_t process = process_of(payload, packet->size);
	struct lane *lane;

	if (!item)
		fail("no room for a message", ENOMEM);
	item->packet = *packet;
	memcpy(item->payload, payload, packet->size);
	pthread_mutex_lock(&lock);
	for (lane = lanes; lane && lane->process != process; lane = lane->next)
		;
	if (!lane)
		lane = lane_create(host, fd, process);
	*lane->last = item;
	lane->last = &item->next;
	pthread_cond_signal(&lane->more);
	pthread_mutex_unlock(&lock);
}

void lanes_stop(void)
{
	pthread_mutex_lock(&lock);
}
