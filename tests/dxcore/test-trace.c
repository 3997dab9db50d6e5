/* SPDX-License-Identifier: MIT */
/* DXG_TRACE: what libdxcore.so prints of the calls of its objects. */
#include "../library/t-trace.h"
#include "fake-machine.h"

static void list_adapters(void)
{
	static const GUID guids[] = { { 0x01020304, 0x0506, 0x0708, { 9, 10 } } };
	static const DXCoreAdapterPreference preferences[] = {
		DXCoreAdapterPreference_HighPerformance, (DXCoreAdapterPreference)9,
	};
	IDXCoreAdapterFactory1 *factory;
	IDXCoreAdapterList *list;
	IDXCoreAdapter1 *adapter;
	void *none;

	fake_add(RENDER);
	factory = t_factory();
	list = t_list(factory, &DXCORE_ADAPTER_ATTRIBUTE_D3D12_CORE_COMPUTE);
	t_call(list, Sort, 2, preferences);
	adapter = t_adapter(list, 0);
	t_call(list, GetAdapter, 1, &IID_IDXCoreAdapter, &none);
	t_call(factory, CreateAdapterList, 1, guids, &IID_IDXCoreAdapter, &none);
	t_call(factory, CreateAdapterList, 1, NULL, &IID_IDXCoreAdapterList, NULL);
	t_call(factory, CreateAdapterListByWorkload, DXCoreWorkload_MachineLearning,
	       DXCoreRuntimeFilterFlags_D3D12,
	       DXCoreHardwareTypeFilterFlags_GPU | DXCoreHardwareTypeFilterFlags_NPU,
	       &IID_IDXCoreAdapterList, &none);
	t_release(none);
	t_call(factory, CreateAdapterListByWorkload, (DXCoreWorkload)9,
	       DXCoreRuntimeFilterFlags_None, (DXCoreHardwareTypeFilterFlags)17,
	       &IID_IDXCoreAdapterList, &none);
	t_release(adapter);
	t_ask(list, GetAdapterCount);
	t_ask(list, IsStale);
	t_release(list);
	t_release(factory);
}

static void lists_are_told(void **state)
{
	(void)state;
	t_trace_expect(list_adapters,
		       "DXCoreCreateAdapterFactory(riid=IID_IDXCoreAdapterFactory1, "
		       "ppvFactory=[0x*]) = S_OK\n"
		       "IDXCoreAdapterFactory::CreateAdapterList(this=0x*, numAttributes=1, "
		       "filterAttributes=[DXCORE_ADAPTER_ATTRIBUTE_D3D12_CORE_COMPUTE], "
		       "riid=IID_IDXCoreAdapterList, ppvAdapterList=[0x*]) = S_OK\n"
		       "IDXCoreAdapterList::Sort(this=0x*, numPreferences=2, "
		       "preferences=[HighPerformance, 9]) = S_OK\n"
		       "IDXCoreAdapterList::GetAdapter(this=0x*, index=0, "
		       "riid=IID_IDXCoreAdapter1, ppvAdapter=[0x*]) = S_OK\n"
		       "IDXCoreAdapterList::GetAdapter(this=0x*, index=1, "
		       "riid=IID_IDXCoreAdapter, ppvAdapter=[NULL]) = E_INVALIDARG\n"
		       "IDXCoreAdapterFactory::CreateAdapterList(this=0x*, numAttributes=1, "
		       "filterAttributes=[{01020304-0506-0708-090a-000000000000}], "
		       "riid=IID_IDXCoreAdapter, ppvAdapterList=[NULL]) = E_NOINTERFACE\n"
		       "IDXCoreAdapterFactory::CreateAdapterList(this=0x*, numAttributes=1, "
		       "filterAttributes=NULL, riid=IID_IDXCoreAdapterList, ppvAdapterList=NULL)"
		       " = E_POINTER\n"
		       "IDXCoreAdapterFactory1::CreateAdapterListByWorkload(this=0x*, "
		       "workload=MachineLearning, runtimeFilter=D3D12, "
		       "hardwareTypeFilter=GPU|NPU, riid=IID_IDXCoreAdapterList, "
		       "ppvAdapterList=[0x*]) = S_OK\n"
		       "IDXCoreAdapterFactory1::CreateAdapterListByWorkload(this=0x*, "
		       "workload=9, runtimeFilter=0, hardwareTypeFilter=GPU|0x10, "
		       "riid=IID_IDXCoreAdapterList, ppvAdapterList=[NULL]) = E_INVALIDARG\n"
		       "IDXCoreAdapterList::GetAdapterCount(this=0x*) = 1\n"
		       "IDXCoreAdapterList::IsStale(this=0x*) = false\n");
}

