/* SPDX-License-Identifier: MIT */
/* The home in user space, which has knobs to make things fail. */
#include "fail-nth.h"

static void arm(enum nth_fault fault, uint64_t nth)
{
	const struct t_soft *soft = t_soft_or_skip();

	if (fault == NTH_NO_MEMORY)
		soft->fail_allocation(nth);
	else
		soft->fail_message(nth, nth_faults[fault].how);
}

/* What the fault has caused is done then. */
static bool disarm(enum nth_fault fault)
{
	const struct t_soft *soft = t_soft_or_skip();

	if (fault == NTH_NO_MEMORY)
		return !soft->fail_allocation(0);
	return !soft->fail_message(0, nth_faults[fault].how);
}

const struct nth_home *nth_home_or_skip(void)
{
	static struct nth_home home;
	const struct t_soft *soft = t_soft_or_skip();

	home = (struct nth_home){
		.open = soft->open,
		.ioctl = soft->ioctl,
		.close = soft->close,
		.set_profile = soft->set_profile,
		.objects = soft->host_objects,
		.message_stats = soft->message_stats,
		.blocks = soft->driver_blocks,
		.arm = arm,
		.disarm = disarm,
	};
	return &home;
}
