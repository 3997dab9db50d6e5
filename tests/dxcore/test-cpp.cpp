/* SPDX-License-Identifier: MIT */
/*
 * Every method through the classes of DirectX-Headers, as C++ programs have them:
 * an order of methods or a convention of calls other than theirs fails here.
 */
#include <csetjmp>
#include <cstdarg>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>

extern "C" {
#include <cmocka.h>
}

#define INITGUID
#include <wsl/winadapter.h>
#include <directx/dxcore.h>
#include <dxguids/dxguids.h>

#ifndef HAVE_DXCORE_1
/* What newer headers have in addition. */
DEFINE_GUID(IID_IDXCoreAdapter1, 0xa0783366, 0xcfa3, 0x43be, 0x9d, 0x79, 0x55, 0xb2, 0xda, 0x97, 0xc6, 0x3c);
DEFINE_GUID(IID_IDXCoreAdapterFactory1, 0xd5682e19, 0x6d21, 0x401c, 0x82, 0x7a, 0x9a, 0x51, 0xa4, 0xea, 0x35, 0xd7);

enum class DXCoreWorkload : uint32_t { Graphics, Compute, Media, MachineLearning };
enum class DXCoreRuntimeFilterFlags : uint32_t { None, D3D11, D3D12 };
enum class DXCoreHardwareTypeFilterFlags : uint32_t { None, GPU, ComputeAccelerator };

struct IDXCoreAdapter1 : public IDXCoreAdapter {
	virtual HRESULT GetPropertyWithInput(DXCoreAdapterProperty property, size_t inputSize,
					     const void *input, size_t outputSize,
					     void *output) = 0;
};

struct IDXCoreAdapterFactory1 : public IDXCoreAdapterFactory {
	virtual HRESULT CreateAdapterListByWorkload(DXCoreWorkload workload,
						    DXCoreRuntimeFilterFlags runtimeFilter,
						    DXCoreHardwareTypeFilterFlags typeFilter,
						    REFIID riid, void **list) = 0;
};
#endif

