/* SPDX-License-Identifier: MIT */
/* A program of somebody else's, which has libdxcore alone. */
#include <stdio.h>

#include <dxg/d3dkmthk.h>
#include <dxg/dxcore.h>

int main(void)
{
	void *object = NULL;
	IDXCoreAdapterFactory *factory;
	IDXCoreAdapterList *list;
	D3DKMT_ENUMADAPTERS2 enumerate = { 0 };
	uint32_t count;

	if (DXCoreCreateAdapterFactory(&IID_IDXCoreAdapterFactory, &object) != S_OK)
		return 1;
	factory = object;
	if (factory->lpVtbl->CreateAdapterList(factory, 1,
					       &DXCORE_ADAPTER_ATTRIBUTE_D3D12_CORE_COMPUTE,
					       &IID_IDXCoreAdapterList, &object) != S_OK)
		return 1;
	list = object;
	count = list->lpVtbl->GetAdapterCount(list);
	list->lpVtbl->Release(list);
	factory->lpVtbl->Release(factory);
	if (D3DKMTEnumAdapters2(&enumerate) < 0 || enumerate.NumAdapters != count || !count)
		return 1;
	printf("libdxcore, %u adapter(s)\n", (unsigned int)count);
	return 0;
}
