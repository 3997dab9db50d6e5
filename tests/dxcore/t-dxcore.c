/* SPDX-License-Identifier: MIT */
/* What the tests of libdxcore.so share: objects in a line, through their tables. */
#include "t-dxcore.h"

IDXCoreAdapterFactory1 *t_factory(void)
{
	void *factory = NULL;

	assert_result(DXCoreCreateAdapterFactory(&IID_IDXCoreAdapterFactory1, &factory), S_OK);
	assert_non_null(factory);
	return factory;
}

IDXCoreAdapterList *t_list(IDXCoreAdapterFactory1 *factory, const GUID *attribute)
{
	void *list = NULL;

	assert_result(t_call(factory, CreateAdapterList, 1, attribute, &IID_IDXCoreAdapterList,
			     &list), S_OK);
	assert_non_null(list);
	return list;
}

IDXCoreAdapter1 *t_adapter(IDXCoreAdapterList *list, uint32_t index)
{
	void *adapter = NULL;

	assert_result(t_call(list, GetAdapter, index, &IID_IDXCoreAdapter1, &adapter), S_OK);
	assert_non_null(adapter);
	return adapter;
}

IDXCoreAdapter1 *t_first_adapter(IDXCoreAdapterFactory1 *factory)
{
	IDXCoreAdapterList *list = t_list(factory, &DXCORE_ADAPTER_ATTRIBUTE_D3D12_CORE_COMPUTE);
	IDXCoreAdapter1 *adapter = t_adapter(list, 0);

	t_release(list);
	return adapter;
}

LUID t_luid(IDXCoreAdapter1 *adapter)
{
	LUID luid;

	assert_result(t_call(adapter, GetProperty, DXCoreAdapterProperty_InstanceLuid,
			     sizeof(luid), &luid), S_OK);
	return luid;
}

void t_assert_all_released(void)
{
	assert_int_equal(t_release(t_factory()), 0);
}

int t_dxcore_teardown(void **state)
{
	(void)state;
	t_assert_all_released();
	return 0;
}
