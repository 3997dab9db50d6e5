/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* Questions about an adapter's properties. */
#ifndef DXGK_QUERY_INFO_H
#define DXGK_QUERY_INFO_H

#include <linux/types.h>

struct dxgk_adapter;
struct dxgk_message;
struct dxgk_process;

/**
 * dxgk_query_message() - QUERYADAPTERINFO, with room for its reply
 * @message: to be ended with dxgk_message_end() also on failure
 * @type: DXG_QAI_...
 * @size: of the payload, question and answer alike
 * @ret_payload: its zeroed bytes, for the question
 */
int dxgk_query_message(struct dxgk_message *message,
		       struct dxgk_process *process,
		       struct dxgk_adapter *adapter, u32 type, u32 size,
		       void **ret_payload);
/* Bytes of status before the payload in the reply: older hosts send none. */
u32 dxgk_query_status_size(const struct dxgk_adapter *adapter);

#endif /* DXGK_QUERY_INFO_H */
