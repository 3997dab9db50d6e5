/* SPDX-License-Identifier: MIT */
/* Built-in profiles that look like GPUs of three vendors. */
#include "profile.h"

/*
 * Names, PCI ids and versions are those of real products with a driver of theirs,
 * the packages those of some real machine. Node ordinals of Intel's are what its
 * public runtime takes for granted: 0 render, 2 blitter, 5 compute.
 */
#define INTEL								\
	"[adapter]\n"							\
	"description = Intel(R) Iris(R) Xe Graphics\n"			\
	"driver_store = \\SystemRoot\\System32\\DriverStore\\"		\
	"FileRepository\\iigd_dch.inf_amd64_32f2737c4537eedc\n"		\
	"umd_file = libigd12umd64.so\n"					\
	"vendor_id = 0x8086\n"						\
	"device_id = 0x9a49\n"						\
	"driver_version = 32.0.101.6647\n"				\
	"integrated = on\n"						\
	"hw_scheduling = off\n"						\
	"local_memory = 8208M\n"					\
	"nonlocal_memory = 1M\n"					\
	"nodes = 3d copy copy copy copy compute\n"

#define AMD								\
	"[adapter]\n"							\
	"description = AMD Radeon RX 7900 XTX\n"			\
	"driver_store = C:\\Windows\\System32\\DriverStore\\"		\
	"FileRepository\\u0198633.inf_amd64_f6ca42135bb94c90\n"		\
	"umd_file = B025777\\amdxc64.so\n"				\
	"vendor_id = 0x1002\n"						\
	"device_id = 0x744c\n"						\
	"driver_version = 32.0.12033.1030\n"				\
	"local_memory = 24560M\n"					\
	"nonlocal_memory = 8080M\n"					\
	"nodes = 3d compute compute copy copy\n"

#define NVIDIA								\
	"[adapter]\n"							\
	"description = NVIDIA GeForce RTX 4060\n"			\
	"driver_store = \\windows\\system32\\HostDriverStore\\"		\
	"FileRepository\\nv_dispi.inf_amd64_b7cca8360c0d57e9\n"		\
	"umd_file = libnvwgf2umx.so\n"					\
	"vendor_id = 0x10de\n"						\
	"device_id = 0x2882\n"						\
	"driver_version = 32.0.15.6603\n"				\
	"local_memory = 8188M\n"					\
	"nonlocal_memory = 8080M\n"					\
	"nodes = 3d compute copy copy\n"

const char dxghost_profile_intel[] = INTEL;
const char dxghost_profile_amd[] = AMD;
const char dxghost_profile_nvidia[] = NVIDIA;
