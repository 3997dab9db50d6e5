/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* The module: it registers with both buses and waits for what arrives. */

#include <linux/module.h>

#include "class.h"
#include "fence.h"
#include "vm.h"

static int __init dxgk_init(void)
{
	int ret;

	ret = dxgk_io_map_init();
	if (ret)
		return ret;
	ret = dxgk_class_init();
	if (ret)
		goto err_io_map;
	ret = dxgk_fence_init();
	if (ret)
		goto err_class;
	ret = dxgk_vmbus_register();
	if (ret)
		goto err_fence;
	ret = dxgk_pci_register();
	if (ret)
		goto err_vmbus;
	return 0;

err_vmbus:
	dxgk_vmbus_unregister();
err_fence:
	dxgk_fence_exit();
err_class:
	dxgk_class_exit();
err_io_map:
	dxgk_io_map_exit();
	return ret;
}

/* The functions first: then their adapters can still be closed at the host. */
static void __exit dxgk_exit(void)
{
	dxgk_pci_unregister();
	dxgk_vmbus_unregister();
	dxgk_fence_exit();
	dxgk_class_exit();
	dxgk_io_map_exit();
	rcu_barrier();
}

module_init(dxgk_init);
module_exit(dxgk_exit);

MODULE_DESCRIPTION("GPU paravirtualisation for guests of Hyper-V");
MODULE_AUTHOR("libdxg maintainers");
MODULE_LICENSE("Dual MIT/GPL");
