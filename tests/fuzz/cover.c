/* SPDX-License-Identifier: MIT */
/* KCOV: places in the modules where this thread has been. */
#include "node.h"

#include <fcntl.h>
#include <unistd.h>

#include <linux/kcov.h>
#include <sys/ioctl.h>
#include <sys/mman.h>

#define PLACES	(64u << 10)
/* Places by a number that is made of their address. */
#define SEEN_BITS 16

static unsigned long *cover;
static uint8_t seen[1u << SEEN_BITS];
static unsigned int count;

bool fuzz_cover_start(void)
{
	int fd = open("/sys/kernel/debug/kcov", O_RDWR | O_CLOEXEC);

	if (fd < 0)
		return false;
	if (!ioctl(fd, KCOV_INIT_TRACE, PLACES)) {
		cover = mmap(NULL, PLACES * sizeof(*cover), PROT_READ | PROT_WRITE,
			     MAP_SHARED, fd, 0);
		if (cover == MAP_FAILED)
			cover = NULL;
		else if (ioctl(fd, KCOV_ENABLE, KCOV_TRACE_PC))
			cover = NULL;
	}
	if (!cover)
		close(fd);
	return cover;
}

void fuzz_cover_begin(void)
{
	if (cover)
		__atomic_store_n(&cover[0], 0, __ATOMIC_RELAXED);
}

static bool add(uint64_t place)
{
	size_t at = place * 0x9e3779b97f4a7c15u >> (64 - SEEN_BITS);

	if (seen[at])
		return false;
	seen[at] = 1;
	count++;
	return true;
}

bool fuzz_cover_end(void)
{
	unsigned long places, i;
	bool is_new = false;

	if (!cover)
		return false;
	places = __atomic_load_n(&cover[0], __ATOMIC_RELAXED);
	for (i = 1; i <= places && i < PLACES; i++)
		if (add(cover[i]))
			is_new = true;
	return is_new;
}

unsigned int fuzz_cover_count(void)
{
	return count;
}
