/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* What the kernel has of a host: its channels, its PCI functions, its node. */
#ifndef DXGK_VM_H
#define DXGK_VM_H

#include <linux/kref.h>
#include <linux/list.h>
#include <linux/miscdevice.h>
#include <linux/mutex.h>
#include <linux/types.h>

struct dentry;
struct dxgk_adapter;
struct dxgk_channel;
struct dxgk_global;
struct dxgk_message_counts;
struct dxgk_shown;
struct hv_device;
struct pci_dev;
struct resource;

/**
 * struct dxgk_vm - the connection to the host, from the global channel's offer
 * @ref: one while the channel is there, one an open file
 * @device: the offer; its drvdata is this
 * @global: the driver's half; dxgk_global.platform is this
 * @channel: NULL while its rings are closed; changed under @share_lock as well
 * @io_space: guest physical addresses where the host shows memory
 * @node: /dev/dxg, registered while @has_node
 * @counts: of messages; those of all processes and adapters
 * @debug: in debugfs
 * @shared: pages that the host has a buffer list of; guarded by @share_lock,
 *	which is taken last and held while the bus tells the host
 *
 * The rest but @ref and @counts is guarded by the lock in arrival.c.
 */
struct dxgk_vm {
	struct kref ref;
	struct hv_device *device;
	struct dxgk_global *global;
	struct dxgk_channel *channel;
	struct resource *io_space;
	struct miscdevice node;
	bool has_node;
	struct dxgk_message_counts __percpu *counts;
	struct dentry *debug;
	struct mutex share_lock;
	struct list_head shared;
};

/**
 * struct dxgk_offer - a virtual GPU's channel, as offered
 * @node: in the list of arrival.c, whose lock guards the rest
 * @device: the offer; its drvdata is this
 * @function: whose it is, NULL while that has not come
 */
struct dxgk_offer {
	struct list_head node;
	struct hv_device *device;
	struct dxgk_function *function;
};

/**
 * struct dxgk_function - a virtual GPU's PCI function
 * @node: in the list of arrival.c, whose lock guards the rest
 * @pci: the function; its drvdata is this
 * @offer: its channel's offer, NULL while there is none
 * @channel: open while @adapter is there
 * @adapter: the driver's half; dxgk_adapter.platform is this
 * @shown: its device in sysfs, NULL if there is none
 */
struct dxgk_function {
	struct list_head node;
	struct pci_dev *pci;
	struct dxgk_offer *offer;
	struct dxgk_channel *channel;
	struct dxgk_adapter *adapter;
	struct dxgk_shown *shown;
};

/* vm.c */
struct dxgk_vm *dxgk_vm_create(struct hv_device *device);
void dxgk_vm_get(struct dxgk_vm *vm);
void dxgk_vm_put(struct dxgk_vm *vm);
/* Open the global channel and announce the IO space; once. */
int dxgk_vm_start(struct dxgk_vm *vm);
/* No adapter is left. If the host has gone, its channel has been failed. */
void dxgk_vm_stop(struct dxgk_vm *vm);

/* node.c */
/* Show it; once. */
int dxgk_node_add(struct dxgk_vm *vm);
void dxgk_node_remove(struct dxgk_vm *vm);

/* arrival.c: what the bus drivers report; all of them may sleep */
int dxgk_arrival_global(struct hv_device *device);
void dxgk_departure_global(struct hv_device *device, bool lost);
int dxgk_arrival_channel(struct hv_device *device);
void dxgk_departure_channel(struct hv_device *device, bool lost);
int dxgk_arrival_function(struct pci_dev *pci);
void dxgk_departure_function(struct pci_dev *pci);

/* vmbus.c, pci.c: the bus drivers */
int dxgk_vmbus_register(void);
void dxgk_vmbus_unregister(void);
int dxgk_pci_register(void);
void dxgk_pci_unregister(void);

/* pin.c: the channel is being closed: the host loses all its buffer lists */
void dxgk_pinned_unshare_all(struct dxgk_vm *vm);

/* io-map.c */
int dxgk_io_map_init(void);
void dxgk_io_map_exit(void);

#endif /* DXGK_VM_H */
