/* SPDX-License-Identifier: MIT */
/*
 * A node of the kernel's with dxghostd behind it. Nothing sits between driver and
 * host here, so a wait that nobody would end is ended by a signal.
 */
#include "device.h"

#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/time.h>

#include "../lib/t-check.h"
#include "../lib/t-host.h"
#include "node.h"
#include "transport.h"

#define SIGNALS_US	4000
/* Inputs after which mappings that the driver has revoked are taken away. */
#define UNMAP_EACH	100u
/* And another machine is taken, which is half a second's work. */
#define MACHINE_EACH	500u

bool fuzz_transport_ends_waits;

static struct dxg_soft_object_counts before;
static bool is_known, is_used;
static unsigned int inputs;

void fuzz_fail(const char *what)
{
	fprintf(stderr, "fuzz: %s\n", what);
	fuzz_node_show_input();
	abort();
}

void fuzz_transport_lies(struct fuzz_input *input, bool from_start)
{
	(void)input;
	(void)from_start;
}

void fuzz_transport_orphans(void)
{
}

void fuzz_transport_forget(void)
{
}

static void ignore(int number)
{
	(void)number;
}

static void let_signals(int how)
{
	sigset_t alarm;

	sigemptyset(&alarm);
	sigaddset(&alarm, SIGALRM);
	sigprocmask(how, &alarm, NULL);
}

void fuzz_node_start(void)
{
	const struct itimerval often = {
		.it_interval.tv_usec = SIGNALS_US,
		.it_value.tv_usec = SIGNALS_US,
	};
	/* Not restarted: that ends a wait. */
	const struct sigaction action = { .sa_handler = ignore };

	let_signals(SIG_BLOCK);
	if (sigaction(SIGALRM, &action, NULL) ||
	    setitimer(ITIMER_REAL, &often, NULL))
		abort();
}

int fuzz_device_open(void)
{
	const char *node = getenv("DXG_DEVICE");

	return open(node ? node : "/dev/dxg", O_RDWR | O_CLOEXEC);
}

int fuzz_device_ioctl(int fd, unsigned long request, void *args)
{
	int result;

	let_signals(SIG_UNBLOCK);
	result = ioctl(fd, request, args);
	let_signals(SIG_BLOCK);
	return result;
}

void fuzz_device_close(int fd)
{
	close(fd);
}

void fuzz_device_settle(void)
{
}

static void unmap_all(void)
{
	FILE *maps = fopen("/proc/self/maps", "re");
	unsigned long start, end;
	char line[512], how[5];

	if (!maps)
		fuzz_fail("no list of mappings");
	while (fgets(line, sizeof(line), maps))
		if (sscanf(line, "%lx-%lx %4s", &start, &end, how) == 3 &&
		    how[3] == 's' && strstr(line, "dxg"))
			munmap((void *)start, end - start);
	fclose(maps);
}

static bool ask_host(struct dxg_soft_object_counts *ret_counts)
{
	const struct t_host *host = t_host_daemon();

	return host && !host->objects(ret_counts);
}

static void use_machine(unsigned int choice)
{
	const char *profile = fuzz_profiles[choice];

	if (t_host_daemon_use_profile(profile) ||
	    t_host_daemon_wait_for_adapters(profile))
		fuzz_fail("the host does not start anew");
	is_known = false;
}

/* What the input chooses would take too long. */
void fuzz_device_choose(unsigned int choice, bool fresh)
{
	(void)choice;
	(void)fresh;
	if (inputs % UNMAP_EACH == 0)
		unmap_all();
	if (inputs % MACHINE_EACH == 0)
		use_machine(inputs / MACHINE_EACH % FUZZ_PROFILES);
	inputs++;
	if (is_known)
		return;
	if (!ask_host(&before))
		fuzz_fail("there is no host");
	is_known = true;
}

/* Something is left in the host for good. */
void fuzz_device_stop(void)
{
	is_known = false;
	is_used = true;
}

void fuzz_node_end(void)
{
	if (is_used)
		use_machine(0);
}

bool fuzz_device_is_clean(bool patient)
{
	uint64_t end = t_now_ms() + T_TIMEOUT_MS;
	struct dxg_soft_object_counts now;

	while (ask_host(&now)) {
		if (!memcmp(&now, &before, sizeof(now)))
			return true;
		if (!patient || t_now_ms() > end)
			return false;
		t_sleep_ms(1);
	}
	return false;
}
