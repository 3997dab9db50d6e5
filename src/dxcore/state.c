/* SPDX-License-Identifier: MIT */
/* States: what an adapter is doing, asked anew each time. */
#include "state.h"

#include <stdbool.h>
#include <string.h>

#include "query.h"
#include "usage.h"

/* Room for any input and output. */
union input {
	DXCoreAdapterMemoryBudgetNodeSegmentGroup budget;
	DXCoreMemoryQueryInput memory;
	DXCoreProcessMemoryQueryInput process_memory;
	DXCoreEngineQueryInput engine;
	DXCoreAdapterEngineIndex engine_index;
	DXCoreAdapterProcessSetQueryInput process_set;
	uint32_t physical_adapter;
};

union output {
	bool is_updating;
	DXCoreAdapterMemoryBudget budget;
	DXCoreMemoryUsage memory;
	DXCoreProcessMemoryQueryOutput process_memory;
	DXCoreEngineQueryOutput engine;
	float temperature;
	uint32_t process_count;
	DXCoreAdapterProcessSetQueryOutput process_set;
	DXCoreFrequencyQueryOutput frequency;
};

/* The input has been copied and its physical adapter checked; @out is zeroed. */
typedef HRESULT query_state(const struct dxcore_facts *facts, D3DKMT_HANDLE adapter,
			    const union input *in, union output *out);

static HRESULT query_update(const struct dxcore_facts *facts, D3DKMT_HANDLE adapter,
			    const union input *in, union output *out)
{
	BOOL is_updating = FALSE;
	NTSTATUS status = dxcore_query_either(adapter, KMTQAITYPE_CHECKDRIVERUPDATESTATUS_RENDER,
					      KMTQAITYPE_CHECKDRIVERUPDATESTATUS, &is_updating,
					      sizeof(is_updating));

	(void)facts;
	(void)in;
	out->is_updating = is_updating;
	return dxcore_query_result(status);
}

static HRESULT query_budget(const struct dxcore_facts *facts, D3DKMT_HANDLE adapter,
			    const union input *in, union output *out)
{
	D3DKMT_QUERYVIDEOMEMORYINFO query = {
		.hAdapter = adapter,
		.MemorySegmentGroup = (D3DKMT_MEMORY_SEGMENT_GROUP)in->budget.segmentGroup,
		.PhysicalAdapterIndex = in->budget.nodeIndex,
	};
	NTSTATUS status;

	(void)facts;
	if (in->budget.segmentGroup > DXCoreSegmentGroup_NonLocal)
		return E_INVALIDARG;
	status = D3DKMTQueryVideoMemoryInfo(&query);
	if (status >= 0)
		out->budget = (DXCoreAdapterMemoryBudget){
			.budget = query.Budget,
			.currentUsage = query.CurrentUsage,
			.availableForReservation = query.AvailableForReservation,
			.currentReservation = query.CurrentReservation,
		};
	return dxcore_query_result(status);
}

static HRESULT query_memory(const struct dxcore_facts *facts, D3DKMT_HANDLE adapter,
			    const union input *in, union output *out)
{
	(void)adapter;
	return dxcore_usage_memory(facts->luid, &in->memory, &out->memory);
}

static HRESULT query_process_memory(const struct dxcore_facts *facts, D3DKMT_HANDLE adapter,
				    const union input *in, union output *out)
{
	(void)adapter;
	return dxcore_usage_process_memory(facts->luid, &in->process_memory,
					   &out->process_memory);
}

static bool has_engine(const struct dxcore_facts *facts, const DXCoreAdapterEngineIndex *index)
{
	return dxcore_facts_engine(facts, index->physicalAdapterIndex, index->engineIndex);
}

static HRESULT query_engine(const struct dxcore_facts *facts, D3DKMT_HANDLE adapter,
			    const union input *in, union output *out)
{
	(void)adapter;
	if (!has_engine(facts, &in->engine.adapterEngineIndex))
		return E_INVALIDARG;
	return dxcore_usage_engine(facts->luid, &in->engine, &out->engine);
}

