/* SPDX-License-Identifier: MIT */
/* Objects that all threads use: any call may come too late, none may do harm. */
#include <string.h>

#include <dxg/status.h>

#include "../lib/t-gpu.h"
#include "record.h"
#include "shared.h"
#include "world.h"

#define RECORDS		8192
#define SLOTS		6

static const unsigned int slots_of[WALK_RECORD_TYPES] = { 2, 4, 2, 6, 6 };
static const char *const names[WALK_RECORD_TYPES] = {
	"device", "context", "paging queue", "allocation", "fence",
};

/* Records are written once, before their number is in a slot. 0: empty. */
static struct {
	struct walk_record records[RECORDS];
	_Atomic unsigned int count;
	_Atomic unsigned int slots[WALK_RECORD_TYPES][SLOTS];
	pthread_mutex_t lock;
	bool closing;			/* under @lock */
	bool tight;
} shared = { .lock = PTHREAD_MUTEX_INITIALIZER };

void walk_shared_begin(bool tight)
{
	memset(shared.records, 0, sizeof(shared.records));
	memset(shared.slots, 0, sizeof(shared.slots));
	atomic_store(&shared.count, 1);
	shared.closing = false;
	shared.tight = tight;
}

unsigned int walk_record_pick(struct walk *w, enum walk_record_type type)
{
	return atomic_load(&shared.slots[type][walk_below(w, slots_of[type])]);
}

struct walk_record *walk_record(unsigned int index)
{
	return &shared.records[index];
}

D3DKMT_HANDLE walk_record_handle(unsigned int index)
{
	return index ? shared.records[index].handle : 0;
}

bool walk_record_tight(void)
{
	return shared.tight;
}

static void destroy(struct walk *w, unsigned int index)
{
	struct walk_record *record = &shared.records[index];
	D3DKMT_DESTROYDEVICE device = { .hDevice = record->handle };
	D3DKMT_DESTROYCONTEXT context = { .hContext = record->handle };
	D3DDDI_DESTROYPAGINGQUEUE paging = { .hPagingQueue = record->handle };
	D3DKMT_DESTROYSYNCHRONIZATIONOBJECT fence = {
		.hSyncObject = record->handle,
	};
	D3DKMT_DESTROYALLOCATION2 allocation = {
		.hDevice = walk_record_handle(record->device),
		.phAllocationList = &record->handle,
		.AllocationCount = 1,
	};
	NTSTATUS status;

	walk_begin(w, "destroy shared %s %u", names[record->type], index);
	switch (record->type) {
	case WALK_DEVICE:
		status = D3DKMTDestroyDevice(&device);
		break;
	case WALK_CONTEXT:
		status = D3DKMTDestroyContext(&context);
		break;
	case WALK_PAGING:
		status = D3DKMTDestroyPagingQueue(&paging);
		break;
	case WALK_ALLOCATION:
		status = D3DKMTDestroyAllocation2(&allocation);
		break;
	default:
		status = D3DKMTDestroySynchronizationObject(&fence);
		break;
	}
	if (walk_answer(w, status, WALK_OK | WALK_PARAMETER) &&
	    atomic_exchange(&record->destroyed, true))
		walk_fail(w, "%s %u was destroyed twice", names[record->type],
			  index);
}

static unsigned int add(struct walk *w, enum walk_record_type type,
			unsigned int device, D3DKMT_HANDLE handle,
			uint64_t value)
{
	unsigned int index = atomic_fetch_add(&shared.count, 1);
	struct walk_record *record = &shared.records[index];

	walk_made(w, handle, names[type]);
	record->type = type;
	record->device = device;
	record->handle = handle;
	atomic_store(&record->next, value);
	atomic_store(&record->reached, value);
	atomic_store(&record->ready, true);
	return index;
}

/* What was in the slot before is not found any more: it goes. */
static void put(struct walk *w, unsigned int index)
{
	enum walk_record_type type = shared.records[index].type;
	unsigned int slot = walk_below(w, slots_of[type]);
	unsigned int before = atomic_exchange(&shared.slots[type][slot], index);

	if (before)
		destroy(w, before);
}