/* An address that is never mapped, of which the methods read nothing. */
#define UNREADABLE ((void *)8)

static void give_arrays(void)
{
	static const GUID guids[10];
	static const DXCoreAdapterPreference preferences[9];
	IDXCoreAdapterFactory1 *factory;
	IDXCoreAdapterList *list;
	void *none;

	fake_add(RENDER);
	factory = t_factory();
	list = t_list(factory, &DXCORE_ADAPTER_ATTRIBUTE_D3D12_GRAPHICS);
	t_call(list, Sort, 9, preferences);
	t_call(factory, CreateAdapterList, 10, guids, &IID_IDXCoreAdapter, &none);
	t_call(factory, CreateAdapterList, 8, guids, &IID_IDXCoreAdapter, &none);
	t_call(factory, CreateAdapterList, 0, guids, &IID_IDXCoreAdapter, &none);
	t_call(factory, CreateAdapterList, 1, UNREADABLE, &IID_IDXCoreAdapter, &none);
	t_release(list);
	t_release(factory);
}

#define ZERO	"{00000000-0000-0000-0000-000000000000}"
#define FOUR(x)	x ", " x ", " x ", " x

static void no_more_than_eight_of_an_array_are_told(void **state)
{
	(void)state;
	t_trace_expect(give_arrays,
		       "DXCoreCreateAdapterFactory(riid=IID_IDXCoreAdapterFactory1, "
		       "ppvFactory=[0x*]) = S_OK\n"
		       "IDXCoreAdapterFactory::CreateAdapterList(this=0x*, numAttributes=1, "
		       "filterAttributes=[DXCORE_ADAPTER_ATTRIBUTE_D3D12_GRAPHICS], "
		       "riid=IID_IDXCoreAdapterList, ppvAdapterList=[0x*]) = S_OK\n"
		       "IDXCoreAdapterList::Sort(this=0x*, numPreferences=9, "
		       "preferences=[" FOUR("Hardware") ", " FOUR("Hardware")
		       ", ... 1 more]) = S_OK\n"
		       "IDXCoreAdapterFactory::CreateAdapterList(this=0x*, numAttributes=10, "
		       "filterAttributes=[" FOUR(ZERO) ", " FOUR(ZERO) ", ... 2 more], "
		       "riid=IID_IDXCoreAdapter, ppvAdapterList=[NULL]) = E_NOINTERFACE\n"
		       "IDXCoreAdapterFactory::CreateAdapterList(this=0x*, numAttributes=8, "
		       "filterAttributes=[" FOUR(ZERO) ", " FOUR(ZERO) "], "
		       "riid=IID_IDXCoreAdapter, ppvAdapterList=[NULL]) = E_NOINTERFACE\n"
		       "IDXCoreAdapterFactory::CreateAdapterList(this=0x*, numAttributes=0, "
		       "filterAttributes=[], "
		       "riid=IID_IDXCoreAdapter, ppvAdapterList=[NULL]) = E_NOINTERFACE\n"
		       "IDXCoreAdapterFactory::CreateAdapterList(this=0x*, numAttributes=1, "
		       "filterAttributes=0x8 {unreadable}, "
		       "riid=IID_IDXCoreAdapter, ppvAdapterList=[NULL]) = E_NOINTERFACE\n");
}

