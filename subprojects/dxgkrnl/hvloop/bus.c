/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* A bus of channels, for drivers that take hv_vmbus.ko's to be there. */

#include <linux/device.h>
#include <linux/errno.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uuid.h>

#include "compat.h"
#include "internal.h"

static const guid_t hvloop_class_global =
	GUID_INIT(0xdde9cbc0, 0x5060, 0x4436, 0x94, 0x48, 0xea, 0x12, 0x54,
		  0xa5, 0xd1, 0x77);
static const guid_t hvloop_class_vgpu =
	GUID_INIT(0x6e382d18, 0x3336, 0x4f4b, 0xac, 0xc4, 0x2b, 0x77, 0x03,
		  0xd4, 0xdf, 0x4a);

static const struct hv_vmbus_device_id *
hvloop_find_id(const struct hv_driver *driver, const struct hv_device *device)
{
	const struct hv_vmbus_device_id *id;

	for (id = driver->id_table; id && !guid_is_null(&id->guid); id++)
		if (guid_equal(&id->guid, &device->dev_type))
			return id;
	return NULL;
}

static int hvloop_bus_match(struct device *device,
			    HVLOOP_MATCH_CONST struct device_driver *driver)
{
	return !!hvloop_find_id(container_of(driver, struct hv_driver, driver),
				device_to_hv_device(device));
}

static int hvloop_bus_probe(struct device *device)
{
	const struct hv_driver *driver = drv_to_hv_drv(device->driver);
	struct hv_device *hv_device = device_to_hv_device(device);

	return driver->probe(hv_device, hvloop_find_id(driver, hv_device));
}

static void hvloop_bus_remove(struct device *device)
{
	drv_to_hv_drv(device->driver)->remove(device_to_hv_device(device));
}

static int __maybe_unused hvloop_bus_remove_int(struct device *device)
{
	hvloop_bus_remove(device);
	return 0;
}

static HVLOOP_BUS_CONST struct bus_type hvloop_bus = {
	.name = "hvloop",
	.match = hvloop_bus_match,
	.probe = hvloop_bus_probe,
	.remove = HVLOOP_BUS_REMOVE(hvloop_bus_remove_int, hvloop_bus_remove),
};

/* What the channels hang on. */
static struct device *hvloop_root;

int hvloop_bus_init(void)
{
	int ret = bus_register(&hvloop_bus);

	if (ret)
		return ret;
	hvloop_root = root_device_register("hvloop");
	if (IS_ERR(hvloop_root)) {
		bus_unregister(&hvloop_bus);
		return PTR_ERR(hvloop_root);
	}
	return 0;
}

void hvloop_bus_exit(void)
{
	root_device_unregister(hvloop_root);
	bus_unregister(&hvloop_bus);
}

static void hvloop_device_release(struct device *device)
{
	kfree(device_to_hv_device(device));
}

int hvloop_offer(struct hvloop_channel *channel)
{
	u32 number = hvloop_number(channel);
	struct hv_device *device;
	int ret;

	if (!channel->exists || channel->offered)
		return -EINVAL;
	device = kzalloc(sizeof(*device), GFP_KERNEL);
	if (!device)
		return -ENOMEM;
	device->channel = &channel->vmbus;
	device->dev_type = number == HVLOOP_CHANNEL_GLOBAL ?
			   hvloop_class_global : hvloop_class_vgpu;
	if (number != HVLOOP_CHANNEL_GLOBAL)
		memcpy(&device->dev_instance, &channel->config[0xc0 / 4],
		       sizeof(device->dev_instance));
	channel->vmbus.device_obj = device;
	channel->vmbus.rescind = false;
	channel->vmbus.offermsg.offer.if_type = device->dev_type;
	channel->vmbus.offermsg.offer.if_instance = device->dev_instance;
	channel->vmbus.offermsg.offer.mmio_megabytes =
		number == HVLOOP_CHANNEL_GLOBAL ? hvloop_window_megabytes() : 0;
	device->device.bus = &hvloop_bus;
	device->device.parent = hvloop_root;
	device->device.release = hvloop_device_release;
	dev_set_name(&device->device, "channel%u", number);
	channel->device = device;
	channel->offered = true;
	ret = device_register(&device->device);
	if (ret) {
		channel->offered = false;
		put_device(&device->device);
	}
	return ret;
}

void hvloop_rescind(struct hvloop_channel *channel)
{
	if (!channel->offered)
		return;
	WRITE_ONCE(channel->vmbus.rescind, true);
	device_unregister(&channel->device->device);
	hvloop_gpadl_forget(channel);
	channel->offered = false;
	channel->device = NULL;
}

int __vmbus_driver_register(struct hv_driver *driver, struct module *owner,
			    const char *module_name)
{
	driver->driver.name = driver->name;
	driver->driver.owner = owner;
	driver->driver.mod_name = module_name;
	driver->driver.bus = &hvloop_bus;
	return driver_register(&driver->driver);
}
EXPORT_SYMBOL_GPL(__vmbus_driver_register);

void vmbus_driver_unregister(struct hv_driver *driver)
{
	driver_unregister(&driver->driver);
}
EXPORT_SYMBOL_GPL(vmbus_driver_unregister);
