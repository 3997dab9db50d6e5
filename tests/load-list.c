/* SPDX-License-Identifier: MIT */
/* All rows of load.h. */
#include "load.h"

unsigned int load_list(struct load ret_loads[LOADS_MAX])
{
	static const struct load *const rooms[] = {
		load_objects, load_memory, load_work, load_share,
	};
	unsigned int i, count = 0;
	const struct load *load;

	for (i = 0; i < sizeof(rooms) / sizeof(rooms[0]); i++) {
		for (load = rooms[i]; load->name; load++) {
			assert_true(count < LOADS_MAX);
			ret_loads[count++] = *load;
		}
	}
	return count;
}
