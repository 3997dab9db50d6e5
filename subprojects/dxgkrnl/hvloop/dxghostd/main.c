/* SPDX-License-Identifier: MIT */
/*
 * dxghostd: the software host as a program, for the machine that hvloop.ko makes
 * a guest. usage: dxghostd [-d NODE] [-p PROFILE] [-l SEED] | dxghostd -c
 */
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <dxg/soft.h>
#include <dxghost/dxghost.h>

#include "dxghostd.h"
#include "lies.h"

struct daemon {
	int fd;
	struct dxghost *host;
};

static int guest_copy(const struct daemon *daemon, uint64_t gpa, void *buffer,
		      size_t size, bool write)
{
	struct hvloop_memory memory = {
		.address = gpa,
		.buffer = (uintptr_t)buffer,
		.size = size,
		.write = write,
	};

	return ioctl(daemon->fd, HVLOOP_MEMORY, &memory) ? -EFAULT : 0;
}

static int guest_read(void *guest, uint64_t gpa, void *buffer, size_t size)
{
	return guest_copy(guest, gpa, buffer, size, false);
}

static int guest_write(void *guest, uint64_t gpa, const void *buffer,
		       size_t size)
{
	return guest_copy(guest, gpa, (void *)buffer, size, true);
}

/* In pieces, as many as it takes. */
static int64_t guest_gpadl(void *guest, uint32_t gpadl, uint64_t first,
			   uint64_t count, uint64_t *pfns)
{
	const struct daemon *daemon = guest;
	struct hvloop_pages pages = {
		.channel = HVLOOP_CHANNEL_GLOBAL,
		.gpadl = gpadl,
	};
	uint64_t done = 0;

	if (first > UINT32_MAX || count > UINT32_MAX - first)
		return -ERANGE;
	do {
		pages.first = (uint32_t)(first + done);
		pages.count = count - done < HVLOOP_PFNS_MAX ?
			      (uint32_t)(count - done) : HVLOOP_PFNS_MAX;
		pages.pfns = (uintptr_t)(pfns + done);
		if (ioctl(daemon->fd, HVLOOP_PAGES, &pages))
			return -errno;
		done += pages.count;
	} while (done < count);
	return pages.total;
}

static void guest_message(void *guest, const void *packet, size_t size)
{
	const struct daemon *daemon = guest;

	loop_write(daemon->fd, HVLOOP_CHANNEL_GLOBAL, HVLOOP_DATA, 0, packet,
		   size);
}

static const struct dxghost_guest_ops guest_ops = {
	.read = guest_read,
	.write = guest_write,
	.message = guest_message,
	.gpadl = guest_gpadl,
};

static void config_write(const struct daemon *daemon,
			 const struct hvloop_packet *packet,
			 const void *payload)
{
	uint32_t words[2];

	if (packet->size != sizeof(words))
		return;
	memcpy(words, payload, sizeof(words));
	dxghost_pci_write(daemon->host, packet->channel - 1, words[0],
			  words[1]);
}

static void *read_packets(void *context)
{
	static unsigned char payload[HVLOOP_MAX_PAYLOAD];
	const struct daemon *daemon = context;
	struct hvloop_packet packet;

	while (loop_read(daemon->fd, &packet, payload, sizeof(payload)) >= 0) {
		if (packet.type == HVLOOP_DATA)
			lanes_push(daemon->host, daemon->fd, &packet, payload);
		else if (packet.type == HVLOOP_CONFIG_WRITE)
			config_write(daemon, &packet, payload);
	}
	return NULL;
}

static void offer_function(const struct daemon *daemon, unsigned int index)
{
	struct hvloop_function function = { .channel = 0 };
	unsigned int i;

	for (i = 0; i < 64; i++)
		dxghost_pci_read(daemon->host, index, 4 * i,
				 &function.config[i]);
	loop_control(daemon->fd, HVLOOP_ADD_FUNCTION, &function,
		     "a function cannot be made");
	loop_control(daemon->fd, HVLOOP_PLUG, &function.channel,
		     "a function cannot be shown");
	loop_control(daemon->fd, HVLOOP_OFFER, &function.channel,
		     "a channel cannot be offered");
}