static void ask_adapter(void)
{
	DXCoreAdapterMemoryBudgetNodeSegmentGroup group = { 0, DXCoreSegmentGroup_Local };
	DXCoreAdapterMemoryBudget budget;
	DXCoreHardwareIDParts parts;
	IDXCoreAdapter1 *adapter;
	uint32_t engines, physical = 0;
	char text[64];
	LUID luid;
	bool flag;
	size_t size;

	fake_add(RENDER)->description = L"GPU \"\u00e4\"";
	adapter = fake_only_adapter();
	t_ask(adapter, IsValid);
	t_call(adapter, IsAttributeSupported, &DXCORE_HARDWARE_TYPE_ATTRIBUTE_NPU);
	t_call(adapter, IsPropertySupported, DXCoreAdapterProperty_IsHardware);
	t_call(adapter, GetPropertySize, DXCoreAdapterProperty_DriverDescription, &size);
	t_call(adapter, GetPropertySize, DXCoreAdapterProperty_HardwareID, NULL);
	t_call(adapter, GetProperty, DXCoreAdapterProperty_DriverDescription, sizeof(text), text);
	t_call(adapter, GetProperty, DXCoreAdapterProperty_InstanceLuid, sizeof(luid), &luid);
	t_call(adapter, GetProperty, DXCoreAdapterProperty_IsHardware, sizeof(flag), &flag);
	t_call(adapter, GetProperty, DXCoreAdapterProperty_HardwareIDParts, sizeof(parts), &parts);
	t_call(adapter, GetProperty, (DXCoreAdapterProperty)99, sizeof(flag), &flag);
	t_call(adapter, GetProperty, DXCoreAdapterProperty_IsHardware, 1, NULL);
	t_call(adapter, GetPropertyWithInput, DXCoreAdapterProperty_AdapterEngineCount,
	       sizeof(physical), &physical, sizeof(engines), &engines);
	t_call(adapter, IsQueryStateSupported, DXCoreAdapterState_AdapterMemoryBudget);
	t_call(adapter, QueryState, DXCoreAdapterState_AdapterMemoryBudget, sizeof(group), &group,
	       sizeof(budget), &budget);
	t_call(adapter, IsSetStateSupported, (DXCoreAdapterState)99);
	t_release(adapter);
}

static void properties_are_told_by_name(void **state)
{
	(void)state;
	t_trace_expect(ask_adapter,
		       "DXCoreCreateAdapterFactory(riid=IID_IDXCoreAdapterFactory1, "
		       "ppvFactory=[0x*]) = S_OK\n"
		       "IDXCoreAdapterFactory::GetAdapterByLuid(this=0x*, "
		       "adapterLUID=00000000:00000001, riid=IID_IDXCoreAdapter1, "
		       "ppvAdapter=[0x*]) = S_OK\n"
		       "IDXCoreAdapter::IsValid(this=0x*) = true\n"
		       "IDXCoreAdapter::IsAttributeSupported(this=0x*, "
		       "attributeGUID=DXCORE_HARDWARE_TYPE_ATTRIBUTE_NPU) = false\n"
		       "IDXCoreAdapter::IsPropertySupported(this=0x*, property=IsHardware)"
		       " = true\n"
		       "IDXCoreAdapter::GetPropertySize(this=0x*, property=DriverDescription, "
		       "bufferSize=9) = S_OK\n"
		       "IDXCoreAdapter::GetPropertySize(this=0x*, property=HardwareID, "
		       "bufferSize=NULL) = E_POINTER\n"
		       "IDXCoreAdapter::GetProperty(this=0x*, property=DriverDescription, "
		       "bufferSize=64, propertyData=\"GPU \\\"\u00e4\\\"\") = S_OK\n"
		       "IDXCoreAdapter::GetProperty(this=0x*, property=InstanceLuid, "
		       "bufferSize=8, propertyData=00000000:00000001) = S_OK\n"
		       "IDXCoreAdapter::GetProperty(this=0x*, property=IsHardware, bufferSize=1, "
		       "propertyData=1) = S_OK\n"
		       "IDXCoreAdapter::GetProperty(this=0x*, property=HardwareIDParts, "
		       "bufferSize=20, propertyData=[0x8086, 0x56a0, 0x6004, 0x1849, 0x8])"
		       " = S_OK\n"
		       "IDXCoreAdapter::GetProperty(this=0x*, property=99, bufferSize=1, "
		       "propertyData=0x*) = DXGI_ERROR_INVALID_CALL\n"
		       "IDXCoreAdapter::GetProperty(this=0x*, property=IsHardware, bufferSize=1, "
		       "propertyData=NULL) = E_POINTER\n"
		       "IDXCoreAdapter1::GetPropertyWithInput(this=0x*, "
		       "property=AdapterEngineCount, inputPropertyDetailsSize=4, "
		       "inputPropertyDetails=0x*, outputBufferSize=4, outputBuffer=0x*) = S_OK\n"
		       "IDXCoreAdapter::IsQueryStateSupported(this=0x*, "
		       "state=AdapterMemoryBudget) = true\n"
		       "IDXCoreAdapter::QueryState(this=0x*, state=AdapterMemoryBudget, "
		       "inputStateDetailsSize=8, inputStateDetails=0x*, outputBufferSize=32, "
		       "outputBuffer=0x*) = S_OK\n"
		       "IDXCoreAdapter::IsSetStateSupported(this=0x*, state=99) = false\n");
}

