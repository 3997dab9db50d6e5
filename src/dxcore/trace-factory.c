/* SPDX-License-Identifier: MIT */
/* The factory's methods with a line for each call. */
#include <stdatomic.h>

#include "trace-line.h"
#include "trace.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define CLASS "IDXCoreAdapterFactory::"

static _Atomic(const IDXCoreAdapterFactory1Vtbl *) untraced;

static const IDXCoreAdapterFactory1Vtbl *methods(void)
{
	return atomic_load_explicit(&untraced, memory_order_relaxed);
}

static HRESULT query_interface(IDXCoreAdapterFactory1 *self, const IID *riid, void **object)
{
	return methods()->QueryInterface(self, riid, object);
}

static uint32_t add_ref(IDXCoreAdapterFactory1 *self)
{
	return methods()->AddRef(self);
}

static uint32_t release(IDXCoreAdapterFactory1 *self)
{
	return methods()->Release(self);
}

static HRESULT create_adapter_list(IDXCoreAdapterFactory1 *self, uint32_t count,
				   const GUID *attributes, const IID *riid, void **list)
{
	uint64_t start = dxg_line_clock();
	HRESULT result = methods()->CreateAdapterList(self, count, attributes, riid, list);
	struct dxcore_line line;

	dxcore_line_begin(&line, start, CLASS "CreateAdapterList", self);
	dxcore_line_number(&line, "numAttributes", count);
	dxcore_line_guids(&line, "filterAttributes", attributes, count);
	dxcore_line_guid(&line, "riid", riid);
	dxcore_line_place(&line, "ppvAdapterList", list);
	dxcore_line_result(&line, result);
	return result;
}

static HRESULT create_adapter_list_by_workload(IDXCoreAdapterFactory1 *self,
					       DXCoreWorkload workload,
					       DXCoreRuntimeFilterFlags runtimes,
					       DXCoreHardwareTypeFilterFlags types,
					       const IID *riid, void **list)
{
	static const char *const workloads[] = {
		"Graphics", "Compute", "Media", "MachineLearning",
	};
	static const char *const runtime_names[] = { "D3D11", "D3D12" };
	static const char *const type_names[] = {
		"GPU", "ComputeAccelerator", "NPU", "MediaAccelerator",
	};
	uint64_t start = dxg_line_clock();
	HRESULT result = methods()->CreateAdapterListByWorkload(self, workload, runtimes, types,
								riid, list);
	struct dxcore_line line;

	dxcore_line_begin(&line, start, "IDXCoreAdapterFactory1::CreateAdapterListByWorkload",
			  self);
	dxcore_line_enum(&line, "workload", workload, workloads, COUNT(workloads));
	dxcore_line_mask(&line, "runtimeFilter", runtimes, runtime_names, COUNT(runtime_names));
	dxcore_line_mask(&line, "hardwareTypeFilter", types, type_names, COUNT(type_names));
	dxcore_line_guid(&line, "riid", riid);
	dxcore_line_place(&line, "ppvAdapterList", list);
	dxcore_line_result(&line, result);
	return result;
}

static HRESULT get_adapter_by_luid(IDXCoreAdapterFactory1 *self, const LUID *luid,
				   const IID *riid, void **adapter)
{
	uint64_t start = dxg_line_clock();
	HRESULT result = methods()->GetAdapterByLuid(self, luid, riid, adapter);
	struct dxcore_line line;

	dxcore_line_begin(&line, start, CLASS "GetAdapterByLuid", self);
	dxcore_line_luid(&line, "adapterLUID", luid);
	dxcore_line_guid(&line, "riid", riid);
	dxcore_line_place(&line, "ppvAdapter", adapter);
	dxcore_line_result(&line, result);
	return result;
}

static void put_notification_type(struct dxcore_line *line, uint32_t type)
{
	static const char *const types[] = {
		"AdapterListStale", "AdapterNoLongerValid", "AdapterBudgetChange",
		"AdapterHardwareContentProtectionTeardown",
	};

	dxcore_line_enum(line, "notificationType", type, types, COUNT(types));
}

static bool is_notification_type_supported(IDXCoreAdapterFactory1 *self,
					   DXCoreNotificationType type)
{
	uint64_t start = dxg_line_clock();
	bool result = methods()->IsNotificationTypeSupported(self, type);
	struct dxcore_line line;

	dxcore_line_begin(&line, start, CLASS "IsNotificationTypeSupported", self);
	put_notification_type(&line, type);
	dxcore_line_bool(&line, result);
	return result;
}

static HRESULT register_event_notification(IDXCoreAdapterFactory1 *self, IUnknown *object,
					   DXCoreNotificationType type,
					   PFN_DXCORE_NOTIFICATION_CALLBACK callback,
					   void *context, uint32_t *cookie)
{
	uint64_t start = dxg_line_clock();
	HRESULT result = methods()->RegisterEventNotification(self, object, type, callback,
							      context, cookie);
	struct dxcore_line line;

	dxcore_line_begin(&line, start, CLASS "RegisterEventNotification", self);
	dxcore_line_address(&line, "dxCoreObject", object);
	put_notification_type(&line, type);
	dxcore_line_address(&line, "callbackFunction", (const void *)callback);
	dxcore_line_address(&line, "callbackContext", context);
	if (result == S_OK)
		dxcore_line_number(&line, "eventCookie", *cookie);
	else
		dxcore_line_address(&line, "eventCookie", cookie);
	dxcore_line_result(&line, result);
	return result;
}

static HRESULT unregister_event_notification(IDXCoreAdapterFactory1 *self, uint32_t cookie)
{
	uint64_t start = dxg_line_clock();
	HRESULT result = methods()->UnregisterEventNotification(self, cookie);
	struct dxcore_line line;

	dxcore_line_begin(&line, start, CLASS "UnregisterEventNotification", self);
	dxcore_line_number(&line, "eventCookie", cookie);
	dxcore_line_result(&line, result);
	return result;
}

static const IDXCoreAdapterFactory1Vtbl traced = {
	.QueryInterface = query_interface,
	.AddRef = add_ref,
	.Release = release,
	.CreateAdapterList = create_adapter_list,
	.GetAdapterByLuid = get_adapter_by_luid,
	.IsNotificationTypeSupported = is_notification_type_supported,
	.RegisterEventNotification = register_event_notification,
	.UnregisterEventNotification = unregister_event_notification,
	.CreateAdapterListByWorkload = create_adapter_list_by_workload,
};

const IDXCoreAdapterFactory1Vtbl *dxcore_trace_factory(const IDXCoreAdapterFactory1Vtbl *plain)
{
	if (!dxcore_trace_is_on())
		return plain;
	atomic_store_explicit(&untraced, plain, memory_order_relaxed);
	return &traced;
}

HRESULT dxcore_trace_create_factory(HRESULT (*create)(const IID *riid, void **place),
				    const IID *riid, void **place)
{
	struct dxcore_line line;
	uint64_t start;
	HRESULT result;

	if (!dxcore_trace_is_on())
		return create(riid, place);
	start = dxg_line_clock();
	result = create(riid, place);
	dxcore_line_begin(&line, start, "DXCoreCreateAdapterFactory", NULL);
	dxcore_line_guid(&line, "riid", riid);
	dxcore_line_place(&line, "ppvFactory", place);
	dxcore_line_result(&line, result);
	return result;
}
