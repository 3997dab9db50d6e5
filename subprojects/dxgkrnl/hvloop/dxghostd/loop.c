/* SPDX-License-Identifier: MIT */
/* The node through which the host and its guest talk. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include "dxghostd.h"

static _Noreturn void fail(const char *what)
{
	fprintf(stderr, "dxghostd: %s: %s\n", what, strerror(errno));
	exit(1);
}

int loop_open(const char *path)
{
	int fd = open(path, O_RDWR | O_CLOEXEC);

	if (fd < 0)
		fail(path);
	return fd;
}

void loop_control(int fd, unsigned long request, void *args, const char *what)
{
	if (ioctl(fd, request, args))
		fail(what);
}

void *loop_map(int fd, size_t megabytes)
{
	void *base = mmap(NULL, megabytes << 20, PROT_READ | PROT_WRITE,
			  MAP_SHARED, fd, 0);

	if (base == MAP_FAILED)
		fail("the IO space cannot be mapped");
	return base;
}

int loop_read(int fd, struct hvloop_packet *packet, void *payload, size_t room)
{
	unsigned char whole[sizeof(*packet) + HVLOOP_MAX_PAYLOAD];
	ssize_t got;

	do {
		got = read(fd, whole, sizeof(whole));
	} while (got < 0 && errno == EINTR);
	if (got < (ssize_t)sizeof(*packet))
		return -1;
	memcpy(packet, whole, sizeof(*packet));
	if (packet->size > room)
		return -1;
	memcpy(payload, whole + sizeof(*packet), packet->size);
	return (int)packet->size;
}

/* A guest that is slow is waited for; a channel that has gone needs nothing. */
void loop_write(int fd, uint32_t channel, uint16_t type, uint64_t id,
		const void *payload, size_t size)
{
	static const struct timespec pause = { .tv_nsec = 1000000 };
	unsigned char whole[sizeof(struct hvloop_packet) + HVLOOP_MAX_PAYLOAD];
	struct hvloop_packet packet = {
		.channel = channel,
		.type = type,
		.size = (uint32_t)size,
		.id = id,
	};

	memcpy(whole, &packet, sizeof(packet));
	if (size)
		memcpy(whole + sizeof(packet), payload, size);
	while (write(fd, whole, sizeof(packet) + size) < 0 &&
	       (errno == EAGAIN || errno == EINTR))
		nanosleep(&pause, NULL);
}
