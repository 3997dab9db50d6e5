/* SPDX-License-Identifier: MIT */
/* The keys of a profile: which values they take, and where these go. */
#include <string.h>

#include "profile.h"

/* @at: of the field that is set, in the host's part or in an adapter's. */
struct key {
	const char *name;
	int (*set)(const struct key *key, const char *text, void *field);
	size_t at;
	uint64_t min;		/* of a number */
	uint64_t max;		/* of a number; of a text: its room */
};

static int set_number(const struct key *key, const char *text, void *field)
{
	uint32_t *ret = field;
	uint64_t value;

	if (dxghost_value_number(text, key->max, &value) || value < key->min)
		return -1;
	*ret = (uint32_t)value;
	return 0;
}

static int set_text(const struct key *key, const char *text, void *field)
{
	if (!*text || strlen(text) >= key->max)
		return -1;
	strcpy(field, text);
	return 0;
}

static int set_memory(const struct key *key, const char *text, void *field)
{
	const uint64_t megabyte = 1u << 20;
	uint64_t *ret = field, value;

	if (dxghost_value_size(text, &value) || value % megabyte ||
	    value < key->min * megabyte || value > DXGHOST_MAX_MEMORY)
		return -1;
	*ret = value;
	return 0;
}

/* Values whose parser knows what is good. */
#define SETTER(name, parse)						\
	static int name(const struct key *key, const char *text,	\
			void *field)					\
	{								\
		(void)key;						\
		return parse(text, field);				\
	}
SETTER(set_bool, dxghost_value_bool)
SETTER(set_luid, dxghost_value_luid)
SETTER(set_version, dxghost_value_version)
SETTER(set_pci_address, dxghost_value_pci_address)
SETTER(set_graphics_preemption, dxghost_value_graphics_preemption)
SETTER(set_compute_preemption, dxghost_value_compute_preemption)
SETTER(add_injection, dxghost_value_injection)
SETTER(set_nodes, dxghost_value_nodes)
SETTER(set_node_names, dxghost_value_node_names)
SETTER(add_registry, dxghost_value_registry)
SETTER(set_umd_private, dxghost_value_umd_private)
SETTER(add_escape, dxghost_value_escape)
#undef SETTER

#define HOST(member)	offsetof(struct dxghost_profile, member)
#define ADAPTER(member)	offsetof(struct dxghost_adapter_profile, member)
#define WHOLE		0
/* Of a text of an adapter: field and room. */
#define ROOM(member)	ADAPTER(member), 0, \
			sizeof(((struct dxghost_adapter_profile *)0)->member)

static const struct key host_keys[] = {
	{ "interface_version", set_number, HOST(interface_version), 16, 40 },
	{ "async", set_bool, HOST(async), 0, 0 },
	{ "map_guest_memory", set_bool, HOST(map_guest_memory), 0, 0 },
	{ "latency_us", set_number, HOST(latency_us), 0, 1000000 },
	{ "paging_delay_us", set_number, HOST(paging_delay_us), 0, 10000000 },
	{ "paging_immediate", set_number, HOST(paging_immediate), 0,
	  UINT32_MAX },
	{ "tdr_ms", set_number, HOST(tdr_ms), 1, 3600000 },
	{ "drain_ms", set_number, HOST(drain_ms), 0, 3600000 },
	{ "fail_command", add_injection, WHOLE, 0, 0 },
};

static const struct key adapter_keys[] = {
	{ "description", set_text, ROOM(description) },
	{ "instance_id", set_text, ROOM(instance_id) },
	{ "driver_store", set_text, ROOM(driver_store) },
	{ "umd_file", set_text, ROOM(umd_file) },
	{ "kmd_file", set_text, ROOM(kmd_file) },
	{ "chip_type", set_text, ROOM(chip_type) },
	{ "dac_type", set_text, ROOM(dac_type) },
	{ "bios_version", set_text, ROOM(bios_version) },
	{ "architecture", set_text, ROOM(architecture) },
	{ "luid", set_luid, ADAPTER(luid), 0, 0 },
	{ "vgpu_luid", set_luid, ADAPTER(vgpu_luid), 0, 0 },
	{ "host_luid", set_luid, ADAPTER(host_luid), 0, 0 },
	{ "vendor_id", set_number, ADAPTER(vendor_id), 0, 0xffff },
	{ "device_id", set_number, ADAPTER(device_id), 0, 0xffff },
	{ "subsystem_vendor_id", set_number, ADAPTER(subsystem_vendor_id), 0,
	  0xffff },
	{ "subsystem_id", set_number, ADAPTER(subsystem_id), 0, 0xffff },
	{ "revision_id", set_number, ADAPTER(revision_id), 0, 0xff },
	{ "pci_address", set_pci_address, ADAPTER(pci_address), 0, 0 },
	{ "driver_version", set_version, ADAPTER(driver_version), 0, 0 },
	{ "wddm_version", set_number, ADAPTER(wddm_version), 1000, 9999 },
	{ "local_memory", set_memory, ADAPTER(local_memory), 1, 0 },
	{ "nonlocal_memory", set_memory, ADAPTER(nonlocal_memory), 0, 0 },
	{ "dedicated_memory", set_memory, ADAPTER(dedicated_memory), 0, 0 },
	{ "compute_only", set_bool, ADAPTER(compute_only), 0, 0 },
	{ "integrated", set_bool, ADAPTER(integrated), 0, 0 },
	{ "software", set_bool, ADAPTER(software), 0, 0 },
	{ "graphics_preemption", set_graphics_preemption,
	  ADAPTER(graphics_preemption), 0, 0 },
	{ "compute_preemption", set_compute_preemption,
	  ADAPTER(compute_preemption), 0, 0 },
	{ "hw_scheduling", set_bool, ADAPTER(hw_scheduling), 0, 0 },
	{ "vsync_hz", set_number, ADAPTER(vsync_hz), 0, 1000 },
	{ "nodes", set_nodes, WHOLE, 0, 0 },
	{ "node_names", set_node_names, WHOLE, 0, 0 },
	{ "registry", add_registry, WHOLE, 0, 0 },
	{ "umd_private", set_umd_private, WHOLE, 0, 0 },
	{ "umd_private_size", set_number, ADAPTER(umd_private_size), 0, 131072 },
	{ "escape", add_escape, WHOLE, 0, 0 },
};

static int set(const struct key *keys, size_t count, void *object,
	       const char *name, const char *value)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (!strcmp(keys[i].name, name))
			return keys[i].set(&keys[i], value,
					   (char *)object + keys[i].at);
	return 1;
}

int dxghost_profile_set_host(struct dxghost_profile *profile, const char *key,
			     const char *value)
{
	return set(host_keys, sizeof(host_keys) / sizeof(host_keys[0]), profile,
		   key, value);
}

int dxghost_profile_set_adapter(struct dxghost_adapter_profile *adapter,
				const char *key, const char *value)
{
	return set(adapter_keys, sizeof(adapter_keys) / sizeof(adapter_keys[0]),
		   adapter, key, value);
}
