/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* Questions about who uses an adapter, and how much. */
#ifndef DXGK_STATISTICS_H
#define DXGK_STATISTICS_H

#include <linux/types.h>

struct dxgk_adapter;
struct dxgk_message;
struct dxgk_process;

/**
 * dxgk_statistics_message() - QUERYSTATISTICS, with room for its reply
 * @message: to be ended with dxgk_message_end() also on failure
 * @target: which process it is about, if the type is of one
 * @type: DXG_QUERYSTATISTICS_...
 * @input: segment, node or the like, where the type has one
 */
int dxgk_statistics_message(struct dxgk_message *message,
			    struct dxgk_process *target,
			    struct dxgk_adapter *adapter, u32 type, u32 input);

#endif /* DXGK_STATISTICS_H */
