/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* Questions about an adapter: its properties, clocks and features. */

#include <linux/build_bug.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/string.h>

#include "dxgkrnl.h"
#include "ioctl.h"
#include "message.h"
#include "query-info.h"

/* The base structure's padding goes along: see wire.h. */
#define DXGK_QUERY_SIZE(data_size)	(39ull + (data_size))

/* Bits of D3DKMT_ADAPTERTYPE. */
#define DXGK_TYPE_DISPLAY		(1u << 1)
#define DXGK_TYPE_POST_DEVICE		(1u << 3)
#define DXGK_TYPE_INDIRECT_DISPLAY	(1u << 6)
#define DXGK_TYPE_PARAVIRTUALIZED	(1u << 7)
#define DXGK_TYPE_ACG			(1u << 8)
#define DXGK_TYPE_SET_TIMINGS		(1u << 9)
#define DXGK_TYPE_COMPUTE_ONLY		(1u << 11)

static bool dxgk_query_is_adapter_type(u32 type)
{
	return type == DXG_QAI_ADAPTERTYPE ||
	       type == DXG_QAI_ADAPTERTYPE_RENDER;
}

/* The host describes its own adapter; ours shows nothing, and is virtual. */
static void dxgk_query_fix_adapter_type(const struct dxgk_adapter *adapter,
					void *data)
{
	u32 bits;

	memcpy(&bits, data, sizeof(bits));
	bits &= ~(DXGK_TYPE_DISPLAY | DXGK_TYPE_POST_DEVICE |
		  DXGK_TYPE_INDIRECT_DISPLAY | DXGK_TYPE_ACG |
		  DXGK_TYPE_SET_TIMINGS | DXGK_TYPE_COMPUTE_ONLY);
	bits |= DXGK_TYPE_PARAVIRTUALIZED;
	if (adapter->compute_only)
		bits |= DXGK_TYPE_COMPUTE_ONLY;
	memcpy(data, &bits, sizeof(bits));
}

u32 dxgk_query_status_size(const struct dxgk_adapter *adapter)
{
	return adapter->version >= DXGK_WIRE_VERSION ?
	       sizeof(struct dxgk_wire_status_reply) : 0;
}

int dxgk_query_message(struct dxgk_message *message,
		       struct dxgk_process *process,
		       struct dxgk_adapter *adapter, u32 type, u32 size,
		       void **ret_payload)
{
	struct dxgk_wire_queryadapterinfo *request;
	int ret;

	ret = dxgk_message_init(message, process, adapter,
				DXGK_CMD_QUERYADAPTERINFO,
				DXGK_QUERY_SIZE(size),
				(u64)dxgk_query_status_size(adapter) + size);
	if (ret)
		return ret;
	request = message->request;
	request->query_type = type;
	request->private_data_size = size;
	*ret_payload = request + 1;
	return 0;
}

/* Asks the host. @key: what a constant answer depends on, else NULL. */
static int dxgk_query_send(struct dxgk_process *process,
			   struct dxgk_adapter *adapter,
			   const struct d3dkmt_queryadapterinfo *args,
			   const struct dxgk_query_key *key)
{
	u32 status_size = dxgk_query_status_size(adapter);
	u32 size = args->private_data_size;
	struct dxgk_message message;
	void *payload;
	u8 *data;
	int ret;

	ret = dxgk_query_message(&message, process, adapter, args->type, size,
				 &payload);
	if (ret)
		goto out;
	if (key)
		dxgk_query_key_fill(key, payload);
	else
		ret = dxgk_copy_in(payload, args->private_data, size);
	if (ret)
		goto out;
	ret = status_size ? dxgk_message_send_status(&message) :
			    dxgk_message_send(&message);
	if (ret < 0)
		goto out;
	data = (u8 *)message.reply + status_size;
	if (dxgk_query_is_adapter_type(args->type))
		dxgk_query_fix_adapter_type(adapter, data);
	if (key && !ret)
		dxgk_query_cache_keep(&adapter->queries, key, data);
	if (dxgk_copy_out(args->private_data, data, size))
		ret = -EFAULT;
out:
	dxgk_message_end(&message);
	return ret;
}

