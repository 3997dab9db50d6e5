/* SPDX-License-Identifier: MIT */
/* The list's methods with a line for each call. */
#include <stdatomic.h>

#include "trace-line.h"
#include "trace.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define CLASS "IDXCoreAdapterList::"

static _Atomic(const IDXCoreAdapterListVtbl *) untraced;

static const IDXCoreAdapterListVtbl *methods(void)
{
	return atomic_load_explicit(&untraced, memory_order_relaxed);
}

static HRESULT query_interface(IDXCoreAdapterList *self, const IID *riid, void **object)
{
	return methods()->QueryInterface(self, riid, object);
}

static uint32_t add_ref(IDXCoreAdapterList *self)
{
	return methods()->AddRef(self);
}

static uint32_t release(IDXCoreAdapterList *self)
{
	return methods()->Release(self);
}

static HRESULT get_factory(IDXCoreAdapterList *self, const IID *riid, void **object)
{
	return methods()->GetFactory(self, riid, object);
}

static HRESULT get_adapter(IDXCoreAdapterList *self, uint32_t index, const IID *riid,
			   void **adapter)
{
	uint64_t start = dxg_line_clock();
	HRESULT result = methods()->GetAdapter(self, index, riid, adapter);
	struct dxcore_line line;

	dxcore_line_begin(&line, start, CLASS "GetAdapter", self);
	dxcore_line_number(&line, "index", index);
	dxcore_line_guid(&line, "riid", riid);
	dxcore_line_place(&line, "ppvAdapter", adapter);
	dxcore_line_result(&line, result);
	return result;
}

static uint32_t get_adapter_count(IDXCoreAdapterList *self)
{
	uint64_t start = dxg_line_clock();
	uint32_t result = methods()->GetAdapterCount(self);
	struct dxcore_line line;

	dxcore_line_begin(&line, start, CLASS "GetAdapterCount", self);
	dxcore_line_count(&line, result);
	return result;
}

static bool is_stale(IDXCoreAdapterList *self)
{
	uint64_t start = dxg_line_clock();
	bool result = methods()->IsStale(self);
	struct dxcore_line line;

	dxcore_line_begin(&line, start, CLASS "IsStale", self);
	dxcore_line_bool(&line, result);
	return result;
}

static const char *const preference_names[] = { "Hardware", "MinimumPower", "HighPerformance" };

static HRESULT sort(IDXCoreAdapterList *self, uint32_t count,
		    const DXCoreAdapterPreference *preferences)
{
	uint64_t start = dxg_line_clock();
	HRESULT result = methods()->Sort(self, count, preferences);
	struct dxcore_line line;

	dxcore_line_begin(&line, start, CLASS "Sort", self);
	dxcore_line_number(&line, "numPreferences", count);
	dxcore_line_enums(&line, "preferences", preferences, count, preference_names,
			  COUNT(preference_names));
	dxcore_line_result(&line, result);
	return result;
}

static bool is_adapter_preference_supported(IDXCoreAdapterList *self,
					    DXCoreAdapterPreference preference)
{
	uint64_t start = dxg_line_clock();
	bool result = methods()->IsAdapterPreferenceSupported(self, preference);
	struct dxcore_line line;

	dxcore_line_begin(&line, start, CLASS "IsAdapterPreferenceSupported", self);
	dxcore_line_enum(&line, "preference", preference, preference_names,
			 COUNT(preference_names));
	dxcore_line_bool(&line, result);
	return result;
}

static const IDXCoreAdapterListVtbl traced = {
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

const IDXCoreAdapterListVtbl *dxcore_trace_list(const IDXCoreAdapterListVtbl *plain)
{
	if (!dxcore_trace_is_on())
		return plain;
	atomic_store_explicit(&untraced, plain, memory_order_relaxed);
	return &traced;
}