static void ignore(DXCoreNotificationType type, IUnknown *object, void *context)
{
	(void)type;
	(void)object;
	(void)context;
}

/* Traced objects are known for what they are. */
static void register_notification(void)
{
	IDXCoreAdapterFactory1 *factory;
	IDXCoreAdapterList *list;
	uint32_t cookie = 0;

	fake_add(RENDER);
	factory = t_factory();
	list = t_list(factory, &DXCORE_ADAPTER_ATTRIBUTE_D3D12_GRAPHICS);
	T_TRACE_CHECK(t_call(factory, IsNotificationTypeSupported,
			     DXCoreNotificationType_AdapterListStale));
	T_TRACE_CHECK(t_call(factory, RegisterEventNotification, (IUnknown *)(void *)list,
			     DXCoreNotificationType_AdapterListStale, ignore, NULL,
			     &cookie) == S_OK);
	T_TRACE_CHECK(t_call(factory, RegisterEventNotification, (IUnknown *)(void *)list,
			     DXCoreNotificationType_AdapterBudgetChange, ignore, NULL,
			     &cookie) != S_OK);
	T_TRACE_CHECK(t_call(factory, UnregisterEventNotification, 1) == S_OK);
	t_release(list);
	t_release(factory);
}

static void notifications_work_and_are_told(void **state)
{
	(void)state;
	t_trace_expect(register_notification,
		       "DXCoreCreateAdapterFactory(riid=IID_IDXCoreAdapterFactory1, "
		       "ppvFactory=[0x*]) = S_OK\n"
		       "IDXCoreAdapterFactory::CreateAdapterList(this=0x*, numAttributes=1, "
		       "filterAttributes=[DXCORE_ADAPTER_ATTRIBUTE_D3D12_GRAPHICS], "
		       "riid=IID_IDXCoreAdapterList, ppvAdapterList=[0x*]) = S_OK\n"
		       "IDXCoreAdapterFactory::IsNotificationTypeSupported(this=0x*, "
		       "notificationType=AdapterListStale) = true\n"
		       "IDXCoreAdapterFactory::RegisterEventNotification(this=0x*, "
		       "dxCoreObject=0x*, notificationType=AdapterListStale, "
		       "callbackFunction=0x*, callbackContext=NULL, eventCookie=1) = S_OK\n"
		       "IDXCoreAdapterFactory::RegisterEventNotification(this=0x*, "
		       "dxCoreObject=0x*, notificationType=AdapterBudgetChange, "
		       "callbackFunction=0x*, callbackContext=NULL, eventCookie=0x*)"
		       " = E_INVALIDARG\n"
		       "IDXCoreAdapterFactory::UnregisterEventNotification(this=0x*, "
		       "eventCookie=1) = S_OK\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(lists_are_told, fake_setup),
		cmocka_unit_test_setup(no_more_than_eight_of_an_array_are_told,
				       fake_setup),
		cmocka_unit_test_setup(properties_are_told_by_name, fake_setup),
		cmocka_unit_test_setup(notifications_work_and_are_told, fake_setup),
	};

	return cmocka_run_group_tests_name("dxcore-trace", tests, NULL, NULL);
}
