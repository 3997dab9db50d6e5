/* SPDX-License-Identifier: MIT */
/* A program of somebody else's, in the C that is also C++. */
#include <stdio.h>
#include <string.h>

#include <dxg/d3dkmthk.h>
#include <dxg/dxg.h>
#include <dxg/soft.h>
#include <dxghost/gpu.h>

/* Nothing may stay: the arguments say whether there is to be a device. */
int main(int argc, char **argv)
{
	D3DKMT_ENUMADAPTERS2 enumerate;
	D3DKMT_ADAPTERINFO adapters[16];
	NTSTATUS status;
	ULONG i;

	memset(&enumerate, 0, sizeof(enumerate));
	enumerate.NumAdapters = 16;
	enumerate.pAdapters = adapters;
	status = D3DKMTEnumAdapters2(&enumerate);
	if (argc > 1 && !strcmp(argv[1], "none")) {
		printf("%s: %s\n", dxg_status_name(status), dxg_last_error_text());
		return status != STATUS_UNSUCCESSFUL ||
		       !strlen(dxg_last_error_text());
	}
	if (status != STATUS_SUCCESS || !enumerate.NumAdapters) {
		fprintf(stderr, "%s: %s\n", dxg_status_name(status),
			dxg_last_error_text());
		return 1;
	}
	for (i = 0; i < enumerate.NumAdapters; i++) {
		D3DKMT_CREATEDEVICE device;
		D3DKMT_DESTROYDEVICE destroy;

		memset(&device, 0, sizeof(device));
		device.hAdapter = adapters[i].hAdapter;
		status = D3DKMTCreateDevice(&device);
		if (status != STATUS_SUCCESS)
			return 1;
		destroy.hDevice = device.hDevice;
		if (D3DKMTDestroyDevice(&destroy) != STATUS_SUCCESS)
			return 1;
	}
	printf("libdxg %s, %u adapter(s)\n", dxg_version(),
	       (unsigned int)enumerate.NumAdapters);
	D3DKMTCloseDxCoreDevice();
	return 0;
}
