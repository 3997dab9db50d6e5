/* SPDX-License-Identifier: MIT */
/*
 * What libdxg adds to an ioctl(2): the same request on the same descriptor,
 * through D3DKMTCloseAdapter() and bare, in turns. The node is one that refuses
 * every request at once, so that little hides the difference: /dev/null, or what
 * DXG_DEVICE names.
 */
#include <dirent.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <sys/ioctl.h>

#include <dxg/d3dkmthk.h>
#include <dxg/dxg.h>
#include <dxg/uapi.h>

#define ROUNDS 401
#define CALLS 5000
#define TARGET 1.02

static uint64_t allocated;

#ifdef __GLIBC__
void *__libc_malloc(size_t size);

void *malloc(size_t size)
{
	allocated += size;
	return __libc_malloc(size);
}
#endif

static double now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec * 1e9 + (double)now.tv_nsec;
}

/* libdxg's descriptor: the one open file of that name. */
static int find_descriptor(const char *device)
{
	DIR *directory = opendir("/proc/self/fd");
	char target[PATH_MAX];
	struct dirent *entry;
	ssize_t length;
	int fd = -1;

	if (!directory)
		return -1;
	while ((entry = readdir(directory))) {
		length = readlinkat(dirfd(directory), entry->d_name, target, sizeof(target) - 1);
		if (length < 0)
			continue;
		target[length] = 0;
		if (!strcmp(target, device) && atoi(entry->d_name) > STDERR_FILENO)
			fd = atoi(entry->d_name);
	}
	closedir(directory);
	return fd;
}

__attribute__((noinline)) static double time_bare(int fd)
{
	D3DKMT_CLOSEADAPTER args = { 0 };
	double start = now_ns();
	int i;

	for (i = 0; i < CALLS; i++)
		ioctl(fd, LX_DXCLOSEADAPTER, &args);
	return (now_ns() - start) / CALLS;
}

__attribute__((noinline)) static double time_library(void)
{
	D3DKMT_CLOSEADAPTER args = { 0 };
	double start = now_ns();
	int i;

	for (i = 0; i < CALLS; i++)
		D3DKMTCloseAdapter(&args);
	return (now_ns() - start) / CALLS;
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a;
	double y = *(const double *)b;

	return (x > y) - (x < y);
}

static double median(double *values)
{
	qsort(values, ROUNDS, sizeof(*values), compare);
	return values[ROUNDS / 2];
}

int main(void)
{
	static double bare[ROUNDS], library[ROUNDS], ratio[ROUNDS];
	const char *device = getenv("DXG_DEVICE");
	D3DKMT_CLOSEADAPTER args = { 0 };
	uint64_t before;
	double result;
	int round;
	int fd;

	if (!device || *device != '/')
		device = "/dev/null";
	if (dxg_set_device(device) < 0)
		return 1;
	D3DKMTCloseAdapter(&args);
	fd = find_descriptor(device);
	if (fd < 0) {
		fprintf(stderr, "skipped: %s\n", dxg_last_error_text());
		return 77;
	}

	time_bare(fd);
	time_library();
	before = allocated;
	for (round = 0; round < ROUNDS; round++) {
		/* Whoever comes second finds warmer caches: take turns. */
		if (round % 2) {
			bare[round] = time_bare(fd);
			library[round] = time_library();
		} else {
			library[round] = time_library();
			bare[round] = time_bare(fd);
		}
		ratio[round] = library[round] / bare[round];
	}
	before = allocated - before;
	result = median(ratio);
	printf("%s, %d rounds of %d calls, medians\n", device, ROUNDS, CALLS);
	printf("ioctl(2)              %8.2f ns\n", median(bare));
	printf("D3DKMTCloseAdapter()  %8.2f ns\n", median(library));
	printf("ratio                 %8.4f (target: at most %.2f)\n", result, TARGET);
	printf("allocated             %8llu bytes\n", (unsigned long long)before);
	return 0;
}