static int dxgk_query_run(struct dxgk_process *process,
			  struct dxgk_adapter *adapter,
			  const struct d3dkmt_queryadapterinfo *args)
{
	struct dxgk_query_key key;
	int ret;

	/* Also when nothing need be asked. */
	if (!dxgk_adapter_is_active(adapter))
		return -ENODEV;
	ret = dxgk_query_key_read(args, &key);
	if (ret < 0)
		return ret;
	if (!ret)
		return dxgk_query_send(process, adapter, args, NULL);
	ret = dxgk_query_cache_answer(&adapter->queries, &key,
				      args->private_data);
	return ret == -ENOENT ?
	       dxgk_query_send(process, adapter, args, &key) : ret;
}

int dxgk_ioctl_query_adapter_info(struct dxgk_process *process, void *data)
{
	const struct d3dkmt_queryadapterinfo *args = data;
	struct dxgk_adapter *adapter;
	int ret;

	if (!args->private_data_size ||
	    args->private_data_size > DXG_MAX_HOST_MESSAGE)
		return -EINVAL;
	if (dxgk_query_is_adapter_type(args->type) &&
	    args->private_data_size < sizeof(u32))
		return -EINVAL;
	adapter = dxgk_adapter_lookup(process, args->adapter.v);
	if (!adapter)
		return -EINVAL;
	ret = dxgk_query_run(process, adapter, args);
	dxgk_adapter_put(adapter);
	return ret;
}

int dxgk_ioctl_clock_calibration(struct dxgk_process *process, void *data)
{
	struct d3dkmt_queryclockcalibration *args = data;
	const struct dxgk_wire_queryclockcalibration_reply *reply;
	struct dxgk_wire_queryclockcalibration *request;
	struct dxgk_message message;
	struct dxgk_adapter *adapter;
	int ret;

	static_assert(sizeof(args->clock_data) == sizeof(reply->clock_data));
	adapter = dxgk_adapter_lookup(process, args->adapter.v);
	if (!adapter)
		return -EINVAL;
	ret = dxgk_message_init(&message, process, adapter,
				DXGK_CMD_QUERYCLOCKCALIBRATION,
				sizeof(*request), sizeof(*reply));
	if (ret)
		goto out;
	request = message.request;
	request->args.adapter = adapter->host_handle;
	request->args.node_ordinal = args->node_ordinal;
	request->args.physical_adapter_index = args->physical_adapter_index;
	ret = dxgk_message_send_status(&message);
	reply = message.reply;
	if (ret >= 0)
		memcpy(&args->clock_data, &reply->clock_data,
		       sizeof(args->clock_data));
out:
	dxgk_message_end(&message);
	dxgk_adapter_put(adapter);
	return ret;
}

int dxgk_ioctl_feature_enabled(struct dxgk_process *process, void *data)
{
	struct d3dkmt_isfeatureenabled *args = data;
	const struct dxgk_wire_isfeatureenabled_reply *reply;
	struct dxgk_wire_isfeatureenabled *request;
	struct dxgk_message message;
	struct dxgk_adapter *adapter;
	int ret;

	adapter = dxgk_adapter_lookup(process, args->adapter.v);
	if (!adapter)
		return -EINVAL;
	ret = dxgk_message_init(&message, NULL, adapter,
				DXGK_CMD_ISFEATUREENABLED, sizeof(*request),
				sizeof(*reply));
	if (ret)
		goto out;
	request = message.request;
	request->feature_id = args->feature_id;
	ret = dxgk_message_send_status(&message);
	if (ret < 0)
		goto out;
	reply = message.reply;
	args->result.version = reply->result_version;
	args->result.value = reply->result_bits;
out:
	dxgk_message_end(&message);
	dxgk_adapter_put(adapter);
	return ret;
}
