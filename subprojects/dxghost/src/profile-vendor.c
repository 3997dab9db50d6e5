/* SPDX-License-Identifier: MIT */
/* Built-in profiles that look like GPUs of three vendors, and like no GPU. */
#include "profile.h"

/*
 * Where the facts come from: PCI ids, names, texts, versions, dates, sizes, packages and
 * files are as public reports of real machines show them (of dxdiag, of WSL, of tools for
 * Linux). Those of one vendor come from several machines, so that package and version need
 * not belong together. Shared memory is that of a machine with 16 GiB.
 *
 * Of nodes the names are public, and the places of Intel's, which its open runtime takes for
 * granted: 0 render, 2 blitter, 5 compute. The places of the others, their types where the
 * name does not tell, architectures, and where AMD's and NVIDIA's are preempted are ours.
 *
 * Instance paths are made of the ids, as Windows does it; what follows their last backslash
 * is ours, for Windows makes that of where the card is.
 *
 * What a driver answers to private queries and escapes is not public. It is left to who
 * knows it (umd_private, escape).
 */

/* Processors of the twelfth generation, in a small desktop machine. */
const char dxghost_profile_intel[] =
	"[adapter]\n"
	"description = Intel(R) Iris(R) Xe Graphics\n"
	"instance_id = PCI\\VEN_8086&DEV_46A8&SUBSYS_8956103C&REV_0C\\"
	"3&11583659&0&10\n"
	"chip_type = Intel(R) Iris(R) Xe Graphics Family\n"
	"bios_version = Intel Video BIOS\n"
	"architecture = Alder Lake\n"
	"driver_store = \\SystemRoot\\System32\\DriverStore\\FileRepository\\"
	"iigd_dch.inf_amd64_90ca605626b0a0ef\n"
	"umd_file = libigd12umd64.so\n"
	"kmd_file = igdkmdn64.sys\n"
	"vendor_id = 0x8086\n"
	"device_id = 0x46a8\n"
	"subsystem_vendor_id = 0x103c\n"
	"subsystem_id = 0x8956\n"
	"revision_id = 0x0c\n"
	"pci_address = 0:2.0\n"
	"driver_version = 32.0.101.5972\n"
	"wddm_version = 3200\n"
	"integrated = on\n"
	"local_memory = 8208M\n"
	"dedicated_memory = 128M\n"
	"nonlocal_memory = 0\n"
	"graphics_preemption = triangle\n"
	"compute_preemption = thread_group\n"
	"hw_scheduling = off\n"
	"nodes = 3d video_decode copy video_processing video_decode compute\n"
	"registry = adapter sz ProviderName Intel Corporation\n"
	"registry = adapter sz DriverDate 8-19-2024\n"
	"registry = adapter sz InfSection iADLPD_w10_DS\n"
	"registry = adapter sz MatchingDeviceId "
	"PCI\\VEN_8086&DEV_46A8&SUBSYS_8956103C\n";

/* The first of the cards that ROCm's documentation lists for WSL. */
const char dxghost_profile_amd[] =
	"[adapter]\n"
	"description = AMD Radeon RX 7900 XTX\n"
	"instance_id = PCI\\VEN_1002&DEV_744C&SUBSYS_2422148C&REV_C8\\"
	"6&1234ABCD&0&00000008\n"
	"chip_type = AMD Radeon Graphics Processor (0x744C)\n"
	"dac_type = Internal DAC(400MHz)\n"
	"bios_version = 022.001.002.009.000001\n"
	"architecture = Navi 31\n"
	"driver_store = C:\\Windows\\System32\\DriverStore\\FileRepository\\"
	"u0198633.inf_amd64_f6ca42135bb94c90\n"
	"umd_file = B025777\\amdxc64.so\n"
	"kmd_file = B025777\\amdkmdag.sys\n"
	"vendor_id = 0x1002\n"
	"device_id = 0x744c\n"
	"subsystem_vendor_id = 0x148c\n"
	"subsystem_id = 0x2422\n"
	"revision_id = 0xc8\n"
	"pci_address = 3:0.0\n"
	"driver_version = 32.0.12033.1030\n"
	"wddm_version = 3200\n"
	"local_memory = 24560M\n"
	"nonlocal_memory = 8080M\n"
	"compute_preemption = dma\n"
	"nodes = 3d other compute compute compute copy copy video_decode other "
	"other other other\n"
	"node_names = |High Priority 3D|Compute 0|Compute 1|"
	"High Priority Compute|||Video Codec 0|Timer 0|Security 1|"
	"True Audio 0|True Audio 1\n"
	"registry = adapter sz ProviderName Advanced Micro Devices, Inc.\n"
	"registry = adapter sz DriverDate 11-26-2024\n"
	"registry = adapter sz RadeonSoftwareVersion 24.12.1\n"
	"registry = adapter sz InfSection ati2mtag_Navi31\n"
	"registry = adapter sz MatchingDeviceId PCI\\VEN_1002&DEV_744C&REV_C8\n";