static void create_device(struct walk *w)
{
	D3DKMT_CREATEDEVICE args = { .hAdapter = w->world->adapter };
	unsigned int index = 0;

	pthread_mutex_lock(&shared.lock);
	if (!shared.closing && walk_call(w, D3DKMTCreateDevice(&args), WALK_OK,
					 "create shared device"))
		index = add(w, WALK_DEVICE, 0, args.hDevice, 0);
	pthread_mutex_unlock(&shared.lock);
	if (index)
		put(w, index);
}

static NTSTATUS create_fence(D3DKMT_HANDLE device, D3DKMT_HANDLE *ret)
{
	D3DKMT_CREATESYNCHRONIZATIONOBJECT2 args = {
		.hDevice = device,
		.Info = {
			.Type = D3DDDI_MONITORED_FENCE,
			.Flags = { .Shared = 1, .NtSecuritySharing = 1 },
		},
	};
	NTSTATUS status = D3DKMTCreateSynchronizationObject2(&args);

	*ret = args.hSyncObject;
	return status;
}

static void create_child(struct walk *w, enum walk_record_type type)
{
	unsigned int device = walk_record_pick(w, WALK_DEVICE);
	D3DKMT_CREATECONTEXTVIRTUAL context = {
		.hDevice = walk_record_handle(device),
		.NodeOrdinal = walk_below(w, w->world->nodes),
	};
	D3DKMT_CREATEPAGINGQUEUE paging = { .hDevice = context.hDevice };
	D3DKMT_HANDLE handle = 0;
	NTSTATUS status;

	walk_begin(w, "create shared %s on device %u", names[type], device);
	switch (type) {
	case WALK_CONTEXT:
		status = D3DKMTCreateContextVirtual(&context);
		handle = context.hContext;
		break;
	case WALK_PAGING:
		status = D3DKMTCreatePagingQueue(&paging);
		handle = paging.hPagingQueue;
		break;
	case WALK_ALLOCATION:
		status = t_try_create_allocation(context.hDevice, WALK_PAGE, 0,
						 &handle);
		break;
	default:
		status = create_fence(context.hDevice, &handle);
		break;
	}
	if (walk_answer(w, status, shared.tight ? WALK_USE | WALK_NO_MEMORY |
						  WALK_VIDEO_MEMORY : WALK_USE))
		put(w, add(w, type, device, handle, 0));
}

static void create(struct walk *w)
{
	unsigned int any = walk_below(w, WALK_RECORD_TYPES);
	enum walk_record_type type = (enum walk_record_type)any;

	/* Room for what the other threads are about to add. */
	if (atomic_load(&shared.count) > RECORDS - 64)
		return;
	if (type == WALK_DEVICE)
		create_device(w);
	else
		create_child(w, type);
}

static void destroy_some(struct walk *w)
{
	unsigned int type = walk_below(w, WALK_RECORD_TYPES);
	unsigned int index = walk_record_pick(w, (enum walk_record_type)type);

	if (index)
		destroy(w, index);
}

void walk_shared_step(struct walk *w)
{
	switch (walk_below(w, 8)) {
	case 0:
	case 1:
		create(w);
		break;
	case 2:
		destroy_some(w);
		break;
	default:
		walk_record_use(w);
		break;
	}
}

void walk_shared_close(struct walk *w)
{
	unsigned int i;

	pthread_mutex_lock(&shared.lock);
	shared.closing = true;
	pthread_mutex_unlock(&shared.lock);
	for (i = 1; i < atomic_load(&shared.count); i++)
		if (atomic_load(&shared.records[i].ready) &&
		    shared.records[i].type == WALK_DEVICE &&
		    !atomic_load(&shared.records[i].destroyed))
			destroy(w, i);
}

/* One destroy of each device has succeeded, and took everything along. */
void walk_shared_end(struct walk *w)
{
	unsigned int i;

	for (i = 1; i < atomic_load(&shared.count); i++)
		if (shared.records[i].type == WALK_DEVICE &&
		    !atomic_load(&shared.records[i].destroyed))
			walk_fail(w, "shared device %u is left", i);
}
