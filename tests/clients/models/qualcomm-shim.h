/* SPDX-License-Identifier: MIT */
/* What a shim that is preloaded has seen of the calls between a client and the library. */
#ifndef QUALCOMM_SHIM_H
#define QUALCOMM_SHIM_H

/* Each function once; all of them have one argument. */
#define QUALCOMM_CALLS(call)                                            \
	call(D3DKMTCreateDevice, D3DKMT_CREATEDEVICE)                   \
	call(D3DKMTDestroyDevice, const D3DKMT_DESTROYDEVICE)           \
	call(D3DKMTCreateContextVirtual, D3DKMT_CREATECONTEXTVIRTUAL)   \
	call(D3DKMTDestroyContext, const D3DKMT_DESTROYCONTEXT)         \
	call(D3DKMTCreateAllocation2, D3DKMT_CREATEALLOCATION)          \
	call(D3DKMTDestroyAllocation2, const D3DKMT_DESTROYALLOCATION2) \
	call(D3DKMTMapGpuVirtualAddress, D3DDDI_MAPGPUVIRTUALADDRESS)   \
	call(D3DKMTMakeResident, D3DDDI_MAKERESIDENT)                   \
	call(D3DKMTLock2, D3DKMT_LOCK2)                                 \
	call(D3DKMTUnlock2, const D3DKMT_UNLOCK2)                       \
	call(D3DKMTSubmitCommand, const D3DKMT_SUBMITCOMMAND)

/* How many different functions have passed it. */
unsigned int qualcomm_shim_seen(void);

#endif
