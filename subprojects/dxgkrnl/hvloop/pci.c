/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* A PCI root of its own, with the functions of the virtual GPUs. */

#include <linux/errno.h>
#include <linux/pci.h>
#include <linux/slab.h>

#include "internal.h"

/* Beyond what firmware hands out. */
#define HVLOOP_DOMAIN	0x10000

static struct pci_sysdata hvloop_sysdata = {
	.domain = HVLOOP_DOMAIN,
	.node = NUMA_NO_NODE,
};

static struct resource hvloop_bus_numbers = {
	.name = "hvloop bus numbers",
	.start = 0,
	.end = 0,
	.flags = IORESOURCE_BUS,
};

static struct pci_bus *hvloop_pci_bus;

/* The function of channel n is in slot n. */
static struct hvloop_channel *hvloop_pci_find(unsigned int devfn)
{
	unsigned int slot = PCI_SLOT(devfn);

	if (PCI_FUNC(devfn) || !slot || slot >= HVLOOP_CHANNELS ||
	    !hvloop_channels[slot].plugged)
		return NULL;
	return &hvloop_channels[slot];
}

static int hvloop_pci_read(struct pci_bus *bus, unsigned int devfn, int where,
			   int size, u32 *value)
{
	const struct hvloop_channel *channel = hvloop_pci_find(devfn);

	if (!channel || where < 0 || where + size > sizeof(channel->config)) {
		*value = channel ? 0 : ~0u;
		return channel ? PCIBIOS_SUCCESSFUL : PCIBIOS_DEVICE_NOT_FOUND;
	}
	*value = channel->config[where / 4] >> (8 * (where % 4));
	if (size < 4)
		*value &= (1u << (8 * size)) - 1;
	return PCIBIOS_SUCCESSFUL;
}

/* Called with a spinlock held: the host hears of it later, but in order. */
static int hvloop_pci_write(struct pci_bus *bus, unsigned int devfn, int where,
			    int size, u32 value)
{
	struct hvloop_channel *channel = hvloop_pci_find(devfn);
	u32 payload[2] = { where, value };

	if (!channel)
		return PCIBIOS_DEVICE_NOT_FOUND;
	if (where == PCI_COMMAND && size == 2)
		channel->config[1] = (channel->config[1] & 0xffff0000) | value;
	if (where >= 0xc0 && size == 4 &&
	    hvloop_queue_push(channel, HVLOOP_CONFIG_WRITE, 0, 0, payload,
			      sizeof(payload)))
		return PCIBIOS_SET_FAILED;
	return PCIBIOS_SUCCESSFUL;
}

static struct pci_ops hvloop_pci_ops = {
	.read = hvloop_pci_read,
	.write = hvloop_pci_write,
};

int hvloop_pci_init(void)
{
	LIST_HEAD(resources);

	pci_add_resource(&resources, &hvloop_bus_numbers);
	hvloop_pci_bus = pci_scan_root_bus(NULL, 0, &hvloop_pci_ops,
					   &hvloop_sysdata, &resources);
	if (!hvloop_pci_bus) {
		pci_free_resource_list(&resources);
		return -ENODEV;
	}
	pci_bus_add_devices(hvloop_pci_bus);
	return 0;
}

/* Removing the bus takes the bridge away, and leaves our reference to us. */
void hvloop_pci_exit(void)
{
	struct pci_host_bridge *bridge =
		to_pci_host_bridge(hvloop_pci_bus->bridge);

	pci_lock_rescan_remove();
	pci_stop_root_bus(hvloop_pci_bus);
	pci_remove_root_bus(hvloop_pci_bus);
	pci_unlock_rescan_remove();
	pci_free_host_bridge(bridge);
}

int hvloop_plug(struct hvloop_channel *channel)
{
	unsigned int devfn = PCI_DEVFN(hvloop_number(channel), 0);

	if (!channel->exists || channel->plugged || !devfn)
		return -EINVAL;
	channel->plugged = true;
	pci_lock_rescan_remove();
	channel->pci = pci_scan_single_device(hvloop_pci_bus, devfn);
	if (channel->pci)
		pci_bus_add_device(channel->pci);
	else
		channel->plugged = false;
	pci_unlock_rescan_remove();
	return channel->plugged ? 0 : -ENODEV;
}

/* The function answers until its driver has let it go. */
void hvloop_unplug(struct hvloop_channel *channel)
{
	if (!channel->plugged)
		return;
	pci_stop_and_remove_bus_device_locked(channel->pci);
	channel->pci = NULL;
	channel->plugged = false;
}
