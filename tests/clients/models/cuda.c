/* SPDX-License-Identifier: MIT */
/* A libcuda: what is known of it is that it loads libdxcore.so by its bare name. */
#include "cuda.h"

#include <dlfcn.h>
#include <stdlib.h>

#include <dxg/d3dkmthk.h>
#include <dxg/status.h>

__attribute__((visibility("default"))) int cuInit(unsigned int flags)
{
	D3DKMT_ENUMADAPTERS3 args = { .Filter = { .IncludeComputeOnly = 1 } };
	__typeof__(&D3DKMTEnumAdapters3) enumerate = NULL;
	void *library = dlopen("libdxcore.so", RTLD_LAZY);

	(void)flags;
	if (!library)
		return CUDA_ERROR_NO_DEVICE;
	*(void **)&enumerate = dlsym(library, "D3DKMTEnumAdapters3");
	if (!enumerate || enumerate(&args) != STATUS_SUCCESS || !args.NumAdapters)
		return CUDA_ERROR_NO_DEVICE;
	return CUDA_SUCCESS;
}
