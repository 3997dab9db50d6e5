/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Pairs what arrives on two buses. A virtual GPU is a PCI function and a VMBus
 * channel, which belong together when the LUID in the function's configuration
 * space is the first half of the channel's instance GUID; both need the global
 * channel. The three come in any order, and go in any order, at any time.
 *
 * Nothing in the driver core ties the two buses together, hence the list here.
 */

#include <linux/device.h>
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/hyperv.h>
#include <linux/mutex.h>
#include <linux/pci.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "channel.h"
#include "class.h"
#include "debugfs.h"
#include "dxgkrnl.h"
#include "vm.h"

/*
 * Taken outside of every lock of dxgkrnl.h, and never by a call of user space.
 * Guards the three and what struct dxgk_vm and struct dxgk_function say. It is
 * held while the host is asked, so a channel that is lost is failed before.
 */
static DEFINE_MUTEX(dxgk_arrival_lock);
static LIST_HEAD(dxgk_functions);
static LIST_HEAD(dxgk_offers);
static struct dxgk_vm *dxgk_vm;

static bool dxgk_arrival_match(const struct dxgk_function *function,
			       const struct hv_device *device)
{
	const u8 *instance =
		device->channel->offermsg.offer.if_instance.b;
	u32 luid[2];

	if (pci_read_config_dword(function->pci, DXGK_PCI_CHANNEL_GUID,
				  &luid[0]) ||
	    pci_read_config_dword(function->pci, DXGK_PCI_CHANNEL_GUID + 4,
				  &luid[1]))
		return false;
	return !memcmp(luid, instance, sizeof(luid));
}

static void dxgk_arrival_pair(struct dxgk_function *function)
{
	struct dxgk_offer *offer;

	if (function->offer)
		return;
	list_for_each_entry(offer, &dxgk_offers, node) {
		if (!offer->function &&
		    dxgk_arrival_match(function, offer->device)) {
			offer->function = function;
			function->offer = offer;
			return;
		}
	}
}

static int dxgk_function_start(struct dxgk_function *function)
{
	bool compute_only = function->pci->device == DXGK_PCI_DEVICE_COMPUTE;
	struct dxgk_adapter *adapter;
	int ret;

	adapter = dxgk_adapter_add(dxgk_vm->global, compute_only, function);
	if (IS_ERR(adapter))
		return PTR_ERR(adapter);
	/* Only now is the interface version known. */
	ret = dxgk_vm_start(dxgk_vm);
	if (ret)
		goto err_adapter;
	function->channel = dxgk_channel_open(function->offer->device,
					      NULL);
	if (IS_ERR(function->channel)) {
		ret = PTR_ERR(function->channel);
		function->channel = NULL;
		goto err_adapter;
	}
	dxgk_channel_bind(function->channel, dxgk_vm->global, adapter);
	ret = dxgk_adapter_start(adapter);
	if (ret)
		goto err_channel;
	function->adapter = adapter;
	return 0;

err_channel:
	dxgk_channel_fail(function->channel);
err_adapter:
	dxgk_adapter_remove(adapter, true);
	if (function->channel)
		dxgk_channel_close(function->channel);
	function->channel = NULL;
	return ret;
}

/* @lost: nothing can be said to the host about it. */
static void dxgk_function_stop(struct dxgk_function *function, bool lost)
{
	if (!function->adapter)
		return;
	if (function->shown)
		dxgk_class_remove(function->shown);
	function->shown = NULL;
	if (lost)
		dxgk_channel_fail(function->channel);
	dxgk_adapter_remove(function->adapter, lost);
	function->adapter = NULL;
	dxgk_channel_close(function->channel);
	function->channel = NULL;
}

/* Who hears of it is to find the node, and the adapter behind it. */
static void dxgk_function_show(struct dxgk_function *function)
{
	struct dxgk_shown *shown;

	if (!function->adapter || function->shown)
		return;
	shown = dxgk_class_add(function->adapter, &function->pci->dev,
			       dxgk_vm->has_node ? dxgk_vm->node.this_device :
						   NULL);
	if (IS_ERR(shown))
		dev_warn_ratelimited(&function->pci->dev,
				     "not in sysfs: %ld\n", PTR_ERR(shown));
	else
		function->shown = shown;
}

