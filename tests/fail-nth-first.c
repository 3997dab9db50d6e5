/* SPDX-License-Identifier: MIT */
/* What makes a process known to the host, the first adapter that it opens. */
#include "fail-nth.h"

#include <errno.h>

#define ADAPTERS 4

/* How many, or -errno. */
static int enumerate(const struct nth_home *home, int fd)
{
	struct d3dkmt_adapterinfo adapters[ADAPTERS];
	struct d3dkmt_enumadapters2 args = {
		.num_adapters = ADAPTERS,
		.adapters = NTH_POINTER(adapters),
	};

	if (home->ioctl(fd, LX_DXENUMADAPTERS2, &args) < 0)
		return -errno;
	return (int)args.num_adapters;
}

static void check_answer(enum nth_fault fault, bool was_hit, int result)
{
	if (!was_hit)
		assert_int_equal(result, 1);
	else if (fault != NTH_KERNEL)
		assert_int_equal(result, nth_faults[fault].answer);
	else
		assert_true(result == 1 || result == -ENOMEM ||
			    result == -EFAULT);
}

bool nth_try_first_adapter(enum nth_fault fault, unsigned int nth)
{
	const struct nth_home *home = nth_home_or_skip();
	int fd = home->open();
	bool was_hit;
	int result;

	assert_true(fd >= 0);
	home->arm(fault, nth);
	result = enumerate(home, fd);
	was_hit = home->disarm(fault);
	check_answer(fault, was_hit, result);
	/* the next one works, if there is anything left to work on */
	assert_int_equal(enumerate(home, fd),
			 was_hit && fault == NTH_GONE ? 0 : 1);
	assert_int_equal(home->close(fd), 0);
	return was_hit;
}
