/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * A DRM device that has nothing but the core's synchronisation objects, which vgem
 * does not offer.
 */

#include <drm/drm_drv.h>
#include <drm/drm_file.h>
#include <drm/drm_gem.h>
#include <drm/drm_ioctl.h>

#include <linux/err.h>
#include <linux/module.h>
#include <linux/platform_device.h>

DEFINE_DRM_GEM_FOPS(syncobj_fops);

static const struct drm_driver syncobj_driver = {
	.driver_features = DRIVER_GEM | DRIVER_RENDER | DRIVER_SYNCOBJ |
			   DRIVER_SYNCOBJ_TIMELINE,
	.name = "syncobj",
	.desc = "synchronisation objects for tests",
#ifdef SYNCOBJ_HAS_DATE
	.date = "20260101",
#endif
	.major = 1,
	.fops = &syncobj_fops,
};

static struct platform_device *syncobj_parent;
static struct drm_device *syncobj_device;

static int __init syncobj_init(void)
{
	int ret;

	syncobj_parent = platform_device_register_simple(KBUILD_MODNAME, -1,
							 NULL, 0);
	if (IS_ERR(syncobj_parent))
		return PTR_ERR(syncobj_parent);
	syncobj_device = drm_dev_alloc(&syncobj_driver, &syncobj_parent->dev);
	ret = PTR_ERR_OR_ZERO(syncobj_device);
	if (ret)
		goto err_parent;
	ret = drm_dev_register(syncobj_device, 0);
	if (ret)
		goto err_device;
	return 0;

err_device:
	drm_dev_put(syncobj_device);
err_parent:
	platform_device_unregister(syncobj_parent);
	return ret;
}

static void __exit syncobj_exit(void)
{
	drm_dev_unregister(syncobj_device);
	drm_dev_put(syncobj_device);
	platform_device_unregister(syncobj_parent);
}

module_init(syncobj_init);
module_exit(syncobj_exit);

MODULE_DESCRIPTION("A DRM device for tests of sync files");
MODULE_AUTHOR("libdxg maintainers");
MODULE_LICENSE("Dual MIT/GPL");