namespace {

struct Subject {
	IDXCoreAdapterFactory *factory;
	IDXCoreAdapterList *list;
	IDXCoreAdapter *adapter;
} subject;

int setup(void **)
{
	const GUID attributes[] = { DXCORE_ADAPTER_ATTRIBUTE_D3D12_GRAPHICS };

	subject = Subject();
	assert_int_equal(DXCoreCreateAdapterFactory(&subject.factory), S_OK);
	assert_int_equal(subject.factory->CreateAdapterList(1, attributes, &subject.list), S_OK);
	assert_int_equal(subject.list->GetAdapter(0, &subject.adapter), S_OK);
	return 0;
}

int teardown(void **)
{
	assert_int_equal(subject.list->Release(), 0);
	assert_int_equal(subject.adapter->Release(), 0);
	assert_int_equal(subject.factory->Release(), 0);
	return 0;
}

void factory_methods(void **)
{
	IDXCoreAdapterFactory *same = nullptr;
	IDXCoreAdapter *adapter = nullptr;
	IUnknown *unknown = nullptr;
	LUID luid;

	assert_int_equal(subject.factory->QueryInterface(&same), S_OK);
	assert_ptr_equal(same, subject.factory);
	assert_int_equal(same->AddRef(), same->Release() + 1);
	same->Release();
	assert_int_equal(subject.adapter->GetProperty(DXCoreAdapterProperty::InstanceLuid, &luid),
			 S_OK);
	assert_int_equal(subject.factory->GetAdapterByLuid(luid, &adapter), S_OK);
	assert_ptr_equal(adapter, subject.adapter);
	assert_int_equal(adapter->QueryInterface(&unknown), S_OK);
	assert_ptr_equal(unknown, adapter);
	unknown->Release();
	adapter->Release();
	assert_true(subject.factory->IsNotificationTypeSupported(
		DXCoreNotificationType::AdapterBudgetChange));
	assert_false(subject.factory->IsNotificationTypeSupported(
		static_cast<DXCoreNotificationType>(9)));
}

void ignore(DXCoreNotificationType, IUnknown *, void *)
{
}

void factory_notifications(void **)
{
	uint32_t cookie = 0;

	assert_int_equal(subject.factory->RegisterEventNotification(
				 subject.list, DXCoreNotificationType::AdapterListStale, ignore,
				 nullptr, &cookie), S_OK);
	assert_int_not_equal(cookie, 0);
	assert_int_equal(subject.factory->UnregisterEventNotification(cookie), S_OK);
	assert_int_equal(subject.factory->UnregisterEventNotification(cookie), E_INVALIDARG);
}

void list_methods(void **)
{
	const DXCoreAdapterPreference preferences[] = {
		DXCoreAdapterPreference::Hardware, DXCoreAdapterPreference::HighPerformance,
	};
	IDXCoreAdapterFactory *factory = nullptr;
	IDXCoreAdapter *adapter = nullptr;

	assert_int_equal(subject.list->GetAdapterCount(), 1);
	assert_false(subject.list->IsStale());
	assert_int_equal(subject.list->GetFactory(&factory), S_OK);
	assert_ptr_equal(factory, subject.factory);
	factory->Release();
	assert_true(subject.list->IsAdapterPreferenceSupported(preferences[1]));
	assert_int_equal(subject.list->Sort(2, preferences), S_OK);
	assert_int_equal(subject.list->GetAdapter(1, &adapter), E_INVALIDARG);
	assert_null(adapter);
}

void adapter_methods(void **)
{
	IDXCoreAdapterFactory *factory = nullptr;
	uint64_t memory = 0;
	size_t size = 0;
	bool is_hardware = false;

	assert_true(subject.adapter->IsValid());
	assert_true(subject.adapter->IsAttributeSupported(
		DXCORE_ADAPTER_ATTRIBUTE_D3D12_CORE_COMPUTE));
	assert_true(subject.adapter->IsPropertySupported(DXCoreAdapterProperty::IsHardware));
	assert_int_equal(subject.adapter->GetProperty(DXCoreAdapterProperty::IsHardware,
						      &is_hardware), S_OK);
	assert_true(is_hardware);
	assert_int_equal(subject.adapter->GetProperty(
				 DXCoreAdapterProperty::DedicatedAdapterMemory, &memory), S_OK);
	assert_true(memory == 4ull << 30);
	assert_int_equal(subject.adapter->GetPropertySize(
				 DXCoreAdapterProperty::DriverDescription, &size), S_OK);
	assert_int_equal(size, sizeof("DXG Software GPU"));
	assert_int_equal(subject.adapter->GetFactory(&factory), S_OK);
	assert_ptr_equal(factory, subject.factory);
	factory->Release();
}

void adapter_states(void **)
{
	DXCoreAdapterMemoryBudgetNodeSegmentGroup group = { 0, DXCoreSegmentGroup::Local };
	DXCoreAdapterMemoryBudget budget;
	uint8_t is_updating = 1;

	assert_true(subject.adapter->IsQueryStateSupported(
		DXCoreAdapterState::AdapterMemoryBudget));
	assert_int_equal(subject.adapter->QueryState(DXCoreAdapterState::AdapterMemoryBudget,
						     &group, &budget), S_OK);
	assert_true(budget.budget > 0 && budget.budget <= 4ull << 30);
	assert_int_equal(subject.adapter->QueryState(
				 DXCoreAdapterState::IsDriverUpdateInProgress, &is_updating), S_OK);
	assert_int_equal(is_updating, 0);
	assert_false(subject.adapter->IsSetStateSupported(
		DXCoreAdapterState::AdapterMemoryBudget));
	assert_int_equal(subject.adapter->SetState(DXCoreAdapterState::AdapterMemoryBudget,
						   &group, &budget), DXGI_ERROR_UNSUPPORTED);
}

void newer_interfaces(void **)
{
	IDXCoreAdapterFactory1 *factory = nullptr;
	IDXCoreAdapter1 *adapter = nullptr;
	IDXCoreAdapterList *list = nullptr;
	uint32_t index = 0, count = 0;

	assert_int_equal(subject.factory->QueryInterface(
				 IID_IDXCoreAdapterFactory1,
				 reinterpret_cast<void **>(&factory)), S_OK);
	assert_int_equal(factory->CreateAdapterListByWorkload(
				 DXCoreWorkload::Graphics, DXCoreRuntimeFilterFlags::D3D12,
				 DXCoreHardwareTypeFilterFlags::GPU, IID_IDXCoreAdapterList,
				 reinterpret_cast<void **>(&list)), S_OK);
	assert_int_equal(list->GetAdapterCount(), 1);
	list->Release();
	factory->Release();
	assert_int_equal(subject.adapter->QueryInterface(
				 IID_IDXCoreAdapter1, reinterpret_cast<void **>(&adapter)), S_OK);
	assert_int_equal(adapter->GetPropertyWithInput(
				 static_cast<DXCoreAdapterProperty>(16), sizeof(index), &index,
				 sizeof(count), &count), S_OK);
	assert_int_equal(count, 3);
	adapter->Release();
}

} /* namespace */

int main()
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(factory_methods, setup, teardown),
		cmocka_unit_test_setup_teardown(factory_notifications, setup, teardown),
		cmocka_unit_test_setup_teardown(list_methods, setup, teardown),
		cmocka_unit_test_setup_teardown(adapter_methods, setup, teardown),
		cmocka_unit_test_setup_teardown(adapter_states, setup, teardown),
		cmocka_unit_test_setup_teardown(newer_interfaces, setup, teardown),
	};

	return cmocka_run_group_tests_name("dxcore-cpp", tests, nullptr, nullptr);
}