static HRESULT query_process_engine(const struct dxcore_facts *facts, D3DKMT_HANDLE adapter,
				    const union input *in, union output *out)
{
	(void)adapter;
	if (!has_engine(facts, &in->engine.adapterEngineIndex))
		return E_INVALIDARG;
	return dxcore_usage_process_engine(facts->luid, &in->engine, &out->engine);
}

static HRESULT query_performance(D3DKMT_HANDLE adapter, uint32_t physical_adapter,
				 D3DKMT_ADAPTER_PERFDATA *ret_data)
{
	*ret_data = (D3DKMT_ADAPTER_PERFDATA){ .PhysicalAdapterIndex = physical_adapter };
	return dxcore_query_result(dxcore_query_info(adapter, KMTQAITYPE_ADAPTERPERFDATA,
						     ret_data, sizeof(*ret_data)));
}

static HRESULT query_temperature(const struct dxcore_facts *facts, D3DKMT_HANDLE adapter,
				 const union input *in, union output *out)
{
	D3DKMT_ADAPTER_PERFDATA data;
	HRESULT result = query_performance(adapter, in->physical_adapter, &data);

	(void)facts;
	if (result == S_OK)
		out->temperature = (float)data.Temperature / 10;
	return result;
}

static HRESULT query_memory_frequency(const struct dxcore_facts *facts, D3DKMT_HANDLE adapter,
				      const union input *in, union output *out)
{
	D3DKMT_ADAPTER_PERFDATA data;
	HRESULT result = query_performance(adapter, in->physical_adapter, &data);

	(void)facts;
	if (result == S_OK)
		out->frequency = (DXCoreFrequencyQueryOutput){
			.frequency = data.MemoryFrequency,
			.maxFrequency = data.MaxMemoryFrequency,
			.maxOverclockedFrequency = data.MaxMemoryFrequencyOC,
		};
	return result;
}

static HRESULT query_engine_frequency(const struct dxcore_facts *facts, D3DKMT_HANDLE adapter,
				      const union input *in, union output *out)
{
	D3DKMT_NODE_PERFDATA data = {
		.NodeOrdinal = in->engine_index.engineIndex,
		.PhysicalAdapterIndex = in->engine_index.physicalAdapterIndex,
	};
	NTSTATUS status;

	if (!has_engine(facts, &in->engine_index))
		return E_INVALIDARG;
	status = dxcore_query_info(adapter, KMTQAITYPE_NODEPERFDATA, &data, sizeof(data));
	if (status >= 0)
		out->frequency = (DXCoreFrequencyQueryOutput){
			.frequency = data.Frequency,
			.maxFrequency = data.MaxFrequency,
			.maxOverclockedFrequency = data.MaxFrequencyOC,
		};
	return dxcore_query_result(status);
}

static HRESULT query_process_count(const struct dxcore_facts *facts, D3DKMT_HANDLE adapter,
				   const union input *in, union output *out)
{
	DXCoreAdapterProcessSetQueryInput none = { 0 };
	DXCoreAdapterProcessSetQueryOutput set = { 0 };
	HRESULT result = dxcore_usage_processes(facts->luid, &none, &set);

	(void)adapter;
	(void)in;
	out->process_count = set.processesTotal;
	return result;
}

static HRESULT query_process_set(const struct dxcore_facts *facts, D3DKMT_HANDLE adapter,
				 const union input *in, union output *out)
{
	(void)adapter;
	return dxcore_usage_processes(facts->luid, &in->process_set, &out->process_set);
}

#define ROW(in, out, query) { sizeof(((union input *)0)->in), sizeof(((union output *)0)->out), \
			      query, true }
#define ROW_WITHOUT_INPUT(out, query) { 0, sizeof(((union output *)0)->out), query, false }

