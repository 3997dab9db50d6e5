/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* What state a device is in, asked of the host only when it may have changed. */

#include <linux/build_bug.h>
#include <linux/errno.h>
#include <linux/string.h>

#include "dxgkrnl.h"
#include "ioctl.h"
#include "message.h"

/*
 * The state in the low half of a word, in the high half how many changes there
 * had been before it was asked for: programs ask often, so it takes no lock.
 */
static s64 dxgk_known_state(int changes, u32 state)
{
	return (s64)((u64)(u32)changes << 32 | state);
}

/* Nobody has asked the host yet; there have been 0 changes, and not -1. */
void dxgk_device_forget_state(struct dxgk_device *device)
{
	atomic64_set(&device->known_state, dxgk_known_state(-1, 0));
}

static bool dxgk_device_known_state(struct dxgk_device *device, u32 *ret_state)
{
	u64 known = atomic64_read(&device->known_state);

	*ret_state = (u32)known;
	return known >> 32 == (u32)atomic_read(&device->changes);
}

/* @changes was read before the host was asked: a change since then counts. */
static void dxgk_device_learn_state(struct dxgk_device *device, int changes,
				    u32 state)
{
	atomic64_set(&device->known_state, dxgk_known_state(changes, state));
}

static int dxgk_device_ask_state(struct dxgk_device *device,
				 struct d3dkmt_getdevicestate *args)
{
	const struct dxgk_wire_getdevicestate_reply *reply;
	struct dxgk_wire_getdevicestate *request;
	int changes = atomic_read(&device->changes);
	struct dxgk_message message;
	int ret;

	static_assert(sizeof(request->args) == sizeof(*args));
	static_assert(sizeof(reply->args) == sizeof(*args));
	ret = dxgk_message_init(&message, device->process, device->adapter,
				DXGK_CMD_GETDEVICESTATE, sizeof(*request),
				sizeof(*reply));
	if (ret)
		goto out;
	request = message.request;
	memcpy(&request->args, args, sizeof(*args));
	ret = dxgk_message_send(&message);
	if (ret)
		goto out;
	reply = message.reply;
	ret = dxgk_status_to_errno(reply->status);
	if (ret < 0)
		goto out;
	memcpy(args->alignment, &reply->args.state, sizeof(args->alignment));
	if (args->state_type == DXG_DEVICESTATE_EXECUTION)
		dxgk_device_learn_state(device, changes,
					args->execution_state);
out:
	dxgk_message_end(&message);
	return ret;
}

int dxgk_ioctl_device_state(struct dxgk_process *process, void *data)
{
	struct d3dkmt_getdevicestate *args = data;
	struct dxgk_device *device;
	u32 state;
	int ret = 0;

	device = dxgk_device_lookup(process, args->device.v);
	if (!device)
		return -EINVAL;
	if (!dxgk_adapter_is_active(device->adapter))
		ret = -ENODEV;
	else if (args->state_type == DXG_DEVICESTATE_EXECUTION &&
		 dxgk_device_known_state(device, &state))
		args->execution_state = state;
	else
		ret = dxgk_device_ask_state(device, args);
	dxgk_device_put(device);
	return ret;
}

int dxgk_ioctl_mark_device(struct dxgk_process *process, void *data)
{
	const struct d3dkmt_markdeviceaserror *args = data;
	struct dxgk_wire_markdeviceaserror *request;
	struct dxgk_message message;
	struct dxgk_device *device;
	int ret;

	device = dxgk_device_lookup(process, args->device.v);
	if (!device)
		return -EINVAL;
	ret = dxgk_message_init(&message, process, device->adapter,
				DXGK_CMD_MARKDEVICEASERROR, sizeof(*request),
				sizeof(struct dxgk_wire_status_reply));
	if (!ret) {
		request = message.request;
		request->args.device = args->device.v;
		request->args.reason = args->reason;
		ret = dxgk_message_send_status(&message);
	}
	dxgk_message_end(&message);
	/* Which error state it is in now, only the host can tell. */
	if (ret >= 0)
		atomic_inc(&device->changes);
	dxgk_device_put(device);
	return ret;
}
