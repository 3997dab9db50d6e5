/* SPDX-License-Identifier: MIT */
/* Rows of the calls about residency, offers and reclaims. */
#include "bad-input.h"

static void prepare_list(struct bad_fixture *f, enum bad_object object)
{
	f->handles[0] = f->handles[1] = f->live[object];
}

static void prepare_make_resident(struct bad_fixture *f, void *data)
{
	D3DDDI_MAKERESIDENT *args = data;

	prepare_list(f, BAD_ALLOCATION);
	args->hPagingQueue = f->live[BAD_PAGING_QUEUE];
	args->NumAllocations = 1;
	args->AllocationList = f->handles;
}

/* As often as it was counted. */
static void undo_make_resident(struct bad_fixture *f, const void *data, bool worked)
{
	const D3DDDI_MAKERESIDENT *args = data;
	D3DKMT_EVICT evict = {
		.hDevice = f->live[BAD_DEVICE],
		.NumAllocations = args->NumAllocations,
		.AllocationList = args->AllocationList,
	};

	if (worked)
		assert_status(D3DKMTEvict(&evict), STATUS_SUCCESS);
}

static void prepare_evict(struct bad_fixture *f, void *data)
{
	D3DKMT_EVICT *args = data;

	prepare_list(f, BAD_ALLOCATION);
	args->hDevice = f->live[BAD_DEVICE];
	args->NumAllocations = 1;
	args->AllocationList = f->handles;
}

static void prepare_offer(struct bad_fixture *f, void *data)
{
	D3DKMT_OFFERALLOCATIONS *args = data;

	prepare_list(f, BAD_ALLOCATION);
	args->hDevice = f->live[BAD_DEVICE];
	args->HandleList = f->handles;
	args->NumAllocations = 1;
	args->Priority = D3DKMT_OFFER_PRIORITY_NORMAL;
}

static void prepare_offer_resources(struct bad_fixture *f, void *data)
{
	D3DKMT_OFFERALLOCATIONS *args = data;

	prepare_offer(f, data);
	prepare_list(f, BAD_RESOURCE);
	args->HandleList = NULL;
	args->pResources = f->handles;
}

static void undo_offer(struct bad_fixture *f, const void *data, bool worked)
{
	const D3DKMT_OFFERALLOCATIONS *args = data;
	D3DKMT_RECLAIMALLOCATIONS2 reclaim = {
		.hPagingQueue = f->live[BAD_PAGING_QUEUE],
		.pResources = args->pResources,
		.HandleList = args->HandleList,
		.NumAllocations = args->NumAllocations,
	};

	if (worked)
		assert_success(D3DKMTReclaimAllocations2(&reclaim));
}

#define undo_offer_resources undo_offer

static void prepare_reclaim(struct bad_fixture *f, void *data)
{
	D3DKMT_RECLAIMALLOCATIONS2 *args = data;

	prepare_list(f, BAD_ALLOCATION);
	args->hPagingQueue = f->live[BAD_PAGING_QUEUE];
	args->HandleList = f->handles;
	args->NumAllocations = 1;
	args->pDiscarded = (void *)f->words;
}

static void prepare_reclaim_resources(struct bad_fixture *f, void *data)
{
	D3DKMT_RECLAIMALLOCATIONS2 *args = data;

	prepare_reclaim(f, data);
	prepare_list(f, BAD_RESOURCE);
	args->HandleList = NULL;
	args->pResources = f->handles;
}

static void prepare_query(struct bad_fixture *f, void *data)
{
	D3DKMT_QUERYALLOCATIONRESIDENCY *args = data;

	prepare_list(f, BAD_ALLOCATION);
	args->hDevice = f->live[BAD_DEVICE];
	args->phAllocationList = f->handles;
	args->AllocationCount = 1;
	args->pResidencyStatus = (void *)f->words;
}

static void prepare_query_resource(struct bad_fixture *f, void *data)
{
	D3DKMT_QUERYALLOCATIONRESIDENCY *args = data;

	prepare_query(f, data);
	args->hResource = f->live[BAD_RESOURCE];
	args->AllocationCount = 0;
}

#define undo_evict bad_undo_nothing
#define undo_reclaim bad_undo_nothing
#define undo_reclaim_resources bad_undo_nothing
#define undo_query bad_undo_nothing
#define undo_query_resource bad_undo_nothing

BAD_CALL(MakeResident, D3DDDI_MAKERESIDENT)
BAD_CALL(Evict, D3DKMT_EVICT)
BAD_CALL(OfferAllocations, D3DKMT_OFFERALLOCATIONS)
BAD_CALL(ReclaimAllocations2, D3DKMT_RECLAIMALLOCATIONS2)
BAD_CALL(QueryAllocationResidency, D3DKMT_QUERYALLOCATIONRESIDENCY)

#define DEVICE(type)	BAD_HANDLE(type, hDevice, BAD_BIT(BAD_DEVICE))
#define QUEUE(type)	BAD_HANDLE(type, hPagingQueue, BAD_BIT(BAD_PAGING_QUEUE))
#define LIST(type, member, object, ...)                                    \
	BAD_LIST(type, member, NumAllocations, BAD_BIT(object), __VA_ARGS__), \
	BAD_COUNT(type, NumAllocations, 10240)
