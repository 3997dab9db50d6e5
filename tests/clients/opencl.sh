#!/bin/sh
# SPDX-License-Identifier: MIT
# Intel's OpenCL driver, by its fixed path of libdxcore.so. See lib.sh.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/intel.sh"

need intel-opencl-icd clinfo
[ -n "${OPENCL_PROGRAM:-}" ] || skip "built without OpenCL's headers"
# No other driver that may be installed.
export OCL_ICD_VENDORS=/etc/OpenCL/vendors/intel.icd

note 'A GPU that is not of Intel: it is looked at, and left.'
run nvidia clinfo
exits 0
shows 'Number of platforms'
called IDXCoreAdapter::GetProperty 'property=DriverDescription.*NVIDIA'
not_called D3DKMTCreateDevice
not_called D3DKMTQueryAdapterInfo KMTQAITYPE_QUERYREGISTRY

note "Without the library of Intel's package on the host, which the driver needs."
run intel.profile clinfo
gave_up

stand_in
note "With one in the place of that library."
run intel.profile clinfo
exits 0
ends_if_newer
shows '^Number of devices\|^  Device Name\|^  Device Vendor ID'
shows '^  Max compute units\|^  Max clock freq\|^  Threads per EU\|^  Global memory size'
says '  Max compute units                               96'
made_a_device OPENCL
calls

note 'The same for one whose addresses are all those of the program: an escape divides them.'
run intel-47-bit.profile clinfo
exits 0
shows '^  Device Name'
[ "$(count D3DKMTEscape)" = 2 ] || fail "$(count D3DKMTEscape) escapes"
[ "$(count D3DKMTReserveGpuVirtualAddress)" = 2 ] || fail "not two reservations"
made_a_device OPENCL

note 'A program, on a GPU that carries nothing out. The driver makes all of its calls.'
run intel.profile $no_hardware "$OPENCL_PROGRAM"
exits 0
shows .
did_work
for function in Escape SetContextSchedulingPriority; do
	called D3DKMT$function
done
ended
calls
waited intel.profile $no_hardware "$OPENCL_PROGRAM"

note "The same program on dxghost's GPU, which knows no commands of Intel's: it stops, its" \
	'fence goes to the maximum, and the driver tells the program that the GPU hangs.'
run intel.profile "$OPENCL_PROGRAM"
exits 1
shows 'clEnqueueFillBuffer\|clFinish'
says 'clFinish: -5'
called D3DKMTSubmitCommand
