#!/bin/sh
# SPDX-License-Identifier: MIT
# Mesa's driver for Direct3D 12, which knows both libraries by name alone. See lib.sh.
. "$(dirname "$0")/lib.sh"

need libgl1-mesa-dri mesa-utils
# As ld.so.conf has it on WSL.
path=LD_LIBRARY_PATH=/usr/lib/wsl/lib

note 'Without a libd3d12.so Mesa does not come to look for adapters.'
run intel $path GALLIUM_DRIVER=d3d12 eglinfo
shows 'failed to create dri2 screen' | sort -u
not_called DXCoreCreateAdapterFactory

ln -s "$STAND_IN_D3D12" "$wsl/lib/libd3d12.so"
note 'One that refuses to make a device, as where there is no driver of a vendor: an adapter' \
	'is chosen and handed to it, and Mesa gives up.'
run intel $path GALLIUM_DRIVER=d3d12 eglinfo
shows '^libd3d12.so: \|failed to create dri2 screen' | sort -u
called DXCoreCreateAdapterFactory
called IDXCoreAdapterFactory::CreateAdapterList D3D12_GRAPHICS
for property in IsIntegrated HardwareID DedicatedAdapterMemory DedicatedSystemMemory \
		SharedSystemMemory DriverVersion; do
	called IDXCoreAdapter::GetProperty "property=$property"
done
called IDXCoreAdapter::GetProperty 'property=DriverDescription, bufferSize=256'
undone D3DKMTCreateDevice D3DKMTDestroyDevice
succeeded
calls

note 'Left to itself, Mesa tries it first and then draws with the CPU.'
run intel $path eglinfo
shows '^libd3d12.so: \|^EGL driver name: swrast' | sort -u

note 'Of several adapters it takes an integrated one,'
run two-adapters $path GALLIUM_DRIVER=d3d12 eglinfo
shows '^libd3d12.so: DXG Software Integrated GPU' | sort -u

note 'or the one whose name has these words in it.'
run vendors $path GALLIUM_DRIVER=d3d12 MESA_D3D12_DEFAULT_ADAPTER_NAME=radeon eglinfo
shows '^libd3d12.so: AMD Radeon RX 7900 XTX' | sort -u