/* Exactly one of the two lists is given. */
#define EITHER		.if_null = STATUS_INVALID_PARAMETER
#define NOT_BOTH(type, member) \
	BAD_VALUE(type, member, 8, STATUS_INVALID_PARAMETER, .flags = BAD_LONG)

static const struct bad_row residency_rows[] = {
	BAD_ROW(MakeResident, D3DDDI_MAKERESIDENT, BAD_ARGS_WRITTEN,
		make_resident, QUEUE(D3DDDI_MAKERESIDENT),
		LIST(D3DDDI_MAKERESIDENT, AllocationList, BAD_ALLOCATION),
		/* must succeed, without having trimmed */
		BAD_VALUE(D3DDDI_MAKERESIDENT, Flags.Value, 2,
			  STATUS_INVALID_PARAMETER),
		/* ignored */
		BAD_VALUE(D3DDDI_MAKERESIDENT, PriorityList, 8, STATUS_SUCCESS,
			  .flags = BAD_LONG)),
	BAD_ROW(Evict, D3DKMT_EVICT, BAD_ARGS_WRITTEN, evict,
		DEVICE(D3DKMT_EVICT),
		LIST(D3DKMT_EVICT, AllocationList, BAD_ALLOCATION)),
	BAD_ROW(OfferAllocations, D3DKMT_OFFERALLOCATIONS, 0, offer,
		DEVICE(D3DKMT_OFFERALLOCATIONS),
		LIST(D3DKMT_OFFERALLOCATIONS, HandleList, BAD_ALLOCATION, EITHER),
		NOT_BOTH(D3DKMT_OFFERALLOCATIONS, pResources),
		BAD_VALUE(D3DKMT_OFFERALLOCATIONS, Priority, 0,
			  STATUS_INVALID_PARAMETER),
		BAD_VALUE(D3DKMT_OFFERALLOCATIONS, Priority, 5,
			  STATUS_INVALID_PARAMETER),
		BAD_VALUE(D3DKMT_OFFERALLOCATIONS, Priority, UINT32_MAX,
			  STATUS_INVALID_PARAMETER)),
	BAD_VARIANT(OfferAllocations, "resources", D3DKMT_OFFERALLOCATIONS, 0,
		    offer_resources, DEVICE(D3DKMT_OFFERALLOCATIONS),
		    LIST(D3DKMT_OFFERALLOCATIONS, pResources, BAD_RESOURCE, EITHER),
		    NOT_BOTH(D3DKMT_OFFERALLOCATIONS, HandleList)),
	BAD_ROW(ReclaimAllocations2, D3DKMT_RECLAIMALLOCATIONS2, BAD_ARGS_WRITTEN,
		reclaim, QUEUE(D3DKMT_RECLAIMALLOCATIONS2),
		LIST(D3DKMT_RECLAIMALLOCATIONS2, HandleList, BAD_ALLOCATION,
		     EITHER),
		BAD_COUNTED(D3DKMT_RECLAIMALLOCATIONS2, pDiscarded,
			    NumAllocations, 4,
			    .flags = BAD_WRITTEN | BAD_0_IS_FINE),
		NOT_BOTH(D3DKMT_RECLAIMALLOCATIONS2, pResources)),
	BAD_VARIANT(ReclaimAllocations2, "resources", D3DKMT_RECLAIMALLOCATIONS2,
		    BAD_ARGS_WRITTEN, reclaim_resources,
		    QUEUE(D3DKMT_RECLAIMALLOCATIONS2),
		    LIST(D3DKMT_RECLAIMALLOCATIONS2, pResources, BAD_RESOURCE,
			 EITHER),
		    BAD_COUNTED(D3DKMT_RECLAIMALLOCATIONS2, pDiscarded,
				NumAllocations, 4,
				.flags = BAD_WRITTEN | BAD_0_IS_FINE),
		    NOT_BOTH(D3DKMT_RECLAIMALLOCATIONS2, HandleList)),
	BAD_ROW(QueryAllocationResidency, D3DKMT_QUERYALLOCATIONRESIDENCY, 0,
		query, DEVICE(D3DKMT_QUERYALLOCATIONRESIDENCY),
		BAD_HANDLE(D3DKMT_QUERYALLOCATIONRESIDENCY, hResource, 0,
			   .flags = BAD_0_IS_FINE),
		BAD_LIST(D3DKMT_QUERYALLOCATIONRESIDENCY, phAllocationList,
			 AllocationCount, BAD_BIT(BAD_ALLOCATION)),
		BAD_COUNTED(D3DKMT_QUERYALLOCATIONRESIDENCY, pResidencyStatus,
			    AllocationCount, 4, .flags = BAD_WRITTEN),
		BAD_COUNT(D3DKMT_QUERYALLOCATIONRESIDENCY, AllocationCount,
			  10240, .beyond = 32768)),
	BAD_VARIANT(QueryAllocationResidency, "a resource",
		    D3DKMT_QUERYALLOCATIONRESIDENCY, 0, query_resource,
		    DEVICE(D3DKMT_QUERYALLOCATIONRESIDENCY),
		    BAD_HANDLE(D3DKMT_QUERYALLOCATIONRESIDENCY, hResource,
			       BAD_BIT(BAD_RESOURCE)),
		    BAD_POINTER(D3DKMT_QUERYALLOCATIONRESIDENCY,
				pResidencyStatus, 4, .flags = BAD_WRITTEN)),
};

BAD_TABLE(residency);
