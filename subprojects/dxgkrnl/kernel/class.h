/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* Virtual GPUs in sysfs: /sys/class/dxg. */
#ifndef DXGK_CLASS_H
#define DXGK_CLASS_H

struct device;
struct dxgk_adapter;
struct dxgk_shown;

int dxgk_class_init(void);
void dxgk_class_exit(void);

/**
 * dxgk_class_add() - show a virtual GPU, and tell user space that it has come
 * @adapter: active; what is shown is copied
 * @parent: its PCI function
 * @node: the device of /dev/dxg, or NULL if there is none
 *
 * Returns an ERR_PTR on failure.
 */
struct dxgk_shown *dxgk_class_add(const struct dxgk_adapter *adapter,
				  struct device *parent, struct device *node);
/* Tell that it goes; nobody reads about it any more when this returns. */
void dxgk_class_remove(struct dxgk_shown *shown);

#endif /* DXGK_CLASS_H */
