/* SPDX-License-Identifier: MIT */
/* PCI configuration space of the virtual GPUs. */
#include <errno.h>

#include "host.h"
#include "wire.h"

#define CONFIG_SIZE	256u
#define CLASS_DISPLAY	0x03020000u	/* 3D controller: no VGA */
#define CLASS_ACCELERATOR	0x12000000u

/* The instance GUID of the channel: the LUID, then bytes of our own. */
static uint32_t guid_dword(const struct dxghost_adapter_profile *profile,
			   unsigned i)
{
	switch (i) {
	case 0:
		return profile->luid.low;
	case 1:
		return profile->luid.high;
	case 2:
		return 0x6744736fu;
	default:
		return 0x54534f48u;
	}
}

static uint32_t config_dword(const struct dxghost_adapter *adapter,
			     unsigned offset)
{
	const struct dxghost_adapter_profile *profile = adapter->profile;
	const struct dxghost_profile *host = &adapter->host->profile;
	uint32_t device = profile->compute_only ? DXGK_PCI_DEVICE_COMPUTE :
						  DXGK_PCI_DEVICE_GPU;

	if (offset >= DXGK_PCI_CHANNEL_GUID && offset < DXGK_PCI_VERSION)
		return guid_dword(profile, (offset - DXGK_PCI_CHANNEL_GUID) / 4);
	switch (offset) {
	case 0x00:
		return device << 16 | DXGK_PCI_VENDOR;
	case 0x08:
		return profile->compute_only ? CLASS_ACCELERATOR :
					       CLASS_DISPLAY;
	case 0x2c:
		return profile->device_id << 16 | profile->vendor_id;
	}
	/* Hosts before version 40 knew none of what follows. */
	if (host->interface_version < DXGK_WIRE_VERSION)
		return 0;
	switch (offset) {
	case DXGK_PCI_VERSION:
		return host->interface_version;
	case DXGK_PCI_VGPU_LUID:
		return profile->vgpu_luid.low;
	case DXGK_PCI_VGPU_LUID + 4:
		return profile->vgpu_luid.high;
	case DXGK_PCI_HOST_CAPS:
		return host->map_guest_memory ? DXGK_PCI_HOST_CAP_MAP_GUEST : 0;
	default:
		return 0;
	}
}

int dxghost_pci_read(struct dxghost *host, unsigned adapter, unsigned offset,
		     uint32_t *ret_value)
{
	if (adapter >= host->profile.adapter_count || offset % 4 ||
	    offset >= CONFIG_SIZE)
		return -EINVAL;
	*ret_value = config_dword(&host->adapters[adapter], offset);
	return 0;
}

int dxghost_pci_write(struct dxghost *host, unsigned adapter, unsigned offset,
		      uint32_t value)
{
	if (adapter >= host->profile.adapter_count || offset % 4 ||
	    offset >= CONFIG_SIZE)
		return -EINVAL;
	dxghost_lock(host);
	if (offset == DXGK_PCI_VERSION)
		host->chosen_version = value;
	else if (offset == DXGK_PCI_GUEST_CAPS)
		host->guest_caps = value;
	dxghost_unlock(host);
	return 0;
}
