/* SPDX-License-Identifier: MIT */
/* What clients are to see of the profiles that look like a vendor's: see PROFILES.md. */
#include "t-vendor.h"

#define MIB (1ull << 20)
#define STORE L"/usr/lib/wsl/drivers/"
#define VERSION(a, b, c, d) \
	((uint64_t)(a) << 48 | (uint64_t)(b) << 32 | (uint64_t)(c) << 16 | (uint64_t)(d))

#define OTHER	DXGK_ENGINE_TYPE_OTHER
#define RENDER	DXGK_ENGINE_TYPE_3D
#define COPY	DXGK_ENGINE_TYPE_COPY
#define DECODE	DXGK_ENGINE_TYPE_VIDEO_DECODE

const struct t_vendor t_vendors[T_VENDORS] = {
	{
		.profile = "intel",
		.description = L"Intel(R) Iris(R) Xe Graphics",
		.chip_type = L"Intel(R) Iris(R) Xe Graphics Family",
		.ids = {
			.VendorID = 0x8086, .DeviceID = 0x46a8,
			.SubVendorID = 0x103c, .SubSystemID = 0x8956,
			.RevisionID = 0x0c,
		},
		.address = { .BusNumber = 0, .DeviceNumber = 2 },
		.driver_version = VERSION(32, 0, 101, 5972),
		.wddm_version = 3200,
		.integrated = true,
		.graphics_preemption = 300,
		.compute_preemption = 300,
		.dedicated_memory = 128 * MIB,
		.shared_memory = 8080 * MIB,
		.driver_store = STORE L"iigd_dch.inf_amd64_90ca605626b0a0ef",
		.umd_file = L"libigd12umd64.so",
		.driver_date = L"8-19-2024",
		.provider = L"Intel Corporation",
		.node_types = {
			RENDER, DECODE, COPY, DXGK_ENGINE_TYPE_VIDEO_PROCESSING, DECODE, OTHER,
		},
		.node_names = {
			L"3D", L"Video Decode", L"Copy", L"Video Processing", L"Video Decode",
			L"Compute",
		},
	},
	{
		.profile = "nvidia",
		.description = L"NVIDIA GeForce RTX 4060",
		.chip_type = L"NVIDIA GeForce RTX 4060",
		.ids = {
			.VendorID = 0x10de, .DeviceID = 0x2882,
			.SubVendorID = 0x19da, .SubSystemID = 0x1726,
			.RevisionID = 0xa1,
		},
		.address = { .BusNumber = 1 },
		.driver_version = VERSION(32, 0, 15, 6603),
		.wddm_version = 3200,
		.hw_scheduling = true,
		.graphics_preemption = 400,
		.compute_preemption = 200,
		.dedicated_memory = 8188 * MIB,
		.shared_memory = 8080 * MIB,
		.driver_store = STORE L"nv_dispi.inf_amd64_b7cca8360c0d57e9",
		.umd_file = L"libnvwgf2umx.so",
		.driver_date = L"10-15-2024",
		.provider = L"NVIDIA",
		.node_types = {
			RENDER, COPY, COPY, DECODE, DXGK_ENGINE_TYPE_VIDEO_ENCODE, OTHER, OTHER,
			OTHER, OTHER, OTHER, OTHER, DXGK_ENGINE_TYPE_OVERLAY, OTHER,
		},
		.node_names = {
			L"3D", L"Copy", L"Copy", L"Video Decode", L"Video Encode", L"Compute_0",
			L"Compute_1", L"Cuda", L"Graphics_1", L"VR", L"Security", L"Overlay",
			L"Optical Flow Accelerator 0",
		},
	},
	{
		.profile = "amd",
		.description = L"AMD Radeon RX 7900 XTX",
		.chip_type = L"AMD Radeon Graphics Processor (0x744C)",
		.ids = {
			.VendorID = 0x1002, .DeviceID = 0x744c,
			.SubVendorID = 0x148c, .SubSystemID = 0x2422,
			.RevisionID = 0xc8,
		},
		.address = { .BusNumber = 3 },
		.driver_version = VERSION(32, 0, 12033, 1030),
		.wddm_version = 3200,
		.hw_scheduling = true,
		.graphics_preemption = 200,
		.compute_preemption = 100,
		.dedicated_memory = 24560 * MIB,
		.shared_memory = 8080 * MIB,
		.driver_store = STORE L"u0198633.inf_amd64_f6ca42135bb94c90",
		.umd_file = L"B025777/amdxc64.so",
		.driver_date = L"11-26-2024",
		.provider = L"Advanced Micro Devices, Inc.",
		.node_types = {
			RENDER, OTHER, OTHER, OTHER, OTHER, COPY, COPY, DECODE, OTHER, OTHER,
			OTHER, OTHER,
		},
		.node_names = {
			L"3D", L"High Priority 3D", L"Compute 0", L"Compute 1",
			L"High Priority Compute", L"Copy", L"Copy", L"Video Codec 0", L"Timer 0",
			L"Security 1", L"True Audio 0", L"True Audio 1",
		},
	},
	{
		.profile = "basic-render",
		.description = L"Microsoft Basic Render Driver",
		.chip_type = L"Microsoft Basic Render Driver",
		.ids = { .VendorID = 0x1414, .DeviceID = 0x008c },
		.address = { .BusNumber = 4 },
		.driver_version = VERSION(10, 0, 26100, 1),
		.wddm_version = 2900,
		.software = true,
		.graphics_preemption = 200,
		.compute_preemption = 200,
		.shared_memory = 4096 * MIB,
		.driver_store = STORE L"basicrender.inf_amd64_49a8589f00d970d9",
		.umd_file = L"d3d10warp.dll",
		.node_types = { RENDER },
		.node_names = { L"3D" },
	},
};

unsigned int t_vendor_node_count(const struct t_vendor *vendor)
{
	unsigned int count = 0;

	while (vendor->node_names[count])
		count++;
	return count;
}
