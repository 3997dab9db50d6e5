/* SPDX-License-Identifier: MIT */
/* Sends replies to the guest, and lies about them when told to. */
#include <errno.h>
#include <pthread.h>
#include <stdbool.h>
#include <string.h>
#include <time.h>

#include "dxghostd.h"
#include "lies.h"

/* As much as a completion can have: its descriptor is of the same packet. */
#define REPLY_MAX	(HVLOOP_MAX_PAYLOAD - 16)
/* Requests that nobody has made: such numbers are not reached. */
#define STRANGE_ID	(UINT64_C(1) << 40)
/* What a delay may be in a run that is to make progress. */
#define DELAY_MAX_MS	20

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct dxghostd_lie lie;
static uint64_t told;

/* One reply on its way. */
struct reply {
	int fd;
	uint32_t channel;
	uint64_t id;
	unsigned char *bytes;
	size_t size;
	uint64_t random;
};

/* splitmix64 */
static uint64_t next(uint64_t *state)
{
	uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return z ^ z >> 31;
}

static void fill(uint64_t *random, unsigned char *bytes, size_t size)
{
	while (size--)
		*bytes++ = (unsigned char)next(random);
}

/* Both kinds of command header have it at the same place. */
static uint32_t command_of(const unsigned char *payload, size_t size)
{
	uint32_t offset = 0, command = DXGHOSTD_ANY_COMMAND;

	if (size >= sizeof(offset))
		memcpy(&offset, payload, sizeof(offset));
	if (size >= (size_t)offset + 20)
		memcpy(&command, payload + offset + 16, sizeof(command));
	return command;
}

static void send_as(const struct reply *reply, uint64_t id)
{
	loop_write(reply->fd, reply->channel, HVLOOP_COMPLETION, id,
		   reply->bytes, reply->size);
}

static void lengthen(struct reply *reply, uint64_t more)
{
	if (more > REPLY_MAX - reply->size)
		more = REPLY_MAX - reply->size;
	fill(&reply->random, reply->bytes + reply->size, (size_t)more);
	reply->size += (size_t)more;
}

/* Little endian, as the guest. */
static void change(struct reply *reply, const struct dxghostd_lie *how)
{
	uint64_t value = 0;
	size_t width = how->width ? how->width : sizeof(value);

	if (width > sizeof(value) || how->offset > reply->size ||
	    width > reply->size - how->offset)
		return;
	memcpy(&value, reply->bytes + how->offset, width);
	value = how->kind == DXGHOSTD_ADD ? value + how->value : how->value;
	memcpy(reply->bytes + how->offset, &value, width);
}

/* A known kind of message with an id that may be somebody's, or anything. */
static void chatter(struct reply *reply, uint64_t count)
{
	static const uint64_t ids[] = { 0, 1, 2, 3, 8, 64, UINT64_MAX };
	unsigned char message[64];
	uint64_t id, random;
	uint32_t type;

	while (count--) {
		random = next(&reply->random);
		fill(&reply->random, message, sizeof(message));
		if (random & 1) {
			type = (uint32_t)(random >> 1) & 7;
			memcpy(message + 16, &type, sizeof(type));
		}
		if (random & 16) {
			id = ids[(random >> 5) % 7];
			memcpy(message + 24, &id, sizeof(id));
		}
		loop_write(reply->fd, HVLOOP_CHANNEL_GLOBAL, HVLOOP_DATA, 0,
			   message, (random >> 16) % (sizeof(message) + 1));
	}
}

static void delay(uint64_t ms)
{
	struct timespec time = {
		.tv_sec = (time_t)(ms / 1000),
		.tv_nsec = (long)(ms % 1000) * 1000000,
	};

	while (nanosleep(&time, &time) && errno == EINTR)
		;
}

/* @how is of one kind, not DXGHOSTD_ANY. */
static void tell(struct reply *reply, const struct dxghostd_lie *how)
{
	switch (how->kind) {
	case DXGHOSTD_SHORT:
		if (reply->size > how->value)
			reply->size = (size_t)how->value;
		break;
	case DXGHOSTD_LONG:
		lengthen(reply, how->value);
		break;
	case DXGHOSTD_SET:
	case DXGHOSTD_ADD:
		change(reply, how);
		break;
	case DXGHOSTD_NOISE:
		fill(&reply->random, reply->bytes, reply->size);
		break;
	case DXGHOSTD_NEVER:
		return;
	case DXGHOSTD_STRANGE:
	case DXGHOSTD_STRANGE_FIRST:
		send_as(reply, 0);
		send_as(reply, STRANGE_ID + reply->id);
		send_as(reply, UINT64_MAX);
		if (how->kind == DXGHOSTD_STRANGE)
			return;
		break;
	case DXGHOSTD_TWICE:
		send_as(reply, reply->id);
		fill(&reply->random, reply->bytes, reply->size);
		break;
	case DXGHOSTD_LATE:
		delay(how->value);
		break;
	case DXGHOSTD_CHATTER:
		chatter(reply, how->value);
		break;
	default:
		break;
	}
	send_as(reply, reply->id);
}

