/* SPDX-License-Identifier: MIT */
/*
 * Qualcomm's user-mode driver, as far as a shim of others shows it, which is preloaded
 * between the driver and the library: so its calls are ordinary symbols of the linker.
 */
#define CLIENT_IS_LINKED
#include "client.h"

#include "client-gpu.h"
#include "qualcomm-shim.h"

#define SIZE	65536u
#define COLOUR	0x5c03dca1u

static D3DKMT_HANDLE adapter, device, context;
static D3DKMT_CREATEPAGINGQUEUE paging;
static D3DKMT_HANDLE allocation;
static uint64_t address;
static void *memory;

/* What the runtime does before it calls the driver: not the driver's own calls. */
static void is_given_an_adapter(void)
{
	D3DKMT_ADAPTERINFO info;
	D3DKMT_ENUMADAPTERS2 args = { .NumAdapters = 1, .pAdapters = &info };

	client_is_linked("qualcomm");
	assert_status(D3DKMTEnumAdapters2(&args), STATUS_SUCCESS);
	adapter = info.hAdapter;
}

static unsigned int seen_by_the_shim(void)
{
	__typeof__(&qualcomm_shim_seen) seen;

	*(void **)&seen = dlsym(RTLD_DEFAULT, "qualcomm_shim_seen");
	assert_non_null(seen);
	return seen();
}

static void is_linked_through_the_shim(void)
{
	assert_int_equal(seen_by_the_shim(), 0);
	assert_ptr_not_equal(dlsym(RTLD_DEFAULT, "D3DKMTSubmitCommand"),
			     dlsym(dlopen("libdxcore.so", RTLD_LAZY | RTLD_NOLOAD),
				   "D3DKMTSubmitCommand"));
}

static void creates_a_device_and_a_context(void)
{
	D3DKMT_CREATEDEVICE device_args = { .hAdapter = adapter };
	D3DKMT_CREATECONTEXTVIRTUAL context_args = {
		.EngineAffinity = 1, .ClientHint = D3DKMT_CLIENTHINT_DX12,
	};

	client_must(D3DKMTCreateDevice, &device_args);
	device = context_args.hDevice = paging.hDevice = device_args.hDevice;
	assert_status(D3DKMTCreatePagingQueue(&paging), STATUS_SUCCESS);
	client_must(D3DKMTCreateContextVirtual, &context_args);
	context = context_args.hContext;
}

static void allocates_and_locks(void)
{
	struct dxghost_allocation_data data = CLIENT_ALLOCATION_DATA(SIZE);
	D3DDDI_ALLOCATIONINFO2 info = {
		.pPrivateDriverData = &data, .PrivateDriverDataSize = sizeof(data),
	};
	D3DKMT_CREATEALLOCATION args = {
		.hDevice = device, .NumAllocations = 1, .pAllocationInfo2 = &info,
	};
	D3DKMT_LOCK2 lock = { .hDevice = device };

	client_must(D3DKMTCreateAllocation2, &args);
	allocation = lock.hAllocation = info.hAllocation;
	client_must(D3DKMTLock2, &lock);
	memory = lock.pData;
	memset(memory, 0, SIZE);
}

static void maps_and_makes_resident(void)
{
	D3DDDI_MAPGPUVIRTUALADDRESS map = {
		.hPagingQueue = paging.hPagingQueue,
		.hAllocation = allocation,
		.SizeInPages = SIZE / CLIENT_PAGE_SIZE,
		.Protection = { .Write = 1 },
	};
	D3DDDI_MAKERESIDENT resident = {
		.hPagingQueue = paging.hPagingQueue,
		.NumAllocations = 1,
		.AllocationList = &allocation,
	};

	client_queue(D3DKMTMapGpuVirtualAddress, &map);
	address = map.VirtualAddress;
	client_queue(D3DKMTMakeResident, &resident);
	client_spin_until(paging.FenceValueCPUVirtualAddress, resident.PagingFenceValue);
}

/* The second half is filled by commands in the first, which say so there when it is done. */
static void fills_memory_with_a_command(void)
{
	char *const done = (char *)memory + SIZE / 2 - sizeof(uint64_t);
	size_t used = t_put_fill(memory, address + SIZE / 2, SIZE / 2, COLOUR);
	D3DKMT_SUBMITCOMMAND args = {
		.Commands = address,
		.BroadcastContextCount = 1,
		.BroadcastContext = { context },
	};

	used += t_put_write((char *)memory + used, address + (uint64_t)(done - (char *)memory), 1);
	args.CommandLength = (UINT)used;
	client_must(D3DKMTSubmitCommand, &args);
	client_spin_until(done, 1);
	assert_true(client_is_filled((char *)memory + SIZE / 2, SIZE / 2, COLOUR));
}

static void destroys_all(void)
{
	client_must(D3DKMTUnlock2,
		    &(D3DKMT_UNLOCK2){ .hDevice = device, .hAllocation = allocation });
	client_must(D3DKMTDestroyAllocation2, &(D3DKMT_DESTROYALLOCATION2){
		.hDevice = device, .phAllocationList = &allocation, .AllocationCount = 1,
	});
	client_must(D3DKMTDestroyContext, &(D3DKMT_DESTROYCONTEXT){ .hContext = context });
	client_must(D3DKMTDestroyDevice, &(D3DKMT_DESTROYDEVICE){ .hDevice = device });
}

#define COUNT_ONE(name, type) + 1

static void the_shim_has_seen_every_call(void)
{
	assert_int_equal(seen_by_the_shim(), 0 QUALCOMM_CALLS(COUNT_ONE));
}

int main(void)
{
	const char *preloaded = getenv("LD_PRELOAD");

	const struct CMUnitTest steps[] = {
		client_step(is_given_an_adapter),
		client_step(is_linked_through_the_shim),
		client_step(creates_a_device_and_a_context),
		client_step(allocates_and_locks),
		client_step(maps_and_makes_resident),
		client_step(fills_memory_with_a_command),
		client_step(destroys_all),
		client_step(the_shim_has_seen_every_call),
		client_step(calls_what_the_matrix_says),
	};

	if (!preloaded || !*preloaded) {
		puts("skipped: LD_PRELOAD names the shim");
		return 77;
	}
	return cmocka_run_group_tests_name("client-qualcomm", steps, NULL, NULL);
}
