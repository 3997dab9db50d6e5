/* SPDX-License-Identifier: MIT */
/* The embedded device: keeps a machine up by a descriptor of a shared object, in no process. */
#include "device.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <dxg/soft.h>
#include <dxg/uapi.h>

/* After so many inputs comes another machine, to see that one go. */
#define INPUTS		200u
#define PATIENCE_MS	2000u

static int anchor = -1;
static unsigned int current, inputs;
static struct dxg_soft_object_counts before;

void fuzz_fail(const char *what)
{
	fprintf(stderr, "fuzz: %s\n", what);
	abort();
}

int fuzz_device_open(void)
{
	return dxg_soft_open();
}

int fuzz_device_ioctl(int fd, unsigned long request, void *args)
{
	return dxg_soft_ioctl(fd, request, args);
}

void fuzz_device_close(int fd)
{
	dxg_soft_close(fd);
}

/* Any call notices it. */
void fuzz_device_settle(void)
{
	dxg_soft_host_objects(&(struct dxg_soft_object_counts){ 0 });
}

static void must(int fd, unsigned long request, void *args)
{
	if (dxg_soft_ioctl(fd, request, args) >= 0)
		return;
	perror("fuzz: request to bring up the device");
	abort();
}

/* Its last process gone, a machine lives as long as an object is shared. */
static int make_anchor(int fd)
{
	struct d3dkmt_adapterinfo info[2];
	struct d3dkmt_enumadapters3 adapters = {
		.filter = DXG_ENUMADAPTERS_FILTER_INCLUDE_COMPUTE_ONLY,
		.adapter_count = 2,
		.adapters = (uintptr_t)info,
	};
	struct d3dkmt_createdevice device = { .reserved = 0 };
	struct d3dkmt_createsynchronizationobject2 sync = {
		.info.type = DXG_SYNC_TYPE_MONITORED_FENCE,
		.info.flags = DXG_SYNC_OBJECT_SHARED |
			      DXG_SYNC_OBJECT_NT_SECURITY_SHARING,
	};
	uint64_t shared = 0;
	struct d3dkmt_shareobjects share = {
		.object_count = 1,
		.shared_handle = (uintptr_t)&shared,
	};

	must(fd, LX_DXENUMADAPTERS3, &adapters);
	device.adapter = info[0].adapter_handle;
	must(fd, LX_DXCREATEDEVICE, &device);
	sync.device = device.device;
	must(fd, LX_DXCREATESYNCHRONIZATIONOBJECT, &sync);
	share.objects = (uintptr_t)&sync.sync_object;
	must(fd, LX_DXSHAREOBJECTS, &share);
	return (int)shared;
}

static void start(void)
{
	int fd = dxg_soft_open();

	if (fd < 0)
		fuzz_fail("the device does not open");
	anchor = make_anchor(fd);
	dxg_soft_close(fd);
	dxg_soft_host_objects(&before);
	inputs = 0;
}

void fuzz_device_stop(void)
{
	if (anchor >= 0)
		close(anchor);
	anchor = -1;
	memset(&before, 0, sizeof(before));
	fuzz_device_settle();
}

void fuzz_device_choose(unsigned int choice, bool fresh)
{
	if (choice >= FUZZ_PROFILES)
		choice = 0;
	if (anchor >= 0 && !fresh && choice == current && ++inputs < INPUTS)
		return;
	fuzz_device_stop();
	current = choice;
	/* A descriptor that was forgotten keeps the machine. */
	if (dxg_soft_set_profile(fuzz_profiles[choice]))
		fuzz_fail("the device is still open");
	if (!fresh)
		start();
}

static bool is_as_before(struct dxg_soft_object_counts *now)
{
	dxg_soft_host_objects(now);
	return !memcmp(now, &before, sizeof(before));
}

bool fuzz_device_is_clean(bool patient)
{
	const struct timespec pause = { .tv_nsec = 1000000 };
	struct dxg_soft_object_counts now;
	unsigned int ms;

	for (ms = 0; !is_as_before(&now); ms++) {
		if (!patient)
			return false;
		if (ms == PATIENCE_MS) {
			fprintf(stderr, "processes %u, devices %u, "
				"contexts %u, queues %u, paging queues %u, "
				"allocations %u, resources %u, sync %u, "
				"shared %u\n", now.processes, now.devices,
				now.contexts, now.hwqueues, now.paging_queues,
				now.allocations, now.resources,
				now.sync_objects, now.shared_handles);
			return false;
		}
		nanosleep(&pause, NULL);
	}
	return true;
}