/* Numbers that are somewhere near a limit, and others. */
static uint64_t odd_value(uint64_t *random)
{
	static const uint64_t values[] = {
		0, 1, 2, 4, 7, 8, 0xfff, 0x1000, 0x7fffffff, 0x80000000,
		0xfffff000, 0xffffffff, UINT64_C(1) << 32, UINT64_C(1) << 63,
		UINT64_MAX - 0xfff, UINT64_MAX, 0xc0000001, 0x103,
	};
	uint64_t choice = next(random) % (sizeof(values) / sizeof(values[0]) + 3);

	return choice < sizeof(values) / sizeof(values[0]) ? values[choice] :
							     next(random);
}

static void tell_any(struct reply *reply, uint64_t one_in)
{
	struct dxghostd_lie how = { .kind = DXGHOSTD_HONEST };
	uint64_t *random = &reply->random;
	unsigned int words = 1;

	if (next(random) % (one_in ? one_in : 1)) {
		send_as(reply, reply->id);
		return;
	}
	do {
		how.kind = DXGHOSTD_SHORT +
			   next(random) % (DXGHOSTD_ANY - DXGHOSTD_SHORT);
		/* that no answer comes is for a test that waits for nothing */
	} while (how.kind == DXGHOSTD_NEVER || how.kind == DXGHOSTD_STRANGE);
	switch (how.kind) {
	case DXGHOSTD_SHORT:
		how.value = next(random) % (reply->size + 1);
		break;
	case DXGHOSTD_LONG:
		how.value = next(random) % (next(random) & 1 ? 64 : REPLY_MAX);
		break;
	case DXGHOSTD_SET:
	case DXGHOSTD_ADD:
		for (words += next(random) % 3; words; words--) {
			how.width = next(random) & 1 ? 4 : 8;
			how.offset = (uint32_t)(next(random) %
						(reply->size / 4 + 1) * 4);
			how.value = odd_value(random);
			change(reply, &how);
		}
		how.kind = DXGHOSTD_HONEST;
		break;
	default:
		how.value = next(random) % DELAY_MAX_MS + 1;
		break;
	}
	tell(reply, &how);
}

/* Under the lock. A reply that is short enough already is no lie. */
static bool is_meant(uint32_t command, size_t size)
{
	return lie.kind != DXGHOSTD_HONEST &&
	       (lie.command == DXGHOSTD_ANY_COMMAND || lie.command == command) &&
	       (lie.kind != DXGHOSTD_SHORT || size > lie.value);
}

/* What to do with this one, which counts. */
static struct dxghostd_lie choose(uint32_t command, size_t size)
{
	struct dxghostd_lie chosen = { .kind = DXGHOSTD_HONEST };

	pthread_mutex_lock(&lock);
	if (is_meant(command, size)) {
		chosen = lie;
		told++;
		if (lie.count && !--lie.count)
			lie.kind = DXGHOSTD_HONEST;
	}
	pthread_mutex_unlock(&lock);
	return chosen;
}

void lies_answer(int fd, const struct hvloop_packet *packet,
		 const unsigned char *request, unsigned char *bytes,
		 size_t size)
{
	struct dxghostd_lie how = choose(command_of(request, packet->size),
					 size);
	struct reply reply = {
		.fd = fd,
		.channel = packet->channel,
		.id = packet->id,
		.bytes = bytes,
		.size = size,
		.random = how.seed ^ (packet->id << 8 | packet->channel),
	};

	if (how.kind == DXGHOSTD_ANY)
		tell_any(&reply, how.value);
	else
		tell(&reply, &how);
}

int lies_set(const struct dxghostd_lie *want, uint64_t *ret_told)
{
	if (want->kind >= DXGHOSTD_LIE_KINDS)
		return EINVAL;
	pthread_mutex_lock(&lock);
	*ret_told = told;
	told = 0;
	lie = *want;
	pthread_mutex_unlock(&lock);
	return 0;
}

uint64_t lies_told(void)
{
	uint64_t count;

	pthread_mutex_lock(&lock);
	count = told;
	pthread_mutex_unlock(&lock);
	return count;
}
