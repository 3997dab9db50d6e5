/* SPDX-License-Identifier: MIT */
/* All adapters that there are or have been while the factory lives. */
#include "registry.h"

#include <stdlib.h>

#include "lock.h"
#include "query.h"

/* In the order in which they came. Under the state lock. */
static struct dxcore_adapter *adapters;

static bool luid_equal(LUID one, LUID other)
{
	return one.LowPart == other.LowPart && one.HighPart == other.HighPart;
}

static bool is_valid(const struct dxcore_adapter *adapter)
{
	return !atomic_load(&adapter->is_gone);
}

static bool is_known(LUID luid)
{
	struct dxcore_adapter *adapter;
	bool found = false;

	dxcore_lock();
	for (adapter = adapters; adapter; adapter = adapter->next)
		found |= is_valid(adapter) && luid_equal(adapter->facts->luid, luid);
	dxcore_unlock();
	return found;
}

static void append(struct dxcore_adapter *adapter)
{
	struct dxcore_adapter **end;

	dxcore_lock();
	for (end = &adapters; *end; end = &(*end)->next)
		;
	*end = adapter;
	dxcore_unlock();
}

static HRESULT add(const D3DKMT_ADAPTERINFO *info, IDXCoreAdapterFactory1 *factory)
{
	struct dxcore_facts *facts;
	struct dxcore_adapter *adapter;

	if (is_known(info->AdapterLuid))
		return S_OK;
	facts = dxcore_facts_read(info->hAdapter, info->AdapterLuid);
	if (!facts)
		return E_OUTOFMEMORY;
	/* Then what is known of it is not true. */
	if (dxcore_query_has_gone(info->hAdapter)) {
		dxcore_facts_free(facts);
		return S_OK;
	}
	adapter = dxcore_adapter_create(facts, factory);
	if (!adapter) {
		dxcore_facts_free(facts);
		return E_OUTOFMEMORY;
	}
	append(adapter);
	return S_OK;
}

static bool is_among(LUID luid, const struct dxcore_enumeration *found)
{
	uint32_t i;

	for (i = 0; i < found->count; i++)
		if (luid_equal(found->adapters[i].AdapterLuid, luid))
			return true;
	return false;
}

static void mark_missing(const struct dxcore_enumeration *found)
{
	struct dxcore_adapter *adapter;

	dxcore_lock();
	for (adapter = adapters; adapter; adapter = adapter->next)
		if (!is_among(adapter->facts->luid, found))
			atomic_store(&adapter->is_gone, true);
	dxcore_unlock();
}

HRESULT dxcore_registry_refresh(IDXCoreAdapterFactory1 *factory)
{
	struct dxcore_enumeration found;
	HRESULT result = S_OK;
	NTSTATUS status;
	uint32_t i;

	dxcore_enumeration_lock();
	status = dxcore_query_enumerate(&found);
	if (status < 0) {
		result = HRESULT_FROM_NT(status);
	} else {
		for (i = 0; result == S_OK && i < found.count; i++)
			result = add(&found.adapters[i], factory);
		mark_missing(&found);
		dxcore_query_enumerated_close(&found);
	}
	dxcore_enumeration_unlock();
	return result;
}

static bool matches(const struct dxcore_adapter *adapter, const struct dxcore_criteria *criteria)
{
	return is_valid(adapter) && dxcore_criteria_match(criteria, adapter->attributes);
}

bool dxcore_registry_collect(const struct dxcore_criteria *criteria,
			     struct dxcore_adapter ***ret_adapters, uint32_t *ret_count)
{
	struct dxcore_adapter **found;
	struct dxcore_adapter *adapter;
	uint32_t count = 0;

	dxcore_lock();
	for (adapter = adapters; adapter; adapter = adapter->next)
		count++;
	found = calloc(count + 1, sizeof(struct dxcore_adapter *));
	count = 0;
	for (adapter = adapters; found && adapter; adapter = adapter->next) {
		if (!matches(adapter, criteria))
			continue;
		dxcore_adapter_get(adapter);
		found[count++] = adapter;
	}
	dxcore_unlock();
	*ret_adapters = found;
	*ret_count = count;
	return found;
}

static bool is_one_of(const struct dxcore_adapter *adapter,
		      struct dxcore_adapter *const *others, uint32_t count)
{
	uint32_t i;

	for (i = 0; i < count; i++)
		if (others[i] == adapter)
			return true;
	return false;
}

bool dxcore_registry_has_other(const struct dxcore_criteria *criteria,
			       struct dxcore_adapter *const *others, uint32_t count)
{
	struct dxcore_adapter *adapter;
	bool found = false;

	dxcore_lock();
	for (adapter = adapters; adapter; adapter = adapter->next)
		found |= matches(adapter, criteria) && !is_one_of(adapter, others, count);
	dxcore_unlock();
	return found;
}

HRESULT dxcore_registry_find(LUID luid, struct dxcore_adapter **ret_adapter)
{
	struct dxcore_adapter *adapter;
	HRESULT result = E_INVALIDARG;

	*ret_adapter = NULL;
	dxcore_lock();
	for (adapter = adapters; adapter; adapter = adapter->next) {
		if (!luid_equal(adapter->facts->luid, luid))
			continue;
		if (is_valid(adapter))
			break;
		result = DXGI_ERROR_DEVICE_REMOVED;
	}
	if (adapter) {
		dxcore_adapter_get(adapter);
		*ret_adapter = adapter;
		result = S_OK;
	}
	dxcore_unlock();
	return result;
}

struct dxcore_adapter *dxcore_registry_detach(void)
{
	struct dxcore_adapter *detached = adapters;

	adapters = NULL;
	return detached;
}

void dxcore_registry_destroy(struct dxcore_adapter *detached)
{
	while (detached) {
		struct dxcore_adapter *next = detached->next;

		dxcore_adapter_destroy(detached);
		detached = next;
	}
}
