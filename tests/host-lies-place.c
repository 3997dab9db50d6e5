/* SPDX-License-Identifier: MIT */
/* Addresses, handles and sizes in replies that the host has no right to give. */
#include "host-lies.h"
#include "lib/t-heap.h"

#include <sys/mman.h>

#include "../subprojects/dxgkrnl/wire.h"

#define TIB (UINT64_C(1) << 40)

struct place {
	const char *row;
	uint32_t command;
	uint32_t offset;		/* in the reply */
	enum bad_object kind;	/* of a handle */
};

#define LATER TIB

static const struct place addresses[] = {
	{ "D3DKMTLock2", DXGK_CMD_LOCK2,
	  offsetof(struct dxgk_wire_lock2_reply, cpu_visible_address), 0 },
	{ "D3DKMTCreateSynchronizationObject2", DXGK_CMD_CREATESYNCOBJECT,
	  offsetof(struct dxgk_wire_createsyncobject_reply,
		   fence_storage_address), 0 },
	{ "D3DKMTCreatePagingQueue", DXGK_CMD_CREATEPAGINGQUEUE,
	  offsetof(struct dxgk_wire_createpagingqueue_reply,
		   fence_storage_physical_address), 0 },
	{ "D3DKMTCreatePagingQueue", DXGK_CMD_CREATEPAGINGQUEUE,
	  offsetof(struct dxgk_wire_createpagingqueue_reply,
		   fence_storage_offset), 0 },
	{ "D3DKMTCreateHwQueue", DXGK_CMD_CREATEHWQUEUE,
	  offsetof(struct dxgk_wire_createhwqueue,
		   progress_fence_cpu_address), 0 },
	{ "D3DKMTOpenSyncObjectFromNtHandle2", DXGK_VMCMD_OPENSYNCOBJECT,
	  offsetof(struct dxgk_wire_opensyncobject_reply,
		   guest_cpu_physical_address), 0 },
};

static const struct place handles[] = {
	{ "D3DKMTCreateDevice", DXGK_CMD_CREATEDEVICE,
	  offsetof(struct dxgk_wire_createdevice_reply, device), BAD_DEVICE },
	{ "D3DKMTCreateContextVirtual", DXGK_CMD_CREATECONTEXTVIRTUAL,
	  offsetof(struct dxgk_wire_createcontextvirtual, context),
	  BAD_CONTEXT },
	{ "D3DKMTCreateAllocation2", DXGK_CMD_CREATEALLOCATION,
	  DXGK_WIRE_CREATEALLOCATION_REPLY_TAIL, BAD_ALLOCATION },
	{ "D3DKMTCreateSynchronizationObject2", DXGK_CMD_CREATESYNCOBJECT,
	  offsetof(struct dxgk_wire_createsyncobject_reply, sync_object),
	  BAD_FENCE },
	{ "D3DKMTCreatePagingQueue", DXGK_CMD_CREATEPAGINGQUEUE,
	  offsetof(struct dxgk_wire_createpagingqueue_reply, paging_queue),
	  BAD_PAGING_QUEUE },
	{ "D3DKMTCreatePagingQueue", DXGK_CMD_CREATEPAGINGQUEUE,
	  offsetof(struct dxgk_wire_createpagingqueue_reply, sync_object),
	  BAD_PAGING_FENCE },
	{ "D3DKMTCreateHwQueue", DXGK_CMD_CREATEHWQUEUE,
	  offsetof(struct dxgk_wire_createhwqueue, hwqueue), BAD_HW_QUEUE },
	{ "D3DKMTCreateHwQueue", DXGK_CMD_CREATEHWQUEUE,
	  offsetof(struct dxgk_wire_createhwqueue, hwqueue_progress_fence),
	  BAD_PROGRESS_FENCE },
	{ "D3DKMTOpenSyncObjectFromNtHandle2", DXGK_VMCMD_OPENSYNCOBJECT,
	  offsetof(struct dxgk_wire_opensyncobject_reply, sync_object),
	  BAD_FENCE },
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const struct bad_row *row_of(const struct place *place)
{
	const struct bad_row *row;
	unsigned int i;

	for (i = 0; (row = every_call(i)) != NULL; i++)
		if (!strcmp(row->name, place->row) && !row->variant)
			return row;
	fail_msg("no row %s", place->row);
	return NULL;
}

static unsigned int count_mappings(void)
{
	FILE *maps = fopen("/proc/self/maps", "re");
	unsigned int lines = 0;
	int c;

	assert_non_null(maps);
	while ((c = fgetc(maps)) != EOF)
		lines += c == '\n';
	fclose(maps);
	return lines;
}

static void expect_refusal(struct lied_call *call, const struct place *place,
			   struct dxghostd_lie how)
{
	const struct bad_row *row = row_of(place);
	unsigned int mappings;

	how.command = place->command;
	how.offset = place->offset;
	memset(call->args, 0, sizeof(call->args));
	row->prepare(&call->f, call->args);
	mappings = count_mappings();
	lied_call(call, row, &how);
	if (call->status >= 0 || !call->told)
		print_error("%s, offset %u, value 0x%llx: 0x%08x, %llu lies\n",
			    row->name, place->offset,
			    (unsigned long long)how.value,
			    (unsigned int)call->status,
			    (unsigned long long)call->told);
	assert_true(call->told > 0);
	assert_true(call->status < 0);
	assert_int_equal(count_mappings(), mappings);
}

/* It still does, with all that the host has said before. */
static void expect_it_to_work(struct lied_call *call, const struct place *place)
{
	const struct bad_row *row = row_of(place);

	memset(call->args, 0, sizeof(call->args));
	row->prepare(&call->f, call->args);
	lied_call(call, row, NULL);
	assert_true(every_call_is_answer(row, call->status));
}

static struct lied_call *begin(void)
{
	struct lied_call *call = calloc(1, sizeof(*call));

	assert_non_null(call);
	bad_fixture_begin(&call->f, false);
	return call;
}

/* Beyond it, before it, far away, around the end of all addresses; odd. */
static void lie_about_addresses(void *argument)
{
	static const uint64_t steps[] = {
		UINT64_C(1) << 30, -(UINT64_C(1) << 32), LATER, -LATER,
		UINT64_C(1) << 63, 1, 4,
	};
	struct lied_call *call = begin();
	size_t i, step;

	(void)argument;
	for (i = 0; i < COUNT(addresses); i++) {
		for (step = 0; step < COUNT(steps); step++)
			expect_refusal(call, &addresses[i],
				       (struct dxghostd_lie){
					       .kind = DXGHOSTD_ADD,
					       .value = steps[step],
				       });
		expect_it_to_work(call, &addresses[i]);
	}
}

void what_is_outside_of_the_io_space_is_not_mapped(void **state)
{
	(void)state;
	t_run_child(lie_about_addresses, NULL);
}

static void lie_about_a_handle(void *argument)
{
	const struct place *place = argument;
	struct lied_call *call = begin();

	expect_refusal(call, place, (struct dxghostd_lie){
		.kind = DXGHOSTD_SET,
		.width = sizeof(uint32_t),
		.value = call->f.live[place->kind],
	});
	expect_it_to_work(call, place);
}

/* The host has mixed up its objects after that: each has another child. */
void handles_that_exist_are_not_taken_twice(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(handles); i++)
		t_run_child(lie_about_a_handle, (void *)&handles[i]);
}

