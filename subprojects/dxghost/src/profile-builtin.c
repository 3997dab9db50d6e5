/* SPDX-License-Identifier: MIT */
/* The profiles that need no file. */
#include <string.h>

#include "profile.h"

static const struct {
	const char *name;
	const char *text;
} builtins[] = {
	{ "discrete",
	  "[adapter]\n"
	  "description = DXG Software GPU\n" },
	{ "two-adapters",
	  "[adapter]\n"
	  "description = DXG Software GPU\n"
	  "[adapter]\n"
	  "description = DXG Software Integrated GPU\n"
	  "integrated = on\n"
	  "device_id = 0x5302\n"
	  "local_memory = 2G\n"
	  "nonlocal_memory = 64M\n"
	  "nodes = 3d copy\n" },
	{ "compute-only",
	  "[adapter]\n"
	  "description = DXG Software Compute Accelerator\n"
	  "compute_only = on\n"
	  "device_id = 0x5303\n"
	  "nodes = compute copy\n" },
	{ "none", "# no adapter\n" },
	{ "intel", dxghost_profile_intel },
	{ "amd", dxghost_profile_amd },
	{ "nvidia", dxghost_profile_nvidia },
	{ "basic-render", dxghost_profile_basic_render },
	{ "vendors", dxghost_profile_vendors },
};

const char *dxghost_profile_builtin(const char *name)
{
	size_t i;

	for (i = 0; i < sizeof(builtins) / sizeof(builtins[0]); i++)
		if (!strcmp(builtins[i].name, name))
			return builtins[i].text;
	return NULL;
}
