/* SPDX-License-Identifier: MIT */
/* Messages about a device, which here is never more than a name. */
#ifndef DXGK_USER_DEVICE_H
#define DXGK_USER_DEVICE_H

#include <linux/printk.h>

struct device {
	const char *name;
};

static inline const char *dev_name(const struct device *dev)
{
	return dev && dev->name ? dev->name : "dxg";
}

#define dev_err(dev, format, ...) \
	pr_err("%s: " format, dev_name(dev), ##__VA_ARGS__)
#define dev_warn(dev, format, ...) \
	pr_warn("%s: " format, dev_name(dev), ##__VA_ARGS__)
#define dev_info(dev, format, ...) \
	pr_info("%s: " format, dev_name(dev), ##__VA_ARGS__)
#define dev_dbg(dev, format, ...) \
	pr_debug("%s: " format, dev_name(dev), ##__VA_ARGS__)

#endif
