#!/bin/sh
# SPDX-License-Identifier: MIT
# Intel's Level Zero driver, by its fixed path of libdxcore.so. See lib.sh.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/intel.sh"

need intel-opencl-icd libze1
[ -n "${LEVEL_ZERO_PROGRAM:-}" ] || skip "built without the headers of Level Zero"

note "Without the library of Intel's package on the host, which the driver needs."
run intel.profile "$LEVEL_ZERO_PROGRAM"
gave_up

stand_in
note 'With one in the place of that library, on a GPU that carries nothing out.'
run intel.profile $no_hardware "$LEVEL_ZERO_PROGRAM"
ends_if_newer
exits 0
shows .
did_work
for function in Evict ShareObjects QueryResourceInfoFromNtHandle OpenResourceFromNtHandle; do
	called D3DKMT$function
done
made_a_device ONEAPI_LEVEL0
calls

note "On dxghost's GPU, which knows no commands of Intel's."
run intel.profile "$LEVEL_ZERO_PROGRAM"
exits 1
shows zeCommandQueueSynchronize
says 'zeCommandQueueSynchronize: 0x70000001'
called D3DKMTSubmitCommand
ended
