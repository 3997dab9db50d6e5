/* SPDX-License-Identifier: MIT */
/* Counts the host's objects, and says which are left. */
#include "t.h"
#include "t-leak.h"

void t_count_objects(struct dxg_soft_object_counts *ret_counts)
{
	const struct t_host *host = t_host_if_any();

	memset(ret_counts, 0, sizeof(*ret_counts));
	if (host)
		assert_int_equal(host->objects(ret_counts), 0);
}

static void print_leak(const char *what, uint64_t before, uint64_t after)
{
	if (before != after)
		print_error("leak: %s: %llu before, %llu after\n", what,
			    (unsigned long long)before,
			    (unsigned long long)after);
}

static void print_leaks(const struct dxg_soft_object_counts *before,
			const struct dxg_soft_object_counts *after)
{
	print_leak("processes", before->processes, after->processes);
	print_leak("adapters", before->adapters, after->adapters);
	print_leak("devices", before->devices, after->devices);
	print_leak("contexts", before->contexts, after->contexts);
	print_leak("hwqueues", before->hwqueues, after->hwqueues);
	print_leak("paging queues", before->paging_queues, after->paging_queues);
	print_leak("allocations", before->allocations, after->allocations);
	print_leak("resources", before->resources, after->resources);
	print_leak("sync objects", before->sync_objects, after->sync_objects);
	print_leak("shared handles", before->shared_handles, after->shared_handles);
	print_leak("GPU VA bytes", before->gpu_va_bytes, after->gpu_va_bytes);
	print_leak("IO space bytes", before->io_space_bytes, after->io_space_bytes);
}

bool t_objects_are_as_before(const struct dxg_soft_object_counts *before)
{
	struct dxg_soft_object_counts after;
	unsigned int step = 1;
	uint64_t end = t_now_ms() + T_TIMEOUT_MS;

	/* by the clock: in an emulated machine each question takes a while */
	do {
		t_count_objects(&after);
		if (!memcmp(before, &after, sizeof(after)))
			return true;
		/* less and less often: a look costs the host something, too */
		t_sleep_ms(step);
		if (step < 100)
			step++;
	} while (t_now_ms() <= end);
	print_leaks(before, &after);
	return false;
}

void t_expect_empty_host(void)
{
	struct dxg_soft_object_counts counts, none;

	t_count_objects(&counts);
	memset(&none, 0, sizeof(none));
	none.adapters = counts.adapters;
	assert_true(t_objects_are_as_before(&none));
}
