/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Virtual GPUs in sysfs: a device each in /sys/class/dxg, below its PCI
 * function. docs/dxgkrnl/sysfs-class-dxg of libdxg says what is in there.
 */

#include <linux/device.h>
#include <linux/err.h>
#include <linux/idr.h>
#include <linux/kobject.h>
#include <linux/slab.h>
#include <linux/sysfs.h>

#include "kernel/class.h"
#include "kernel/compat.h"
#include "dxgkrnl.h"

/*
 * struct dxgk_shown - one of them
 *
 * Whoever keeps the device may read this after the adapter has gone: copies.
 */
struct dxgk_shown {
	struct device device;
	int number;
	bool compute_only;
	u32 version;
	struct dxgk_wire_luid luid;
	struct dxgk_identity identity;
};

static DEFINE_IDA(dxgk_shown_numbers);

static const struct dxgk_shown *dxgk_shown_of(const struct device *device)
{
	return container_of(device, struct dxgk_shown, device);
}

static ssize_t luid_show(struct device *device, struct device_attribute *attr,
			 char *buffer)
{
	const struct dxgk_shown *shown = dxgk_shown_of(device);

	return sysfs_emit(buffer, "%08x:%08x\n", shown->luid.high,
			  shown->luid.low);
}
static DEVICE_ATTR_RO(luid);

static ssize_t kind_show(struct device *device, struct device_attribute *attr,
			 char *buffer)
{
	return sysfs_emit(buffer, "%s\n",
			  dxgk_shown_of(device)->compute_only ? "compute" :
								"render");
}
static DEVICE_ATTR_RO(kind);

static ssize_t interface_version_show(struct device *device,
				      struct device_attribute *attr,
				      char *buffer)
{
	return sysfs_emit(buffer, "%u\n", dxgk_shown_of(device)->version);
}
static DEVICE_ATTR_RO(interface_version);

static ssize_t gpu_name_show(struct device *device,
			     struct device_attribute *attr, char *buffer)
{
	return sysfs_emit(buffer, "%s\n", dxgk_shown_of(device)->identity.name);
}
static DEVICE_ATTR_RO(gpu_name);

static ssize_t gpu_instance_show(struct device *device,
				 struct device_attribute *attr, char *buffer)
{
	return sysfs_emit(buffer, "%s\n",
			  dxgk_shown_of(device)->identity.instance);
}
static DEVICE_ATTR_RO(gpu_instance);

static ssize_t gpu_vendor_show(struct device *device,
			       struct device_attribute *attr, char *buffer)
{
	return sysfs_emit(buffer, "0x%04x\n",
			  dxgk_shown_of(device)->identity.vendor);
}
static DEVICE_ATTR_RO(gpu_vendor);

static ssize_t gpu_device_show(struct device *device,
			       struct device_attribute *attr, char *buffer)
{
	return sysfs_emit(buffer, "0x%04x\n",
			  dxgk_shown_of(device)->identity.device);
}
static DEVICE_ATTR_RO(gpu_device);

static struct attribute *dxgk_shown_attrs[] = {
	&dev_attr_luid.attr,
	&dev_attr_kind.attr,
	&dev_attr_interface_version.attr,
	&dev_attr_gpu_name.attr,
	&dev_attr_gpu_instance.attr,
	NULL
};

static struct attribute *dxgk_shown_id_attrs[] = {
	&dev_attr_gpu_vendor.attr,
	&dev_attr_gpu_device.attr,
	NULL
};

/* No ids are better than ids that say nothing. */
static umode_t dxgk_shown_ids_visible(struct kobject *object,
				      struct attribute *attr, int index)
{
	const struct dxgk_shown *shown = dxgk_shown_of(kobj_to_dev(object));

	return shown->identity.vendor ? attr->mode : 0;
}

static const struct attribute_group dxgk_shown_group = {
	.attrs = dxgk_shown_attrs,
};

static const struct attribute_group dxgk_shown_id_group = {
	.attrs = dxgk_shown_id_attrs,
	.is_visible = dxgk_shown_ids_visible,
};

static const struct attribute_group *dxgk_shown_groups[] = {
	&dxgk_shown_group,
	&dxgk_shown_id_group,
	NULL
};

static int dxgk_shown_fill_uevent(const struct device *device,
				  struct kobj_uevent_env *env)
{
	const struct dxgk_shown *shown = dxgk_shown_of(device);
	int ret;

	ret = add_uevent_var(env, "DXG_LUID=%08x:%08x", shown->luid.high,
			     shown->luid.low);
	if (!ret && shown->identity.vendor)
		ret = add_uevent_var(env, "DXG_GPU_ID=%04X:%04X",
				     shown->identity.vendor,
				     shown->identity.device);
	return ret;
}

static int __maybe_unused dxgk_shown_uevent(struct device *device,
					    struct kobj_uevent_env *env)
{
	return dxgk_shown_fill_uevent(device, env);
}

static struct class dxgk_class = {
	.name = "dxg",
	.dev_groups = dxgk_shown_groups,
	.dev_uevent = DXGK_CLASS_UEVENT(dxgk_shown_uevent,
					dxgk_shown_fill_uevent),
};

static void dxgk_shown_release(struct device *device)
{
	kfree(container_of(device, struct dxgk_shown, device));
}

static struct dxgk_shown *dxgk_shown_create(const struct dxgk_adapter *adapter,
					    struct device *parent)
{
	struct dxgk_shown *shown;
	int ret;

	shown = kzalloc(sizeof(*shown), GFP_KERNEL);
	if (!shown)
		return ERR_PTR(-ENOMEM);
	shown->number = ida_alloc(&dxgk_shown_numbers, GFP_KERNEL);
	if (shown->number < 0) {
		ret = shown->number;
		kfree(shown);
		return ERR_PTR(ret);
	}
	shown->compute_only = adapter->compute_only;
	shown->version = adapter->version;
	shown->luid = adapter->luid;
	shown->identity = adapter->identity;
	device_initialize(&shown->device);
	shown->device.class = &dxgk_class;
	shown->device.parent = parent;
	shown->device.release = dxgk_shown_release;
	return shown;
}

static void dxgk_shown_put(struct dxgk_shown *shown)
{
	ida_free(&dxgk_shown_numbers, shown->number);
	put_device(&shown->device);
}

struct dxgk_shown *dxgk_class_add(const struct dxgk_adapter *adapter,
				  struct device *parent, struct device *node)
{
	struct dxgk_shown *shown;
	int ret;

	shown = dxgk_shown_create(adapter, parent);
	if (IS_ERR(shown))
		return shown;
	/* Who hears of it finds all of it, the link as well. */
	dev_set_uevent_suppress(&shown->device, 1);
	ret = dev_set_name(&shown->device, "dxg%d", shown->number);
	if (!ret)
		ret = device_add(&shown->device);
	if (ret)
		goto err_put;
	if (node)
		ret = sysfs_create_link(&shown->device.kobj, &node->kobj,
					"node");
	if (ret)
		goto err_del;
	dev_set_uevent_suppress(&shown->device, 0);
	kobject_uevent(&shown->device.kobj, KOBJ_ADD);
	return shown;

err_del:
	device_del(&shown->device);
err_put:
	dxgk_shown_put(shown);
	return ERR_PTR(ret);
}

void dxgk_class_remove(struct dxgk_shown *shown)
{
	sysfs_remove_link(&shown->device.kobj, "node");
	device_del(&shown->device);
	dxgk_shown_put(shown);
}

int dxgk_class_init(void)
{
	return class_register(&dxgk_class);
}

void dxgk_class_exit(void)
{
	class_unregister(&dxgk_class);
}
