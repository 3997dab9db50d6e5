/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* The VMBus channels of GPU paravirtualisation. */

#include <linux/hyperv.h>
#include <linux/mod_devicetable.h>
#include <linux/module.h>
#include <linux/uuid.h>

#include "kernel/compat.h"
#include "vm.h"

/* Which of the two a channel is: hv_vmbus_device_id.driver_data. */
enum dxgk_channel_kind {
	DXGK_CHANNEL_GLOBAL,
	DXGK_CHANNEL_VGPU,
};

/* The class GUIDs are not among those of linux/hyperv.h. */
static const struct hv_vmbus_device_id dxgk_vmbus_ids[] = {
	{
		.guid = GUID_INIT(0xdde9cbc0, 0x5060, 0x4436, 0x94, 0x48, 0xea,
				  0x12, 0x54, 0xa5, 0xd1, 0x77),
		.driver_data = DXGK_CHANNEL_GLOBAL,
	},
	{
		.guid = GUID_INIT(0x6e382d18, 0x3336, 0x4f4b, 0xac, 0xc4, 0x2b,
				  0x77, 0x03, 0xd4, 0xdf, 0x4a),
		.driver_data = DXGK_CHANNEL_VGPU,
	},
	{ }
};
MODULE_DEVICE_TABLE(vmbus, dxgk_vmbus_ids);

static bool dxgk_vmbus_is_global(const struct hv_device *device)
{
	return guid_equal(&device->dev_type,
			  &dxgk_vmbus_ids[DXGK_CHANNEL_GLOBAL].guid);
}

static int dxgk_vmbus_probe(struct hv_device *device,
			    const struct hv_vmbus_device_id *id)
{
	return id->driver_data == DXGK_CHANNEL_GLOBAL ?
	       dxgk_arrival_global(device) : dxgk_arrival_channel(device);
}

/* Either the host has taken it away, or the driver is being unloaded. */
static void dxgk_vmbus_gone(struct hv_device *device)
{
	bool lost = device->channel->rescind;

	if (dxgk_vmbus_is_global(device))
		dxgk_departure_global(device, lost);
	else
		dxgk_departure_channel(device, lost);
}

static int __maybe_unused dxgk_vmbus_remove_int(struct hv_device *device)
{
	dxgk_vmbus_gone(device);
	return 0;
}

static void __maybe_unused dxgk_vmbus_remove_void(struct hv_device *device)
{
	dxgk_vmbus_gone(device);
}

static struct hv_driver dxgk_vmbus_driver = {
	.name = KBUILD_MODNAME,
	.id_table = dxgk_vmbus_ids,
	.probe = dxgk_vmbus_probe,
	.remove = DXGK_HV_REMOVE(dxgk_vmbus_remove_int, dxgk_vmbus_remove_void),
	.driver.probe_type = PROBE_PREFER_ASYNCHRONOUS,
};

int dxgk_vmbus_register(void)
{
	return vmbus_driver_register(&dxgk_vmbus_driver);
}

void dxgk_vmbus_unregister(void)
{
	vmbus_driver_unregister(&dxgk_vmbus_driver);
}
