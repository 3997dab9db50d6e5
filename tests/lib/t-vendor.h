/* SPDX-License-Identifier: MIT */
/* What clients are to see of the profiles that look like a vendor's: see PROFILES.md. */
#ifndef T_VENDOR_H
#define T_VENDOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <dxg/d3dkmthk.h>

#define T_VENDOR_NODES 16

struct t_vendor {
	const char *profile;
	const wchar_t *description;
	const wchar_t *chip_type;
	D3DKMT_DEVICE_IDS ids;
	D3DKMT_ADAPTERADDRESS address;
	uint64_t driver_version;
	unsigned int wddm_version;
	bool software;
	bool integrated;
	bool hw_scheduling;
	unsigned int graphics_preemption;
	unsigned int compute_preemption;
	uint64_t dedicated_memory;
	uint64_t shared_memory;
	const wchar_t *driver_store;	/* as libdxg shows it */
	const wchar_t *umd_file;	/* below it */
	const wchar_t *driver_date;	/* NULL: it has none */
	const wchar_t *provider;
	/* A name for each. */
	DXGK_ENGINE_TYPE node_types[T_VENDOR_NODES];
	const wchar_t *node_names[T_VENDOR_NODES + 1];
};

#define T_VENDORS 4

/* In the order of the profile "vendors": Intel, NVIDIA, AMD, software. */
extern const struct t_vendor t_vendors[T_VENDORS];

unsigned int t_vendor_node_count(const struct t_vendor *vendor);

#endif