/* After each arrival: start what is complete now. A failure is tried again. */
static void dxgk_arrival_start(void)
{
	struct dxgk_function *function;
	int ret;

	list_for_each_entry(function, &dxgk_functions, node) {
		dxgk_arrival_pair(function);
		if (!dxgk_vm || !function->offer || function->adapter)
			continue;
		ret = dxgk_function_start(function);
		if (ret)
			dev_warn_ratelimited(&function->pci->dev,
					     "virtual GPU does not start: %d\n",
					     ret);
	}
	/* Only now, so that who sees the node finds the adapter. */
	if (dxgk_vm && dxgk_vm->channel) {
		ret = dxgk_node_add(dxgk_vm);
		if (ret)
			dev_warn_ratelimited(&dxgk_vm->device->device,
					     "no device node: %d\n", ret);
		list_for_each_entry(function, &dxgk_functions, node)
			dxgk_function_show(function);
	}
}

int dxgk_arrival_global(struct hv_device *device)
{
	struct dxgk_vm *vm;
	int ret = 0;

	mutex_lock(&dxgk_arrival_lock);
	if (dxgk_vm) {
		ret = -EBUSY;
		goto out;
	}
	vm = dxgk_vm_create(device);
	if (IS_ERR(vm)) {
		ret = PTR_ERR(vm);
		goto out;
	}
	hv_set_drvdata(device, vm);
	dxgk_vm = vm;
	dxgk_debugfs_add(vm);
	dxgk_arrival_start();
out:
	mutex_unlock(&dxgk_arrival_lock);
	return ret;
}

void dxgk_departure_global(struct hv_device *device, bool lost)
{
	struct dxgk_vm *vm = hv_get_drvdata(device);
	struct dxgk_function *function;

	if (lost)
		dxgk_channel_lost(device);
	mutex_lock(&dxgk_arrival_lock);
	dxgk_debugfs_remove(vm);
	list_for_each_entry(function, &dxgk_functions, node)
		dxgk_function_stop(function, lost);
	dxgk_vm_stop(vm);
	dxgk_vm = NULL;
	mutex_unlock(&dxgk_arrival_lock);
	dxgk_vm_put(vm);
}

int dxgk_arrival_channel(struct hv_device *device)
{
	struct dxgk_offer *offer;

	offer = kzalloc(sizeof(*offer), GFP_KERNEL);
	if (!offer)
		return -ENOMEM;
	offer->device = device;
	hv_set_drvdata(device, offer);
	mutex_lock(&dxgk_arrival_lock);
	list_add_tail(&offer->node, &dxgk_offers);
	dxgk_arrival_start();
	mutex_unlock(&dxgk_arrival_lock);
	return 0;
}

void dxgk_departure_channel(struct hv_device *device, bool lost)
{
	struct dxgk_offer *offer = hv_get_drvdata(device);

	if (lost)
		dxgk_channel_lost(device);
	mutex_lock(&dxgk_arrival_lock);
	if (offer->function) {
		dxgk_function_stop(offer->function, lost);
		offer->function->offer = NULL;
	}
	list_del(&offer->node);
	mutex_unlock(&dxgk_arrival_lock);
	kfree(offer);
}

int dxgk_arrival_function(struct pci_dev *pci)
{
	struct dxgk_function *function;

	function = kzalloc(sizeof(*function), GFP_KERNEL);
	if (!function)
		return -ENOMEM;
	function->pci = pci;
	pci_set_drvdata(pci, function);
	mutex_lock(&dxgk_arrival_lock);
	list_add_tail(&function->node, &dxgk_functions);
	dxgk_arrival_start();
	mutex_unlock(&dxgk_arrival_lock);
	return 0;
}

/* Its channel stays: another function may come for it. */
void dxgk_departure_function(struct pci_dev *pci)
{
	struct dxgk_function *function = pci_get_drvdata(pci);

	mutex_lock(&dxgk_arrival_lock);
	dxgk_function_stop(function, false);
	list_del(&function->node);
	if (function->offer)
		function->offer->function = NULL;
	mutex_unlock(&dxgk_arrival_lock);
	kfree(function);
}
