/* SPDX-License-Identifier: MIT */
/* The factory object, of which there is one, and the function that gives it. */
#include <pthread.h>
#include <stdatomic.h>

#include <dxg/dxcore.h>

#include "adapter-list.h"
#include "adapter.h"
#include "attribute.h"
#include "com.h"
#include "lock.h"
#include "notify.h"
#include "registry.h"
#include "trace.h"

/*
 * References: those of callers, one of each list, one of each adapter that has any.
 * With the last the adapters go; the object itself stays for the next caller, or
 * for one who gives back too much.
 */
/* The object is there from the start; its methods may be others, if they are traced. */
static const IDXCoreAdapterFactory1Vtbl methods;

static struct {
	IDXCoreAdapterFactory1 object;
	atomic_uint refs;
} factory = { .object.lpVtbl = &methods };

static HRESULT query_interface(IDXCoreAdapterFactory1 *self, const IID *riid, void **object)
{
	static const IID *const iids[] = {
		&IID_IUnknown, &IID_IDXCoreAdapterFactory, &IID_IDXCoreAdapterFactory1, NULL,
	};
	HRESULT result = dxcore_com_check(iids, riid, object);

	if (result == S_OK) {
		dxcore_refs_get(&factory.refs);
		*object = self;
	}
	return result;
}

static uint32_t add_ref(IDXCoreAdapterFactory1 *self)
{
	(void)self;
	return dxcore_refs_get(&factory.refs);
}

static uint32_t release(IDXCoreAdapterFactory1 *self)
{
	struct dxcore_adapter *adapters;
	uint32_t left;

	(void)self;
	if (!dxcore_refs_put(&factory.refs, &left))
		return left;
	adapters = dxcore_registry_detach();
	dxcore_unlock();
	dxcore_registry_destroy(adapters);
	return 0;
}

static HRESULT create_list(IDXCoreAdapterFactory1 *self, const struct dxcore_criteria *criteria,
			   const DXCoreAdapterPreference *preference, void **list)
{
	HRESULT result = dxcore_registry_refresh(self);

	return result == S_OK ? dxcore_list_create(criteria, preference, self, list) : result;
}

static HRESULT create_adapter_list(IDXCoreAdapterFactory1 *self, uint32_t count,
				   const GUID *attributes, const IID *riid, void **list)
{
	HRESULT result = dxcore_list_check(riid, list);
	struct dxcore_criteria criteria = { 0 };
	uint32_t i;

	if (result != S_OK)
		return result;
	if (!count || !attributes)
		return E_INVALIDARG;
	for (i = 0; i < count; i++)
		criteria.all |= dxcore_attribute_bit(&attributes[i]);
	return create_list(self, &criteria, NULL, list);
}

static HRESULT create_adapter_list_by_workload(IDXCoreAdapterFactory1 *self,
					       DXCoreWorkload workload,
					       DXCoreRuntimeFilterFlags runtimes,
					       DXCoreHardwareTypeFilterFlags types,
					       const IID *riid, void **list)
{
	static const DXCoreAdapterPreference best = DXCoreAdapterPreference_HighPerformance;
	HRESULT result = dxcore_list_check(riid, list);
	struct dxcore_criteria criteria;

	if (result != S_OK)
		return result;
	if (!dxcore_criteria_of_workload(workload, runtimes, types, &criteria))
		return E_INVALIDARG;
	return create_list(self, &criteria, &best, list);
}

static HRESULT get_adapter_by_luid(IDXCoreAdapterFactory1 *self, const LUID *luid,
				   const IID *riid, void **object)
{
	HRESULT result = dxcore_adapter_check(riid, object);
	struct dxcore_adapter *adapter;

	if (result != S_OK)
		return result;
	if (!luid)
		return E_INVALIDARG;
	result = dxcore_registry_refresh(self);
	if (result == S_OK)
		result = dxcore_registry_find(*luid, &adapter);
	if (result == S_OK) {
		result = dxcore_adapter_query_interface(adapter, riid, object);
		dxcore_adapter_put(adapter);
	}
	return result;
}

static bool is_notification_type_supported(IDXCoreAdapterFactory1 *self,
					   DXCoreNotificationType type)
{
	(void)self;
	return dxcore_notify_has_type(type);
}

static HRESULT register_event_notification(IDXCoreAdapterFactory1 *self, IUnknown *object,
					   DXCoreNotificationType type,
					   PFN_DXCORE_NOTIFICATION_CALLBACK callback,
					   void *context, uint32_t *cookie)
{
	(void)self;
	return dxcore_notify_register(object, type, callback, context, cookie);
}

static HRESULT unregister_event_notification(IDXCoreAdapterFactory1 *self, uint32_t cookie)
{
	(void)self;
	return dxcore_notify_unregister(cookie);
}

static const IDXCoreAdapterFactory1Vtbl methods = {
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

static void choose_methods(void)
{
	factory.object.lpVtbl = dxcore_trace_factory(&methods);
}

static HRESULT create_factory(const IID *riid, void **place)
{
	HRESULT result = query_interface(&factory.object, riid, place);

	if (result != S_OK)
		return result;
	result = dxcore_registry_refresh(&factory.object);
	if (result != S_OK) {
		release(&factory.object);
		*place = NULL;
	}
	return result;
}

HRESULT DXCoreCreateAdapterFactory(const IID *riid, void **place)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	pthread_once(&once, choose_methods);
	return dxcore_trace_create_factory(create_factory, riid, place);
}
