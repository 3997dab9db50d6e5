/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* The PCI functions of virtual GPUs: dwords of configuration space, no more. */

#include <linux/module.h>
#include <linux/pci.h>

#include "dxgkrnl.h"
#include "platform.h"
#include "vm.h"

static const struct pci_device_id dxgk_pci_ids[] = {
	{ PCI_DEVICE(DXGK_PCI_VENDOR, DXGK_PCI_DEVICE_GPU) },
	{ PCI_DEVICE(DXGK_PCI_VENDOR, DXGK_PCI_DEVICE_COMPUTE) },
	{ }
};
MODULE_DEVICE_TABLE(pci, dxgk_pci_ids);

static int dxgk_pci_probe(struct pci_dev *pci, const struct pci_device_id *id)
{
	return dxgk_arrival_function(pci);
}

static void dxgk_pci_remove(struct pci_dev *pci)
{
	dxgk_departure_function(pci);
}

static struct pci_driver dxgk_pci_driver = {
	.name = KBUILD_MODNAME,
	.id_table = dxgk_pci_ids,
	.probe = dxgk_pci_probe,
	.remove = dxgk_pci_remove,
};

int dxgk_pci_register(void)
{
	return pci_register_driver(&dxgk_pci_driver);
}

void dxgk_pci_unregister(void)
{
	pci_unregister_driver(&dxgk_pci_driver);
}

int dxgk_platform_config_read(struct dxgk_adapter *adapter, u32 offset,
			      u32 *ret_value)
{
	const struct dxgk_function *function = adapter->platform;

	return pcibios_err_to_errno(pci_read_config_dword(function->pci, offset,
							  ret_value));
}

int dxgk_platform_config_write(struct dxgk_adapter *adapter, u32 offset,
			       u32 value)
{
	const struct dxgk_function *function = adapter->platform;

	return pcibios_err_to_errno(pci_write_config_dword(function->pci,
							   offset, value));
}
