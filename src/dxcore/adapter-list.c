/* SPDX-License-Identifier: MIT */
/* The list object: the adapters that matched when it was made. */
#include "adapter-list.h"

#include <stdlib.h>

#include "adapter.h"
#include "com.h"
#include "lock.h"
#include "preference.h"
#include "registry.h"
#include "trace.h"

/*
 * Invariants: a reference to each adapter and to the factory; the order of
 * @adapters is under the state lock, nothing else changes. @is_stale is never
 * taken back.
 */
struct dxcore_list {
	IDXCoreAdapterList object;
	atomic_uint refs;
	atomic_bool is_stale;
	IDXCoreAdapterFactory1 *factory;
	struct dxcore_criteria criteria;
	uint32_t count;
	struct dxcore_adapter **adapters;
};

static struct dxcore_list *from_object(IDXCoreAdapterList *object)
{
	return (struct dxcore_list *)(void *)object;
}

HRESULT dxcore_list_check(const IID *riid, void **place)
{
	static const IID *const iids[] = { &IID_IUnknown, &IID_IDXCoreAdapterList, NULL };

	return dxcore_com_check(iids, riid, place);
}

static HRESULT query_interface(IDXCoreAdapterList *self, const IID *riid, void **object)
{
	HRESULT result = dxcore_list_check(riid, object);

	if (result == S_OK) {
		dxcore_refs_get(&from_object(self)->refs);
		*object = self;
	}
	return result;
}

static uint32_t add_ref(IDXCoreAdapterList *self)
{
	return dxcore_refs_get(&from_object(self)->refs);
}

static uint32_t release(IDXCoreAdapterList *self)
{
	struct dxcore_list *list = from_object(self);
	uint32_t left, i;

	if (!dxcore_refs_put(&list->refs, &left))
		return left;
	dxcore_unlock();
	for (i = 0; i < list->count; i++)
		dxcore_adapter_put(list->adapters[i]);
	list->factory->lpVtbl->Release(list->factory);
	free(list->adapters);
	free(list);
	return 0;
}

static HRESULT get_adapter(IDXCoreAdapterList *self, uint32_t index, const IID *riid,
			   void **object)
{
	struct dxcore_list *list = from_object(self);
	struct dxcore_adapter *adapter;
	HRESULT result = dxcore_adapter_check(riid, object);

	if (result != S_OK)
		return result;
	if (index >= list->count)
		return E_INVALIDARG;
	/* The list's reference to it lasts as long as the caller's to the list. */
	dxcore_lock();
	adapter = list->adapters[index];
	dxcore_unlock();
	if (!dxcore_adapter_is_valid(adapter))
		return DXGI_ERROR_DEVICE_REMOVED;
	return dxcore_adapter_query_interface(adapter, riid, object);
}

static uint32_t get_adapter_count(IDXCoreAdapterList *self)
{
	return from_object(self)->count;
}

static bool has_gone_adapter(const struct dxcore_list *list)
{
	bool found = false;
	uint32_t i;

	dxcore_lock();
	for (i = 0; i < list->count; i++)
		found |= atomic_load(&list->adapters[i]->is_gone);
	dxcore_unlock();
	return found;
}

bool dxcore_list_is_stale(struct dxcore_list *list)
{
	if (atomic_load(&list->is_stale))
		return true;
	/* Where nobody can be asked, what is known counts. */
	dxcore_registry_refresh(list->factory);
	if (has_gone_adapter(list) ||
	    dxcore_registry_has_other(&list->criteria, list->adapters, list->count))
		atomic_store(&list->is_stale, true);
	return atomic_load(&list->is_stale);
}

static bool is_stale(IDXCoreAdapterList *self)
{
	return dxcore_list_is_stale(from_object(self));
}

static HRESULT get_factory(IDXCoreAdapterList *self, const IID *riid, void **object)
{
	IDXCoreAdapterFactory1 *factory = from_object(self)->factory;

	return factory->lpVtbl->QueryInterface(factory, riid, object);
}

static HRESULT sort(IDXCoreAdapterList *self, uint32_t count,
		    const DXCoreAdapterPreference *preferences)
{
	struct dxcore_list *list = from_object(self);

	if (!count || !preferences)
		return E_INVALIDARG;
	dxcore_lock();
	dxcore_preference_sort(list->adapters, list->count, preferences, count);
	dxcore_unlock();
	return S_OK;
}

static bool is_adapter_preference_supported(IDXCoreAdapterList *self,
					    DXCoreAdapterPreference preference)
{
	(void)self;
	return dxcore_preference_is_known(preference);
}

static const IDXCoreAdapterListVtbl methods = {
	.QueryInterface = query_interface,
	.AddRef = add_ref,
	.Release = release,
	.GetAdapter = get_adapter,
	.GetAdapterCount = get_adapter_count,
	.IsStale = is_stale,
	.GetFactory = get_factory,
	.Sort = sort,
	.IsAdapterPreferenceSupported = is_adapter_preference_supported,
};

HRESULT dxcore_list_create(const struct dxcore_criteria *criteria,
			   const DXCoreAdapterPreference *preference,
			   IDXCoreAdapterFactory1 *factory, void **place)
{
	struct dxcore_list *list = calloc(1, sizeof(*list));

	if (!list)
		return E_OUTOFMEMORY;
	if (!dxcore_registry_collect(criteria, &list->adapters, &list->count)) {
		free(list);
		return E_OUTOFMEMORY;
	}
	list->object.lpVtbl = dxcore_trace_list(&methods);
	atomic_init(&list->refs, 1);
	list->criteria = *criteria;
	list->factory = factory;
	factory->lpVtbl->AddRef(factory);
	if (preference)
		dxcore_preference_sort(list->adapters, list->count, preference, 1);
	*place = &list->object;
	return S_OK;
}

struct dxcore_list *dxcore_list_from_unknown(IUnknown *object)
{
	struct dxcore_list *list = (struct dxcore_list *)(void *)object;

	return list->object.lpVtbl == dxcore_trace_list(&methods) ? list : NULL;
}