/* Where there is input it begins with the physical adapter, unless it is a set's. */
static const struct row {
	size_t input_size;
	size_t output_size;
	query_state *query;
	bool is_physical;
} rows[] = {
	[DXCoreAdapterState_IsDriverUpdateInProgress] =
		ROW_WITHOUT_INPUT(is_updating, query_update),
	[DXCoreAdapterState_AdapterMemoryBudget] = ROW(budget, budget, query_budget),
	[DXCoreAdapterState_AdapterMemoryUsageBytes] = ROW(memory, memory, query_memory),
	[DXCoreAdapterState_AdapterMemoryUsageByProcessBytes] =
		ROW(process_memory, process_memory, query_process_memory),
	[DXCoreAdapterState_AdapterEngineRunningTimeMicroseconds] =
		ROW(engine, engine, query_engine),
	[DXCoreAdapterState_AdapterEngineRunningTimeByProcessMicroseconds] =
		ROW(engine, engine, query_process_engine),
	[DXCoreAdapterState_AdapterTemperatureCelsius] =
		ROW(physical_adapter, temperature, query_temperature),
	[DXCoreAdapterState_AdapterInUseProcessCount] =
		ROW_WITHOUT_INPUT(process_count, query_process_count),
	[DXCoreAdapterState_AdapterInUseProcessSet] = {
		sizeof(DXCoreAdapterProcessSetQueryInput),
		sizeof(DXCoreAdapterProcessSetQueryOutput), query_process_set, false,
	},
	[DXCoreAdapterState_AdapterEngineFrequencyHertz] =
		ROW(engine_index, frequency, query_engine_frequency),
	[DXCoreAdapterState_AdapterMemoryFrequencyHertz] =
		ROW(physical_adapter, frequency, query_memory_frequency),
};

#define ROW_COUNT (sizeof(rows) / sizeof(rows[0]))

static HRESULT query_row(const struct dxcore_facts *facts, const struct row *row,
			 const union input *in, union output *out)
{
	D3DKMT_HANDLE adapter;
	NTSTATUS status;
	HRESULT result;

	if (row->is_physical && in->physical_adapter >= facts->physical_count)
		return E_INVALIDARG;
	status = dxcore_query_open(facts->luid, &adapter);
	if (dxcore_query_says_gone(status))
		return DXGI_ERROR_DEVICE_REMOVED;
	if (status < 0)
		return dxcore_query_result(status);
	result = row->query(facts, adapter, in, out);
	dxcore_query_close(adapter);
	return result;
}

HRESULT dxcore_state_query(const struct dxcore_facts *facts, uint32_t state, size_t input_size,
			   const void *input, size_t output_size, void *output)
{
	union input in = { 0 };
	union output out;
	HRESULT result;

	if (!output)
		return E_POINTER;
	memset(output, 0, output_size);
	if (state >= ROW_COUNT)
		return DXGI_ERROR_INVALID_CALL;
	if (rows[state].input_size && !input)
		return E_POINTER;
	if (input_size < rows[state].input_size || output_size < rows[state].output_size)
		return E_INVALIDARG;
	if (rows[state].input_size)
		memcpy(&in, input, rows[state].input_size);
	memset(&out, 0, sizeof(out));
	result = query_row(facts, &rows[state], &in, &out);
	memcpy(output, &out, rows[state].output_size);
	return result;
}

HRESULT dxcore_state_set(uint32_t state, size_t input_size, const void *input,
			 size_t data_size, const void *data)
{
	if ((input_size && !input) || !data)
		return E_POINTER;
	if (!data_size)
		return E_INVALIDARG;
	return state < ROW_COUNT ? DXGI_ERROR_UNSUPPORTED : DXGI_ERROR_INVALID_CALL;
}

bool dxcore_state_is_supported(const struct dxcore_facts *facts, uint32_t state)
{
	union input in = { 0 };
	union output out;
	HRESULT result;

	if (state >= ROW_COUNT)
		return false;
	memset(&out, 0, sizeof(out));
	result = query_row(facts, &rows[state], &in, &out);
	/* Without a single engine, there is none to ask about. */
	return result != DXGI_ERROR_UNSUPPORTED && result != E_INVALIDARG;
}
