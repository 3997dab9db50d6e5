/* SPDX-License-Identifier: MIT */
/* What the host counts, as those see it who look behind the device. */
#ifndef DXGK_USER_SOFT_COUNTS_H
#define DXGK_USER_SOFT_COUNTS_H

#include <stdint.h>

#include <dxg/soft.h>

struct dxghost;

void soft_count_objects(struct dxghost *host,
			struct dxg_soft_object_counts *ret_counts);
/* 0, or -EINVAL for a number that is no command. */
int soft_count_messages(struct dxghost *host, uint32_t channel_kind,
			uint32_t command,
			struct dxg_soft_message_stats *ret_stats);

#endif