static void usage(void)
{
	fprintf(stderr, "usage: dxghostd [-d NODE] [-p PROFILE] [-l SEED] | dxghostd -c\n"
			"NODE: /dev/hvloop; PROFILE: a name, a text, or a file\n"
			"-l: lie to the guest, one reply in eight; SEED: a number\n"
			"-c: count what the running one has but for adapters; "
			"1 if there is anything\n");
	exit(2);
}

static void lie_from_the_start(const char *text)
{
	struct dxghostd_lie lie = {
		.kind = DXGHOSTD_ANY,
		.command = DXGHOSTD_ANY_COMMAND,
		.value = 8,
	};
	uint64_t told;
	char *end;

	errno = 0;
	lie.seed = strtoull(text, &end, 0);
	if (errno || *end || end == text)
		usage();
	lies_set(&lie, &told);
}

static int print_counts(void)
{
	struct dxg_soft_object_counts counts, none;

	if (control_ask_counts(&counts))
		return 2;
	memset(&none, 0, sizeof(none));
	none.adapters = counts.adapters;
	if (!memcmp(&counts, &none, sizeof(counts)))
		return 0;
	printf("processes %u devices %u contexts %u hwqueues %u\n"
	       "paging queues %u allocations %u resources %u\n"
	       "sync objects %u shared handles %u\n"
	       "GPU VA bytes %llu IO space bytes %llu\n",
	       counts.processes, counts.devices, counts.contexts,
	       counts.hwqueues, counts.paging_queues, counts.allocations,
	       counts.resources, counts.sync_objects, counts.shared_handles,
	       (unsigned long long)counts.gpu_va_bytes,
	       (unsigned long long)counts.io_space_bytes);
	return 1;
}

int main(int argc, char **argv)
{
	const char *node = "/dev/hvloop", *profile = NULL;
	uint32_t megabytes, global = HVLOOP_CHANNEL_GLOBAL;
	struct daemon daemon;
	char error[200] = "";
	pthread_t reader;
	sigset_t signals;
	unsigned int i;
	int option, signal;

	while ((option = getopt(argc, argv, "cd:l:p:")) != -1) {
		if (option == 'c')
			return print_counts();
		else if (option == 'd')
			node = optarg;
		else if (option == 'l')
			lie_from_the_start(optarg);
		else if (option == 'p')
			profile = optarg;
		else
			usage();
	}
	if (optind != argc)
		usage();
	sigemptyset(&signals);
	sigaddset(&signals, SIGINT);
	sigaddset(&signals, SIGTERM);
	pthread_sigmask(SIG_BLOCK, &signals, NULL);

	daemon.fd = loop_open(node);
	daemon.host = dxghost_create(profile, &guest_ops, &daemon, error,
				     sizeof(error));
	if (!daemon.host) {
		fprintf(stderr, "dxghostd: %s\n", error);
		return 1;
	}
	megabytes = dxghost_mmio_megabytes(daemon.host);
	loop_control(daemon.fd, HVLOOP_SET_IO_SPACE, &megabytes,
		     "the machine has not so much IO space as the profile wants");
	dxghost_set_io_space(daemon.host, loop_map(daemon.fd, megabytes),
			     (size_t)megabytes << 20);
	if (pthread_create(&reader, NULL, read_packets, &daemon)) {
		fprintf(stderr, "dxghostd: no thread\n");
		return 1;
	}
	loop_control(daemon.fd, HVLOOP_OFFER, &global,
		     "the global channel cannot be offered");
	for (i = 0; i < dxghost_adapter_count(daemon.host); i++)
		offer_function(&daemon, i);
	if (control_start(daemon.host, daemon.fd, node))
		return 1;
	puts("dxghostd: ready");
	fflush(stdout);
	sigwait(&signals, &signal);
	return 0;
}
