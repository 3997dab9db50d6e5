# SPDX-License-Identifier: MIT
# What both of Intel's drivers do, as they have the same code for it.
# shellcheck shell=sh

# Keys for those who work on the driver. It submits all work, but to contexts that say
# NullRendering, and takes it for done when its fence is signalled.
no_hardware='NEOReadDebugKeys=1 EnableNullHardware=1'

# Puts the helper library where the adapter's driver store is.
stand_in() {
	ln -s "$STAND_IN_HELPER" "$wsl/drivers/stand-in/libwsl_compute_helper.so"
}

# Without the helper library old drivers abort; new ones have structures of their own, and
# then leave adapters whose package is not theirs.
gave_up() {
	found_the_adapter
	not_called D3DKMTCreateDevice
	if [ "$status" = 134 ]; then
		shows '^Abort was called' | sed 's/ in file.*//'
	else
		called D3DKMTQueryAdapterInfo KMTQAITYPE_UMDRIVERPRIVATE
	fi
}

# Versions that came after the one of Debian 12 end, with the stand-in, once they have a
# device and a paging queue; no call fails, so why is not known.
is_newer() {
	case $(installed intel-opencl-icd) in
	22.*) return 1 ;;
	*) return 0 ;;
	esac
}

# That they have come that far, which is all then.
ends_if_newer() {
	is_newer || return 0
	found_the_adapter
	undone D3DKMTCreateDevice D3DKMTDestroyDevice
	undone D3DKMTCreatePagingQueue D3DKMTDestroyPagingQueue
	succeeded
	calls
	exit 0
}

found_the_adapter() {
	called DXCoreCreateAdapterFactory
	called IDXCoreAdapterFactory::CreateAdapterList D3D12_CORE_COMPUTE
	called IDXCoreAdapterList::GetAdapter
	for property in IsHardware DriverDescription HardwareID InstanceLuid; do
		called IDXCoreAdapter::GetProperty "property=$property"
	done
	called D3DKMTOpenAdapterFromLuid
	called D3DKMTQueryAdapterInfo KMTQAITYPE_QUERYREGISTRY
}

# made_a_device CLIENTHINT
made_a_device() {
	found_the_adapter
	called D3DKMTQueryAdapterInfo KMTQAITYPE_UMDRIVERPRIVATE
	for function in CreateDevice CreatePagingQueue ReserveGpuVirtualAddress \
			CreateSynchronizationObject2 CreateAllocation2 Lock2 \
			MapGpuVirtualAddress; do
		called D3DKMT$function
	done
	called D3DKMTCreateContextVirtual "ClientHint=D3DKMT_CLIENTHINT_$1,"
	ended
}

did_work() {
	called D3DKMTCreateContextVirtual 'Flags=[A-Za-z|]*NullRendering'
	called D3DKMTMakeResident
	called D3DKMTSubmitCommand
}

# waited COMMAND ...: for memory to be there, and for work to be done. If it came too late
# to wait, once more.
waited() {
	tries=1
	until grep -q ' D3DKMTWaitForSynchronizationObjectFromCpu(.* = STATUS_SUCCESS' \
			"$scratch/trace" &&
	      grep -q ' D3DKMTWaitForSynchronizationObjectFromGpu(.* = STATUS_SUCCESS' \
			"$scratch/trace"; do
		[ $tries -lt 10 ] || fail 'no waits'
		tries=$((tries + 1))
		run "$@" >/dev/null
	done
}

# As it should be at the end, with nothing left and nothing refused.
ended() {
	called D3DKMTGetDeviceState
	undone D3DKMTCreateContextVirtual D3DKMTDestroyContext
	undone D3DKMTCreateSynchronizationObject2 D3DKMTDestroySynchronizationObject
	undone D3DKMTCreatePagingQueue D3DKMTDestroyPagingQueue
	undone D3DKMTCreateDevice D3DKMTDestroyDevice
	called D3DKMTCloseAdapter
	succeeded
}
