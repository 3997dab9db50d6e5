/* SPDX-License-Identifier: MIT */
/* Looks the knobs up at run time, so that the tests link to libdxg alone. */
#include "t.h"

#include <dlfcn.h>

static void find(void *library, const char *name, void *ret_function)
{
	void *symbol = dlsym(library, name);

	if (!symbol)
		print_error("%s\n", dlerror());
	assert_non_null(symbol);
	memcpy(ret_function, &symbol, sizeof(symbol));
}

bool t_device_is_soft(void)
{
	const char *device = getenv("DXG_DEVICE");

	return device && !strncmp(device, "soft", 4) &&
	       (!device[4] || device[4] == ':');
}

const struct t_soft *t_soft_if_any(void)
{
	static struct t_soft soft;
	const char *name = getenv("DXG_SOFT_LIBRARY");
	void *library;

	if (!t_device_is_soft())
		return NULL;
	if (soft.host_objects)
		return &soft;
	library = dlopen(name ? name : "libdxg-soft.so", RTLD_NOW | RTLD_LOCAL);
	if (!library)
		print_error("%s\n", dlerror());
	assert_non_null(library);
	find(library, "dxg_soft_message_stats", &soft.message_stats);
	find(library, "dxg_soft_message_stats_reset", &soft.message_stats_reset);
	find(library, "dxg_soft_fail_allocation", &soft.fail_allocation);
	find(library, "dxg_soft_fail_message", &soft.fail_message);
	find(library, "dxg_soft_driver_blocks", &soft.driver_blocks);
	find(library, "dxg_soft_set_profile", &soft.set_profile);
	find(library, "dxg_soft_open", &soft.open);
	find(library, "dxg_soft_ioctl", &soft.ioctl);
	find(library, "dxg_soft_close", &soft.close);
	find(library, "dxg_soft_remove_adapter", &soft.remove_adapter);
	find(library, "dxg_soft_return_adapter", &soft.return_adapter);
	find(library, "dxg_soft_host_objects", &soft.host_objects);
	return &soft;
}

const struct t_soft *t_soft_or_skip(void)
{
	const struct t_soft *soft = t_soft_if_any();

	if (!soft) {
		print_message("skipped: needs DXG_DEVICE=soft\n");
		skip();
	}
	return soft;
}

uint64_t t_count_messages(t_message_stats *ask, uint32_t command)
{
	struct dxg_soft_message_stats stats;

	assert_int_equal(ask(DXG_SOFT_CHANNEL_VGPU, command, &stats), 0);
	return stats.messages;
}

uint64_t t_soft_messages(uint32_t command)
{
	return t_count_messages(t_soft_or_skip()->message_stats, command);
}

struct dxg_soft_message_stats t_soft_traffic(void)
{
	/* more than there are commands; those of the machine begin at 1000 */
	static const uint32_t firsts[] = {
		[DXG_SOFT_CHANNEL_VGPU] = 0, [DXG_SOFT_CHANNEL_GLOBAL] = 1000,
	};
	const struct t_soft *soft = t_soft_or_skip();
	struct dxg_soft_message_stats sum = { 0 }, one;
	uint32_t kind, i;

	for (kind = 0; kind < 2; kind++) {
		for (i = 0; i < 256; i++) {
			if (soft->message_stats(kind, firsts[kind] + i, &one))
				continue;
			sum.messages += one.messages;
			sum.round_trips += one.round_trips;
			sum.bytes_to_host += one.bytes_to_host;
			sum.bytes_to_guest += one.bytes_to_guest;
		}
	}
	return sum;
}
