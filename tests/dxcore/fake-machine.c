/* SPDX-License-Identifier: MIT */
/* Machines of one adapter, of whatever kind. */
#include "fake-machine.h"

struct fake_adapter *fake_add(uint32_t type_bits)
{
	struct fake_adapter *adapter = &fake_driver.adapters[fake_driver.count++];

	adapter->luid.LowPart = fake_driver.count;
	adapter->type.Value = type_bits;
	adapter->description = L"GPU";
	adapter->dedicated_memory = 8ull << 30;
	adapter->physical_count = 1;
	adapter->ids = (D3DKMT_DEVICE_IDS){ 0x8086, 0x56a0, 0x1849, 0x6004, 8, 3 };
	adapter->engines[0][0] = DXGK_ENGINE_TYPE_3D;
	return adapter;
}

int fake_setup(void **state)
{
	(void)state;
	memset(&fake_driver, 0, sizeof(fake_driver));
	return 0;
}

/* Whatever was asked, every handle has been closed. */
int fake_teardown(void **state)
{
	(void)state;
	fake_driver.is_closed = false;
	t_assert_all_released();
	assert_int_equal(atomic_load(&fake_driver.open_handles), 0);
	return 0;
}

/* The one adapter that there is, and with it the factory. */
IDXCoreAdapter1 *fake_only_adapter(void)
{
	IDXCoreAdapterFactory1 *factory = t_factory();
	LUID luid = fake_driver.adapters[0].luid;
	void *adapter = NULL;

	assert_result(t_call(factory, GetAdapterByLuid, &luid, &IID_IDXCoreAdapter1, &adapter),
		      S_OK);
	t_release(factory);
	return adapter;
}

uint64_t fake_number(IDXCoreAdapter1 *adapter, DXCoreAdapterProperty property)
{
	uint64_t value = 0;

	assert_result(t_call(adapter, GetProperty, property, sizeof(value), &value), S_OK);
	return value;
}

