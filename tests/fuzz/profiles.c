/* SPDX-License-Identifier: MIT */
/* The machines on which inputs run. */
#include "device.h"

/* All are small. */
#define COMMON	"tdr_ms = 2\ndrain_ms = 1\n"
#define ADAPTER	"[adapter]\nlocal_memory = 4M\nnonlocal_memory = 2M\n"

const char *const fuzz_profiles[FUZZ_PROFILES] = {
	COMMON "paging_immediate = 1\n" ADAPTER "nodes = 3d\n",
	COMMON "paging_delay_us = 20\n" ADAPTER "nodes = 3d copy\n",
	COMMON "async = off\nmap_guest_memory = off\n" ADAPTER "nodes = 3d\n",
	COMMON "interface_version = 27\n" ADAPTER "nodes = compute\n"
	"hw_scheduling = off\ncompute_only = on\n",
	COMMON ADAPTER "nodes = 3d\n" ADAPTER "nodes = 3d\nintegrated = on\n",
};