/* Its driver is called 566.03: the last five digits of the version. */
const char dxghost_profile_nvidia[] =
	"[adapter]\n"
	"description = NVIDIA GeForce RTX 4060\n"
	"instance_id = PCI\\VEN_10DE&DEV_2882&SUBSYS_172619DA&REV_A1\\"
	"4&1234ABCD&0&0008\n"
	"dac_type = Integrated RAMDAC\n"
	"architecture = AD107\n"
	"driver_store = \\windows\\system32\\HostDriverStore\\FileRepository\\"
	"nv_dispi.inf_amd64_b7cca8360c0d57e9\n"
	"umd_file = libnvwgf2umx.so\n"
	"kmd_file = nvlddmkm.sys\n"
	"vendor_id = 0x10de\n"
	"device_id = 0x2882\n"
	"subsystem_vendor_id = 0x19da\n"
	"subsystem_id = 0x1726\n"
	"revision_id = 0xa1\n"
	"pci_address = 1:0.0\n"
	"driver_version = 32.0.15.6603\n"
	"wddm_version = 3200\n"
	"local_memory = 8188M\n"
	"nonlocal_memory = 8080M\n"
	"graphics_preemption = pixel\n"
	"nodes = 3d copy copy video_decode video_encode compute compute other "
	"other other other overlay other\n"
	"node_names = |||||Compute_0|Compute_1|Cuda|Graphics_1|VR|Security||"
	"Optical Flow Accelerator 0\n"
	"registry = adapter sz ProviderName NVIDIA\n"
	"registry = adapter sz DriverDate 10-15-2024\n"
	"registry = adapter sz MatchingDeviceId PCI\\VEN_10DE&DEV_2882\n";

/* Windows' own, which draws on the processor. */
const char dxghost_profile_basic_render[] =
	"[adapter]\n"
	"description = Microsoft Basic Render Driver\n"
	"instance_id = ROOT\\BASICRENDER\\0000\n"
	"driver_store = C:\\Windows\\System32\\DriverStore\\FileRepository\\"
	"basicrender.inf_amd64_49a8589f00d970d9\n"
	"umd_file = d3d10warp.dll\n"
	"kmd_file = BasicRender.sys\n"
	"vendor_id = 0x1414\n"
	"device_id = 0x008c\n"
	"subsystem_vendor_id = 0\n"
	"subsystem_id = 0\n"
	"driver_version = 10.0.26100.1\n"
	"software = on\n"
	"integrated = on\n"
	"local_memory = 4G\n"
	"nonlocal_memory = 0\n"
	"hw_scheduling = off\n"
	"nodes = 3d\n";

/* Software comes last, as in Windows: some clients look no further. */
const char dxghost_profile_vendors[] =
	"[adapter]\n"
	"like = intel\n"
	"[adapter]\n"
	"like = nvidia\n"
	"[adapter]\n"
	"like = amd\n"
	"[adapter]\n"
	"like = basic-render\n";