/* A page of the program's own, as low as that. */
static void *page_at(uint64_t address)
{
	void *page = mmap((void *)(uintptr_t)address, T_PAGE_SIZE,
			  PROT_READ | PROT_WRITE,
			  MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE,
			  -1, 0);

	assert_ptr_equal(page, (void *)(uintptr_t)address);
	return page;
}

/* It is a page for the host as well, which says that it is @size large. */
static void expect_size_refused(const struct t_gpu *gpu, void *page,
				uint64_t size, NTSTATUS want)
{
	const struct dxghostd_lie how = {
		.kind = DXGHOSTD_SET,
		.command = DXGK_CMD_CREATEALLOCATION,
		.offset = DXGK_WIRE_CREATEALLOCATION_REPLY_TAIL +
			  offsetof(struct dxgk_wire_createallocation_result,
				   allocation_size),
		.width = sizeof(size),
		.value = size,
	};
	struct dxghost_allocation_data data = {
		.magic = DXGHOST_ALLOCATION_MAGIC,
		.version = DXGHOST_ALLOCATION_VERSION,
		.size = T_PAGE_SIZE,
	};
	D3DDDI_ALLOCATIONINFO2 info = {
		.pSystemMem = page,
		.pPrivateDriverData = &data,
		.PrivateDriverDataSize = sizeof(data),
	};
	D3DKMT_CREATEALLOCATION args = {
		.hDevice = gpu->device,
		.NumAllocations = 1,
		.pAllocationInfo2 = &info,
	};
	long pinned = t_pinned_pages();

	lie(&how);
	assert_status(D3DKMTCreateAllocation2(&args), want);
	assert_int_equal(lie(NULL), 1);
	assert_int_equal(t_pinned_pages(), pinned);
}

static void lie_about_sizes(void *unused)
{
	void *low = page_at(TIB), *high = page_at(127 * TIB);
	struct t_gpu *gpu;

	(void)unused;
	t_setup_gpu((void **)&gpu);
	/* the list of its pages alone would be more than the kernel gives */
	expect_size_refused(gpu, low, TIB, STATUS_NO_MEMORY);
	expect_size_refused(gpu, low, 16 * TIB - T_PAGE_SIZE, STATUS_NO_MEMORY);
	/* no program has addresses for that */
	expect_size_refused(gpu, high, TIB, STATUS_UNSUCCESSFUL);
	/* nor are there numbers for the pages */
	expect_size_refused(gpu, low, 16 * TIB, STATUS_INVALID_PARAMETER);
}

/* The log is looked at as well: the kernel has not been asked for that much. */
void more_memory_than_there_can_be_is_not_pinned(void **state)
{
	(void)state;
	t_run_child(lie_about_sizes, NULL);
}
