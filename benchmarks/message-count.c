/* SPDX-License-Identifier: MIT */
/* Looks the counters up at run time: programs link to libdxg alone. */
#include "message-count.h"

#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>

#include "../examples/common.h"

/* More than there are commands; those of the virtual machine begin at 1000. */
#define VGPU_COMMANDS		256u
#define GLOBAL_FIRST		1000u
#define GLOBAL_COMMANDS		256u

static int (*message_stats)(uint32_t channel_kind, uint32_t command,
			    struct dxg_soft_message_stats *ret_stats);

void message_count_load(void)
{
	const char *name = getenv("DXG_SOFT_LIBRARY");
	void *library = dlopen(name ? name : "libdxg-soft.so", RTLD_NOW);
	void *symbol;

	if (!library)
		common_die(dlerror());
	symbol = dlsym(library, "dxg_soft_message_stats");
	if (!symbol)
		common_die(dlerror());
	memcpy(&message_stats, &symbol, sizeof(symbol));
}

/* What is no command, or is asked before a device is open, counts nothing. */
static void add(struct dxg_soft_message_stats *sum, uint32_t kind,
		uint32_t first, uint32_t count)
{
	struct dxg_soft_message_stats one;
	uint32_t command;

	for (command = first; command < first + count; command++) {
		if (message_stats(kind, command, &one))
			continue;
		sum->messages += one.messages;
		sum->round_trips += one.round_trips;
		sum->bytes_to_host += one.bytes_to_host;
		sum->bytes_to_guest += one.bytes_to_guest;
	}
}

struct dxg_soft_message_stats message_count_all(void)
{
	struct dxg_soft_message_stats sum = { 0 };

	add(&sum, DXG_SOFT_CHANNEL_VGPU, 0, VGPU_COMMANDS);
	add(&sum, DXG_SOFT_CHANNEL_GLOBAL, GLOBAL_FIRST, GLOBAL_COMMANDS);
	return sum;
}

struct dxg_soft_message_stats
message_count_between(const struct dxg_soft_message_stats *before,
		      const struct dxg_soft_message_stats *after)
{
	return (struct dxg_soft_message_stats){
		.messages = after->messages - before->messages,
		.round_trips = after->round_trips - before->round_trips,
		.bytes_to_host = after->bytes_to_host - before->bytes_to_host,
		.bytes_to_guest = after->bytes_to_guest -
				  before->bytes_to_guest,
	};
}

uint64_t message_count_of(uint32_t channel_kind, uint32_t command)
{
	struct dxg_soft_message_stats stats;

	if (message_stats(channel_kind, command, &stats))
		return 0;
	return stats.messages;
}
