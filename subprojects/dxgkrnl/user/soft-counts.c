/* SPDX-License-Identifier: MIT */
/* Gives the host's counts in the form of dxg/soft.h. */
#include <dxghost/dxghost.h>

#include "soft-counts.h"

void soft_count_objects(struct dxghost *host,
			struct dxg_soft_object_counts *ret_counts)
{
	struct dxghost_object_counts counts;

	dxghost_object_counts(host, &counts);
	*ret_counts = (struct dxg_soft_object_counts){
		.processes = counts.processes,
		.adapters = counts.adapters,
		.devices = counts.devices,
		.contexts = counts.contexts,
		.hwqueues = counts.hwqueues,
		.paging_queues = counts.paging_queues,
		.allocations = counts.allocations,
		.resources = counts.resources,
		.sync_objects = counts.sync_objects,
		.shared_handles = counts.shared_handles,
		.gpu_va_bytes = counts.gpu_va_bytes,
		.io_space_bytes = counts.io_space_bytes,
	};
}

int soft_count_messages(struct dxghost *host, uint32_t channel_kind,
			uint32_t command,
			struct dxg_soft_message_stats *ret_stats)
{
	struct dxghost_message_stats stats;
	int error;

	error = dxghost_message_stats(host, channel_kind, command, &stats);
	if (error)
		return error;
	*ret_stats = (struct dxg_soft_message_stats){
		.messages = stats.messages,
		.round_trips = stats.round_trips,
		.bytes_to_host = stats.bytes_to_host,
		.bytes_to_guest = stats.bytes_to_guest,
	};
	return 0;
}
