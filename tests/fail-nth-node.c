/* SPDX-License-Identifier: MIT */
/*
 * The home in a kernel with fault injection. Its fail-nth is of the thread, so
 * that nothing fails but what the thread's own calls ask for.
 */
#include "fail-nth.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include <sys/ioctl.h>

#define FAIL_NTH	"/proc/thread-self/fail-nth"
#define DEBUGFS		"/sys/kernel/debug/"

/* Asked for once: a host that cannot be asked later is no reason to skip. */
static const struct t_host *host;

static int open_node(void)
{
	const char *name = getenv("DXG_DEVICE");

	return open(name ? name : "/dev/dxg", O_RDWR | O_CLOEXEC);
}

static int ask_node(int fd, unsigned long request, void *args)
{
	return ioctl(fd, request, args);
}

/* What the host has when nobody uses it: the driver's adapter, what was given away. */
static struct dxg_soft_object_counts idle;

static int objects(struct dxg_soft_object_counts *ret_counts)
{
	int result = host->objects(ret_counts);

	ret_counts->adapters -= idle.adapters;
	ret_counts->shared_handles -= idle.shared_handles;
	ret_counts->io_space_bytes -= idle.io_space_bytes;
	return result;
}

/* The host starts anew, which takes its time, only if it has to be another. */
static int set_profile(const char *text)
{
	static const char *current;

	if (text != current && t_host_daemon_use_profile(text))
		return -1;
	current = text;
	return host->objects(&idle);
}

static uint64_t no_blocks(void)
{
	return 0;
}

static int fail_nth(void)
{
	static int fd = -1;

	if (fd < 0)
		fd = open(FAIL_NTH, O_RDWR | O_CLOEXEC);
	return fd;
}

static void arm(enum nth_fault fault, uint64_t nth)
{
	char text[24];
	int size = snprintf(text, sizeof(text), "%llu", (unsigned long long)nth);

	assert_int_equal(fault, NTH_KERNEL);
	assert_int_equal(pwrite(fail_nth(), text, (size_t)size, 0), size);
}

/*
 * What is left of the count. To read and to write it are copies as well: each
 * counts, and is the one that fails when it is the last.
 */
static bool disarm(enum nth_fault fault)
{
	char text[24] = "";
	ssize_t size = pread(fail_nth(), text, sizeof(text) - 1, 0);

	(void)fault;
	if (size < 0) {
		assert_int_equal(errno, EFAULT);
		return false;
	}
	if (!strtoull(text, NULL, 10))
		return true;
	if (pwrite(fail_nth(), "0", 1, 0) < 0)
		assert_int_equal(errno, EFAULT);
	return false;
}

static bool write_text(const char *name, const char *text)
{
	int fd = open(name, O_WRONLY | O_CLOEXEC);
	bool written;

	if (fd < 0)
		return false;
	written = write(fd, text, strlen(text)) == (ssize_t)strlen(text);
	close(fd);
	return written;
}

/* All allocations, also those that could wait for memory; without a word. */
static bool prepare_kernel(void)
{
	return write_text(DEBUGFS "failslab/ignore-gfp-wait", "N") &&
	       write_text(DEBUGFS "failslab/verbose", "0") &&
	       write_text(DEBUGFS "fail_page_alloc/ignore-gfp-wait", "N") &&
	       write_text(DEBUGFS "fail_page_alloc/ignore-gfp-highmem", "N") &&
	       write_text(DEBUGFS "fail_page_alloc/min-order", "0") &&
	       write_text(DEBUGFS "fail_page_alloc/verbose", "0") &&
	       write_text(DEBUGFS "fail_usercopy/verbose", "0");
}

const char *nth_node_unfit(void)
{
	host = t_device_is_soft() ? NULL : t_host_if_any();
	if (!host)
		return "needs a node, and the software host behind it";
	if (fail_nth() < 0)
		return "needs a kernel with fault injection";
	if (!prepare_kernel())
		return "needs debugfs with failslab, fail_page_alloc and fail_usercopy";
	return NULL;
}

const struct nth_home *nth_home_or_skip(void)
{
	static struct nth_home home;

	home = (struct nth_home){
		.open = open_node,
		.ioctl = ask_node,
		.close = close,
		.set_profile = set_profile,
		.objects = objects,
		.message_stats = host->message_stats,
		.blocks = no_blocks,
		.arm = arm,
		.disarm = disarm,
	};
	return &home;
}
