/* SPDX-License-Identifier: MIT */
/* Rows of calls on adapters. */
#include "economy.h"

#define MAX_ADAPTERS 16

static void close_all(const D3DKMT_ADAPTERINFO *adapters, unsigned int count)
{
	unsigned int i;

	for (i = 0; i < count; i++) {
		D3DKMT_CLOSEADAPTER close = { .hAdapter = adapters[i].hAdapter };

		CHECK(D3DKMTCloseAdapter(&close));
	}
}

/* Answers the LUID of the first. */
static LUID enumerate(void)
{
	D3DKMT_ADAPTERINFO adapters[MAX_ADAPTERS];
	D3DKMT_ENUMADAPTERS2 two = {
		.NumAdapters = MAX_ADAPTERS,
		.pAdapters = adapters,
	};
	D3DKMT_ENUMADAPTERS3 three = {
		.NumAdapters = MAX_ADAPTERS,
		.pAdapters = adapters,
	};

	ROW("", D3DKMTEnumAdapters2, &two,
	    PLAIN_NO_COMMAND(LX_DXENUMADAPTERS2, sizeof(adapters)));
	close_all(adapters, two.NumAdapters);
	ROW("", D3DKMTEnumAdapters3, &three,
	    PLAIN_NO_COMMAND(LX_DXENUMADAPTERS3, sizeof(adapters)));
	close_all(adapters, three.NumAdapters);
	return adapters[0].AdapterLuid;
}

static void open_and_close(LUID luid)
{
	D3DKMT_OPENADAPTERFROMLUID open = { .AdapterLuid = luid };
	D3DKMT_CLOSEADAPTER close = { 0 };

	ROW("", D3DKMTOpenAdapterFromLuid, &open, PLAIN_OPENADAPTER);
	close.hAdapter = open.hAdapter;
	ROW("", D3DKMTCloseAdapter, &close, PLAIN_CLOSEADAPTER);
}

static void query(const struct gpu *gpu)
{
	D3DKMT_ADAPTERTYPE type;
	D3DKMT_QUERYADAPTERINFO info = {
		.hAdapter = gpu->adapter,
		.Type = KMTQAITYPE_ADAPTERTYPE,
		.pPrivateDriverData = &type,
		.PrivateDriverDataSize = sizeof(type),
	};
	D3DKMT_QUERYCLOCKCALIBRATION clock = { .hAdapter = gpu->adapter };
	D3DKMT_ISFEATUREENABLED feature = {
		.hAdapter = gpu->adapter,
		.FeatureId = DXGK_FEATURE_HWSCH,
	};

	ROW("the adapter's type", D3DKMTQueryAdapterInfo, &info,
	    PLAIN_QUERYADAPTERINFO(sizeof(type)));
	ROW("the same again", D3DKMTQueryAdapterInfo, &info,
	    PLAIN_QUERYADAPTERINFO(sizeof(type)));
	ROW("", D3DKMTQueryClockCalibration, &clock, PLAIN_QUERYCLOCKCALIBRATION);
	ROW("", D3DKMTIsFeatureEnabled, &feature, PLAIN_ISFEATUREENABLED);
}

static void account(const struct gpu *gpu, LUID luid)
{
	D3DKMT_QUERYSTATISTICS statistics = {
		.Type = D3DKMT_QUERYSTATISTICS_ADAPTER,
		.AdapterLuid = luid,
	};
	UINT32 processes[8];
	D3DKMT_ENUMPROCESSES list = {
		.AdapterLuid = luid,
		.Buffer = processes,
		.BufferCount = 8,
	};
	D3DKMT_QUERYVIDEOMEMORYINFO memory = { .hAdapter = gpu->adapter };
	D3DKMT_CHANGEVIDEOMEMORYRESERVATION reserve = {
		.hAdapter = gpu->adapter,
	};

	ROW("", D3DKMTQueryStatistics, &statistics, PLAIN_QUERYSTATISTICS);
	ROW("", D3DKMTEnumProcesses, &list,
	    PLAIN_NO_COMMAND(LX_DXENUMPROCESSES, sizeof(processes)));
	ROW("", D3DKMTQueryVideoMemoryInfo, &memory, PLAIN_QUERYVIDEOMEMORYINFO);
	ROW("", D3DKMTChangeVideoMemoryReservation, &reserve,
	    PLAIN_CHANGEVIDEOMEMORYRESERVATION);
}

void economy_rows_adapter(const struct gpu *gpu)
{
	LUID luid = enumerate();

	open_and_close(luid);
	query(gpu);
	account(gpu, luid);
}
