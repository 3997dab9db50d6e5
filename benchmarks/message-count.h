/* SPDX-License-Identifier: MIT */
/* The embedded device's counters of messages, summed over all commands. */
#ifndef MESSAGE_COUNT_H
#define MESSAGE_COUNT_H

#include <dxg/soft.h>

/* Finds the counters of the very library that libdxg loads; once, first. */
void message_count_load(void);

/* Everything on both channels since the device was opened. */
struct dxg_soft_message_stats message_count_all(void);

/* What came in between: the second minus the first. */
struct dxg_soft_message_stats
message_count_between(const struct dxg_soft_message_stats *before,
		      const struct dxg_soft_message_stats *after);

/* Messages of one command: DXG_SOFT_CHANNEL_... and its number. */
uint64_t message_count_of(uint32_t channel_kind, uint32_t command);

#endif
