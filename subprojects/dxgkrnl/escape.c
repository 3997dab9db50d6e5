/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* Escapes: a driver's private talk with its other half on the host. */

#include <linux/build_bug.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/string.h>

#include "dxgkrnl.h"
#include "ioctl.h"
#include "message.h"

/* The base structure's padding goes along: see wire.h. */
#define DXGK_ESCAPE_SIZE(data_size)	(55ull + (data_size))

#define DXGK_ESCAPE_DRIVER_PRIVATE	0u
#define DXGK_TEST_BUFFER_MIN		4u

/* Room for @size bytes in both directions; the data follows the request. */
static int dxgk_escape_init(struct dxgk_message *message,
			    struct dxgk_process *process,
			    struct dxgk_adapter *adapter,
			    const struct d3dkmt_escape *args, u32 size)
{
	struct dxgk_wire_escape *request;
	int ret;

	ret = dxgk_message_init(message, process, adapter, DXGK_CMD_ESCAPE,
				DXGK_ESCAPE_SIZE(size), size);
	if (ret)
		return ret;
	request = message->request;
	request->adapter = adapter->host_handle;
	request->device = args->device.v;
	request->type = args->type;
	request->flags = args->flags;
	request->priv_drv_data_size = size;
	request->context = args->context.v;
	return 0;
}

/* @known: what the data began with when it was looked at, or NULL. */
static int dxgk_escape_pass(struct dxgk_process *process,
			    struct dxgk_adapter *adapter,
			    const struct d3dkmt_escape *args, const u32 *known)
{
	u32 size = args->priv_drv_data_size;
	struct dxgk_wire_escape *request;
	struct dxgk_message message;
	int ret;

	ret = dxgk_escape_init(&message, process, adapter, args, size);
	if (ret)
		goto out;
	request = message.request;
	ret = dxgk_copy_in(request + 1, args->priv_drv_data, size);
	if (!ret && known)
		memcpy(request + 1, known, sizeof(*known));
	if (!ret)
		ret = dxgk_message_send(&message);
	if (!ret)
		ret = dxgk_copy_out(args->priv_drv_data, message.reply, size);
out:
	dxgk_message_end(&message);
	return ret;
}

/* What came back: both sizes, and as much of both areas as was asked for. */
static int
dxgk_escape_test_copy_out(const struct d3dkmt_escape *args,
			  const struct d3dddi_buildtestcommandbuffer *asked,
			  const struct d3dddi_buildtestcommandbuffer *built)
{
	struct d3dddi_buildtestcommandbuffer __user *user =
		u64_to_user_ptr(args->priv_drv_data);
	const u8 *buffer = (const u8 *)(built + 1);
	int ret;

	if (built->dma_buffer_size > asked->dma_buffer_size ||
	    built->dma_buffer_priv_data_size >
		    asked->dma_buffer_priv_data_size)
		return -EINVAL;
	ret = dxgk_copy_out(asked->dma_buffer, buffer, built->dma_buffer_size);
	if (!ret)
		ret = dxgk_copy_out(asked->dma_buffer_priv_data,
				    buffer + asked->dma_buffer_size,
				    built->dma_buffer_priv_data_size);
	if (ret)
		return ret;
	if (put_user(built->dma_buffer_size, &user->dma_buffer_size) ||
	    put_user(built->dma_buffer_priv_data_size,
		     &user->dma_buffer_priv_data_size))
		return -EFAULT;
	return 0;
}

/* The host cannot follow its pointers: the areas follow the block instead. */
static int dxgk_escape_test_buffer(struct dxgk_process *process,
				   struct dxgk_adapter *adapter,
				   const struct d3dkmt_escape *args, u32 known)
{
	struct d3dddi_buildtestcommandbuffer asked, *block;
	struct dxgk_wire_escape *request;
	struct dxgk_message message;
	int ret;

	static_assert(sizeof(asked) == 112);
	if (args->priv_drv_data_size != sizeof(asked))
		return -EINVAL;
	/* How long the message is depends on it, so it is copied twice. */
	ret = dxgk_copy_in(&asked, args->priv_drv_data, sizeof(asked));
	if (ret)
		return ret;
	memcpy(&asked, &known, sizeof(known));
	if (asked.dma_buffer_size < DXGK_TEST_BUFFER_MIN ||
	    asked.dma_buffer_size > DXG_MAX_TEST_BUFFER_SIZE ||
	    asked.dma_buffer_priv_data_size >
		    DXG_MAX_TEST_BUFFER_PRIVATE_DATA_SIZE)
		return -EINVAL;
	ret = dxgk_escape_init(&message, process, adapter, args,
			       sizeof(asked) + asked.dma_buffer_size +
			       asked.dma_buffer_priv_data_size);
	if (ret)
		goto out;
	request = message.request;
	block = (void *)(request + 1);
	*block = asked;
	block->dma_buffer = 0;
	block->dma_buffer_priv_data = 0;
	ret = dxgk_message_send(&message);
	if (!ret)
		ret = dxgk_escape_test_copy_out(args, &asked, message.reply);
out:
	dxgk_message_end(&message);
	return ret;
}

static bool dxgk_escape_is_known(const struct d3dkmt_escape *args)
{
	return args->type == DXGK_ESCAPE_DRIVER_PRIVATE &&
	       (args->flags & DXG_ESCAPE_DRIVER_KNOWN_ESCAPE);
}

static int dxgk_escape_known(struct dxgk_process *process,
			     struct dxgk_adapter *adapter,
			     const struct d3dkmt_escape *args)
{
	u32 escape;
	int ret;

	if (args->priv_drv_data_size < sizeof(escape))
		return -EINVAL;
	/* Which escape it is stays what is seen here, whatever happens to it. */
	ret = dxgk_copy_in(&escape, args->priv_drv_data, sizeof(escape));
	if (ret)
		return ret;
	switch (escape) {
	case DXG_DRIVERESCAPETYPE_TRANSLATEALLOCATIONHANDLE:
	case DXG_DRIVERESCAPETYPE_TRANSLATERESOURCEHANDLE:
		/* The host's handles are ours: nothing to translate. */
		return 0;
	case DXG_DRIVERESCAPETYPE_BUILDTESTCOMMANDBUFFER:
		return dxgk_escape_test_buffer(process, adapter, args, escape);
	default:
		return dxgk_escape_pass(process, adapter, args, &escape);
	}
}

int dxgk_ioctl_escape(struct dxgk_process *process, void *data)
{
	const struct d3dkmt_escape *args = data;
	struct dxgk_adapter *adapter;
	int ret;

	if (args->priv_drv_data_size > DXG_MAX_HOST_MESSAGE)
		return -EINVAL;
	adapter = dxgk_adapter_lookup(process, args->adapter.v);
	if (!adapter)
		return -EINVAL;
	if (!dxgk_adapter_is_active(adapter))
		ret = -ENODEV;
	else if (dxgk_escape_is_known(args))
		ret = dxgk_escape_known(process, adapter, args);
	else
		ret = dxgk_escape_pass(process, adapter, args, NULL);
	dxgk_adapter_put(adapter);
	return ret;
}
