/* SPDX-License-Identifier: MIT */
/* Which GPUs are there, and what can they do? */
#include <inttypes.h>
#include <locale.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "common.h"

#define MIB (1024 * 1024)

static NTSTATUS query(D3DKMT_HANDLE adapter, KMTQUERYADAPTERINFOTYPE type,
		      void *data, unsigned int size)
{
	D3DKMT_QUERYADAPTERINFO args = {
		.hAdapter = adapter,
		.Type = type,
		.pPrivateDriverData = data,
		.PrivateDriverDataSize = size,
	};

	return D3DKMTQueryAdapterInfo(&args);
}

static void print_names(D3DKMT_HANDLE adapter)
{
	static D3DKMT_ADAPTERREGISTRYINFO registry;
	static D3DKMT_DRIVER_DESCRIPTION driver;
	D3DKMT_DRIVERVERSION version = KMT_DRIVERVERSION_WDDM_3_0;
	D3DKMT_QUERY_DEVICE_IDS ids = { 0 };

	CHECK(query(adapter, KMTQAITYPE_ADAPTERREGISTRYINFO, &registry,
		    sizeof(registry)));
	CHECK(query(adapter, KMTQAITYPE_PHYSICALADAPTERDEVICEIDS, &ids, sizeof(ids)));
	CHECK(query(adapter, KMTQAITYPE_DRIVERVERSION, &version, sizeof(version)));
	printf("  name          %ls\n", (wchar_t *)registry.AdapterString);
	printf("  PCI ids       %04x:%04x, subsystem %04x:%04x, revision %02x\n",
	       ids.DeviceIds.VendorID, ids.DeviceIds.DeviceID,
	       ids.DeviceIds.SubVendorID, ids.DeviceIds.SubSystemID,
	       ids.DeviceIds.RevisionID);
	if (query(adapter, KMTQAITYPE_DRIVER_DESCRIPTION, &driver, sizeof(driver)) >= 0)
		printf("  driver        %ls, ", (wchar_t *)driver.DriverDescription);
	else
		printf("  driver        ");
	printf("WDDM %d.%d\n", version / 1000, version / 100 % 10);
}

static void print_type(D3DKMT_HANDLE adapter)
{
	D3DKMT_ADAPTERTYPE type = { 0 };

	CHECK(query(adapter, KMTQAITYPE_ADAPTERTYPE, &type, sizeof(type)));
	printf("  capabilities %s%s%s%s%s\n",
	       type.RenderSupported ? " render" : "",
	       type.ComputeOnly ? " compute-only" : "",
	       type.SoftwareDevice ? " software" : "",
	       type.HybridIntegrated ? " integrated" : "",
	       type.Paravirtualized ? " paravirtual" : "");
}

/* Local memory is the GPU's own, non-local what it may use of the system's. */
static void print_memory(D3DKMT_HANDLE adapter)
{
	static const char *const groups[] = { "local", "non-local" };
	unsigned int i;

	for (i = 0; i < 2; i++) {
		D3DKMT_QUERYVIDEOMEMORYINFO info = { .hAdapter = adapter };

		info.MemorySegmentGroup = (D3DKMT_MEMORY_SEGMENT_GROUP)i;
		CHECK(D3DKMTQueryVideoMemoryInfo(&info));
		printf("  %-10s    budget %" PRIu64 " MiB, in use %" PRIu64
		       " MiB\n", groups[i], (uint64_t)info.Budget / MIB,
		       (uint64_t)info.CurrentUsage / MIB);
	}
}

/* Engines are numbered from 0; the first number that fails ends the list. */
static void print_engines(D3DKMT_HANDLE adapter)
{
	static const char *const types[] = {
		"other", "3D", "video decode", "video encode",
		"video processing", "scene assembly", "copy", "overlay", "crypto",
	};
	D3DKMT_NODEMETADATA node;
	wchar_t name[33];
	unsigned int i;

	for (i = 0;; i++) {
		memset(&node, 0, sizeof(node));
		node.NodeOrdinalAndAdapterIndex = i;
		if (query(adapter, KMTQAITYPE_NODEMETADATA, &node, sizeof(node)) < 0)
			break;
		memset(name, 0, sizeof(name));
		memcpy(name, (char *)&node + offsetof(D3DKMT_NODEMETADATA,
						      NodeData.FriendlyName),
		       sizeof(name) - sizeof(name[0]));
		printf("  engine %u      %s%s%ls\n", i,
		       node.NodeData.EngineType < 9 ?
		       types[node.NodeData.EngineType] : "unknown",
		       name[0] ? ": " : "", name);
	}
}

int main(void)
{
	const unsigned int max_adapters = 16;
	D3DKMT_ADAPTERINFO adapters[16];
	D3DKMT_ENUMADAPTERS3 enumerate = {
		.Filter = { .IncludeComputeOnly = 1 },
		.NumAdapters = max_adapters,
		.pAdapters = adapters,
	};
	unsigned int i;

	setlocale(LC_CTYPE, "");
	CHECK(D3DKMTEnumAdapters3(&enumerate));
	printf("%u adapter(s), compute-only ones included\n",
	       (unsigned int)enumerate.NumAdapters);
	for (i = 0; i < enumerate.NumAdapters; i++) {
		D3DKMT_CLOSEADAPTER close = { .hAdapter = adapters[i].hAdapter };

		printf("\nadapter %u, LUID %08x-%08x\n", i,
		       (unsigned int)adapters[i].AdapterLuid.HighPart,
		       (unsigned int)adapters[i].AdapterLuid.LowPart);
		print_names(adapters[i].hAdapter);
		print_type(adapters[i].hAdapter);
		print_memory(adapters[i].hAdapter);
		print_engines(adapters[i].hAdapter);
		CHECK(D3DKMTCloseAdapter(&close));
	}
	return 0;
}
