/* SPDX-License-Identifier: MIT */
/* The adapter object: one for each adapter, which the registry knows by its LUID. */
#include "adapter.h"

#include <stdlib.h>

#include "attribute.h"
#include "com.h"
#include "lock.h"
#include "property.h"
#include "query.h"
#include "state.h"
#include "trace.h"

static struct dxcore_adapter *from_object(IDXCoreAdapter1 *object)
{
	return (struct dxcore_adapter *)(void *)object;
}

HRESULT dxcore_adapter_check(const IID *riid, void **place)
{
	static const IID *const iids[] = {
		&IID_IUnknown, &IID_IDXCoreAdapter, &IID_IDXCoreAdapter1, NULL,
	};

	return dxcore_com_check(iids, riid, place);
}

static HRESULT query_interface(IDXCoreAdapter1 *self, const IID *riid, void **object)
{
	HRESULT result = dxcore_adapter_check(riid, object);

	if (result == S_OK) {
		dxcore_refs_get(&from_object(self)->refs);
		*object = self;
	}
	return result;
}

HRESULT dxcore_adapter_query_interface(struct dxcore_adapter *adapter, const IID *riid,
				       void **place)
{
	return query_interface(&adapter->object, riid, place);
}

static uint32_t add_ref(IDXCoreAdapter1 *self)
{
	return dxcore_refs_get(&from_object(self)->refs);
}

/* From the moment the lock is given up the factory alone keeps the adapter. */
static uint32_t release(IDXCoreAdapter1 *self)
{
	struct dxcore_adapter *adapter = from_object(self);
	IDXCoreAdapterFactory1 *factory = adapter->factory;
	uint32_t left;

	if (dxcore_refs_put(&adapter->refs, &left)) {
		dxcore_unlock();
		factory->lpVtbl->Release(factory);
	}
	return left;
}

static bool is_valid(IDXCoreAdapter1 *self)
{
	return dxcore_adapter_is_valid(from_object(self));
}

static bool is_attribute_supported(IDXCoreAdapter1 *self, const GUID *attribute)
{
	return attribute && from_object(self)->attributes & dxcore_attribute_bit(attribute);
}

static bool is_property_supported(IDXCoreAdapter1 *self, DXCoreAdapterProperty property)
{
	size_t size;

	return dxcore_property_size(from_object(self)->facts, property, &size) == S_OK;
}

static HRESULT get_property_with_input(IDXCoreAdapter1 *self, DXCoreAdapterProperty property,
				       size_t input_size, const void *input, size_t output_size,
				       void *output)
{
	return dxcore_property_get(from_object(self)->facts, property, input_size, input,
				   output_size, output);
}

static HRESULT get_property(IDXCoreAdapter1 *self, DXCoreAdapterProperty property, size_t size,
			    void *data)
{
	return get_property_with_input(self, property, 0, NULL, size, data);
}

static HRESULT get_property_size(IDXCoreAdapter1 *self, DXCoreAdapterProperty property,
				 size_t *size)
{
	HRESULT result;

	if (!size)
		return E_POINTER;
	result = dxcore_property_size(from_object(self)->facts, property, size);
	if (result != S_OK)
		*size = 0;
	return result;
}

static bool is_query_state_supported(IDXCoreAdapter1 *self, DXCoreAdapterState state)
{
	return dxcore_state_is_supported(from_object(self)->facts, state);
}

static HRESULT query_state(IDXCoreAdapter1 *self, DXCoreAdapterState state, size_t input_size,
			   const void *input, size_t output_size, void *output)
{
	struct dxcore_adapter *adapter = from_object(self);
	HRESULT result = dxcore_state_query(adapter->facts, state, input_size, input, output_size,
					    output);

	if (result == S_OK && atomic_load(&adapter->is_gone))
		result = DXGI_ERROR_DEVICE_REMOVED;
	else if (result == DXGI_ERROR_DEVICE_REMOVED)
		atomic_store(&adapter->is_gone, true);
	return result;
}

static bool is_set_state_supported(IDXCoreAdapter1 *self, DXCoreAdapterState state)
{
	(void)self;
	(void)state;
	return false;
}

static HRESULT set_state(IDXCoreAdapter1 *self, DXCoreAdapterState state, size_t input_size,
			 const void *input, size_t data_size, const void *data)
{
	(void)self;
	return dxcore_state_set(state, input_size, input, data_size, data);
}

static HRESULT get_factory(IDXCoreAdapter1 *self, const IID *riid, void **object)
{
	IDXCoreAdapterFactory1 *factory = from_object(self)->factory;

	return factory->lpVtbl->QueryInterface(factory, riid, object);
}

static const IDXCoreAdapter1Vtbl methods = {
	.QueryInterface = query_interface,
	.AddRef = add_ref,
	.Release = release,
	.IsValid = is_valid,
	.IsAttributeSupported = is_attribute_supported,
	.IsPropertySupported = is_property_supported,
	.GetProperty = get_property,
	.GetPropertySize = get_property_size,
	.IsQueryStateSupported = is_query_state_supported,
	.QueryState = query_state,
	.IsSetStateSupported = is_set_state_supported,
	.SetState = set_state,
	.GetFactory = get_factory,
	.GetPropertyWithInput = get_property_with_input,
};

struct dxcore_adapter *dxcore_adapter_create(struct dxcore_facts *facts,
					     IDXCoreAdapterFactory1 *factory)
{
	struct dxcore_adapter *adapter = calloc(1, sizeof(*adapter));

	if (!adapter)
		return NULL;
	adapter->object.lpVtbl = dxcore_trace_adapter(&methods);
	adapter->factory = factory;
	adapter->facts = facts;
	adapter->attributes = dxcore_attributes_of(facts);
	return adapter;
}

void dxcore_adapter_destroy(struct dxcore_adapter *adapter)
{
	dxcore_facts_free(adapter->facts);
	free(adapter);
}

void dxcore_adapter_get(struct dxcore_adapter *adapter)
{
	if (dxcore_refs_get(&adapter->refs) == 1)
		adapter->factory->lpVtbl->AddRef(adapter->factory);
}

void dxcore_adapter_put(struct dxcore_adapter *adapter)
{
	release(&adapter->object);
}

bool dxcore_adapter_is_valid(struct dxcore_adapter *adapter)
{
	D3DKMT_HANDLE handle;
	NTSTATUS status;

	if (atomic_load(&adapter->is_gone))
		return false;
	status = dxcore_query_open(adapter->facts->luid, &handle);
	if (status >= 0)
		dxcore_query_close(handle);
	else if (dxcore_query_says_gone(status))
		atomic_store(&adapter->is_gone, true);
	return !atomic_load(&adapter->is_gone);
}

struct dxcore_adapter *dxcore_adapter_from_unknown(IUnknown *object)
{
	struct dxcore_adapter *adapter = (struct dxcore_adapter *)(void *)object;

	return adapter->object.lpVtbl == dxcore_trace_adapter(&methods) ? adapter : NULL;
}
