/* SPDX-License-Identifier: MIT */
/* Creation of allocations and resources. */
#include <string.h>

#include "allocation.h"
#include "dxghost/gpu.h"
#include "handlers.h"
#include "pressure.h"

#define CREATE_RESOURCE		(1u << 0)
#define CREATE_SHARED		(1u << 1)
#define CREATE_PROTECTED	(1u << 3)
#define EXISTING_SYSMEM		(1u << 5)
#define NT_SECURITY_SHARING	(1u << 6)
#define CREATE_CACHED		(1u << 9)
#define STANDARD_ALLOCATION	(1u << 16)
#define EXISTING_SECTION	(1u << 17)

#define STANDARD_EXISTING_HEAP	1u
#define STANDARD_CROSS_ADAPTER	2u

/* Bits of the answer. */
#define RESULT_EXISTING_SYSMEM	(1u << 11)
#define RESULT_CACHED		(1u << 19)

#define DATA_FLAGS	(DXGHOST_ALLOCATION_NON_LOCAL | \
			 DXGHOST_ALLOCATION_CPU_INVISIBLE | \
			 DXGHOST_ALLOCATION_CACHED)

#define GDI_SURFACE		4u
#define SIZE_MAX_BYTES		(1ull << 36)

/* The message, taken apart. */
struct create_args {
	const struct dxgk_wire_createallocation *request;
	const void *infos;
	const void *resource_data;
	const uint8_t *data;		/* of the allocations, end to end */
	struct dxghost_device *device;
	struct dxghost_resource *resource;
	bool made_resource;
};

static void get_info(const void *infos, uint32_t i,
		     struct dxgk_wire_createallocation_info *ret)
{
	memcpy(ret, (const uint8_t *)infos + i * sizeof(*ret), sizeof(*ret));
}

/* All driver data together; -1 if the message does not hold it. */
static int64_t data_size(const struct dxghost_call *call)
{
	const struct dxgk_wire_createallocation *request = call->request;
	uint64_t n = request->alloc_count, total = 0, at = sizeof(*request);
	struct dxgk_wire_createallocation_info info;
	uint32_t i;

	if (!n || n > DXGHOST_MAX_ALLOCATIONS ||
	    !dxghost_call_holds(call, at, n, sizeof(info)))
		return -1;
	for (i = 0; i < n; i++) {
		get_info(dxghost_call_tail(call, at), i, &info);
		total += info.priv_drv_data_size;
	}
	at += n * sizeof(info) + request->private_runtime_data_size +
	      (uint64_t)request->priv_drv_data_size;
	return dxghost_call_holds(call, at, total, 1) ? (int64_t)total : -1;
}

uint32_t dxghost_create_allocation_reply(const struct dxghost_call *call)
{
	const struct dxgk_wire_createallocation *request = call->request;
	int64_t total = data_size(call);

	if (total < 0)
		return DXGHOST_MALFORMED;
	return (uint32_t)(sizeof(struct dxgk_wire_createallocation_reply) +
			  request->alloc_count *
			  sizeof(struct dxgk_wire_createallocation_result) +
			  (uint64_t)total);
}

static void take_apart(const struct dxghost_call *call,
		       struct create_args *args)
{
	const struct dxgk_wire_createallocation *request = call->request;
	uint64_t at = sizeof(*request);

	args->request = request;
	args->infos = dxghost_call_tail(call, at);
	at += request->alloc_count *
	      sizeof(struct dxgk_wire_createallocation_info);
	at += request->private_runtime_data_size;
	args->resource_data = dxghost_call_tail(call, at);
	at += request->priv_drv_data_size;
	args->data = dxghost_call_tail(call, at);
}

static dxghost_status check_flags(const struct create_args *args)
{
	const struct dxgk_wire_createallocation *request = args->request;
	uint32_t flags = request->flags;

	if (flags & (EXISTING_SECTION | CREATE_PROTECTED))
		return ST_INVALID_PARAMETER;
	if (flags & CREATE_SHARED && !(flags & CREATE_RESOURCE &&
				       flags & NT_SECURITY_SHARING))
		return ST_INVALID_PARAMETER;
	if (flags & STANDARD_ALLOCATION &&
	    (request->alloc_count != 1 || args->resource ||
	     request->priv_drv_data_size !=
	     sizeof(struct dxgk_wire_standard_allocation)))
		return ST_INVALID_PARAMETER;
	return ST_SUCCESS;
}

/* What a standard allocation would have for driver data. */
static dxghost_status standard_data(const struct create_args *args,
				    struct dxghost_allocation_data *ret)
{
	struct dxgk_wire_standard_allocation standard;
	bool existing = args->request->flags & EXISTING_SYSMEM;

	memcpy(&standard, args->resource_data, sizeof(standard));
	if (!standard.size || standard.size % DXGHOST_PAGE_SIZE ||
	    standard.size > SIZE_MAX_BYTES)
		return ST_INVALID_PARAMETER;
	if (!(standard.type == STANDARD_EXISTING_HEAP && existing) &&
	    !(standard.type == STANDARD_CROSS_ADAPTER && !existing))
		return ST_INVALID_PARAMETER;
	ret->size = standard.size;
	ret->flags = DXGHOST_ALLOCATION_NON_LOCAL | DXGHOST_ALLOCATION_CACHED;
	return ST_SUCCESS;
}

static dxghost_status driver_data(const struct create_args *args,
				  const uint8_t *data, uint32_t size,
				  struct dxghost_allocation_data *ret)
{
	if (args->request->flags & STANDARD_ALLOCATION)
		return standard_data(args, ret);
	if (size < sizeof(*ret))
		return ST_INVALID_PARAMETER;
	memcpy(ret, data, sizeof(*ret));
	if (ret->magic != DXGHOST_ALLOCATION_MAGIC ||
	    ret->version != DXGHOST_ALLOCATION_VERSION ||
	    ret->flags & ~DATA_FLAGS || ret->reserved || !ret->size ||
	    ret->size > SIZE_MAX_BYTES)
		return ST_INVALID_PARAMETER;
	ret->size = (ret->size + DXGHOST_PAGE_SIZE - 1) &
		    ~(uint64_t)(DXGHOST_PAGE_SIZE - 1);
	return ST_SUCCESS;
}

/* An integrated GPU has only the memory that it shares. */
static enum dxghost_group group_of(const struct dxghost_adapter *adapter,
				   uint32_t data_flags, bool guest)
{
	if (adapter->profile->integrated)
		return DXGHOST_LOCAL;
	return guest || data_flags & DXGHOST_ALLOCATION_NON_LOCAL ?
	       DXGHOST_NON_LOCAL : DXGHOST_LOCAL;
}

static dxghost_status
create_one(struct dxghost_call *call, struct create_args *args,
	   struct dxghost_allocation_data *data,
	   struct dxgk_wire_createallocation_result *result)
{
	bool guest = args->request->flags & EXISTING_SYSMEM;
	struct dxghost_allocation *allocation;
	struct dxghost_memory *memory;
	enum dxghost_group group;

	if (args->request->flags & CREATE_CACHED)
		data->flags |= DXGHOST_ALLOCATION_CACHED;
	group = group_of(call->adapter, data->flags, guest);
	if (!guest)
		dxghost_pressure_decommit(call->adapter, data->size);
	memory = guest ? dxghost_memory_create_guest(data->size) :
			 dxghost_memory_create(call->adapter, data->size);
	if (!memory)
		return ST_NO_VIDEO_MEMORY;
	allocation = dxghost_allocation_create(args->device, args->resource,
					       memory, group, data->flags);
	dxghost_memory_put(call->host, memory);
	if (!allocation)
		return ST_NO_MEMORY;
	allocation->owns_pages = guest;
	result->allocation = allocation->object.handle;
	result->allocation_size = data->size;
	if (guest)
		result->allocation_flags |= RESULT_EXISTING_SYSMEM;
	if (guest || data->flags & DXGHOST_ALLOCATION_CACHED)
		result->allocation_flags |= RESULT_CACHED;
	return ST_SUCCESS;
}

/* Fills the reply; the handles in it tell what has to be undone. */
static dxghost_status create_all(struct dxghost_call *call,
				 struct create_args *args)
{
	uint8_t *reply = call->reply, *out;
	uint32_t i, n = args->request->alloc_count;
	const uint8_t *in = args->data;
	dxghost_status status;

	reply += sizeof(struct dxgk_wire_createallocation_reply);
	out = reply + n * sizeof(struct dxgk_wire_createallocation_result);
	for (i = 0; i < n; i++) {
		struct dxgk_wire_createallocation_result result = { 0 };
		struct dxgk_wire_createallocation_info info;
		struct dxghost_allocation_data data = { 0 };

		get_info(args->infos, i, &info);
		status = driver_data(args, in, info.priv_drv_data_size, &data);
		if (!status)
			status = create_one(call, args, &data, &result);
		if (status)
			return status;
		result.priv_drv_data_size = info.priv_drv_data_size;
		memcpy(out, in, info.priv_drv_data_size);
		if (info.priv_drv_data_size >= sizeof(data) && data.magic)
			memcpy(out, &data, sizeof(data));
		memcpy(reply + i * sizeof(result), &result, sizeof(result));
		in += info.priv_drv_data_size;
		out += info.priv_drv_data_size;
	}
	return ST_SUCCESS;
}

static void undo(struct dxghost_call *call, struct create_args *args)
{
	uint8_t *at = (uint8_t *)call->reply +
		      sizeof(struct dxgk_wire_createallocation_reply);
	uint32_t i;

	for (i = 0; i < args->request->alloc_count; i++) {
		struct dxgk_wire_createallocation_result result;
		struct dxghost_allocation *allocation;

		memcpy(&result, at + i * sizeof(result), sizeof(result));
		allocation = dxghost_allocation_find(call, result.allocation);
		if (allocation)
			dxghost_allocation_release(allocation);
	}
	if (args->made_resource)
		dxghost_resource_free(args->resource);
}

static dxghost_status find_resource(const struct dxghost_call *call,
				    struct create_args *args)
{
	struct dxghost_resource *resource;

	if (!args->request->resource)
		return ST_SUCCESS;
	resource = dxghost_object_find(call, args->request->resource,
				       DXGHOST_RESOURCE);
	if (!resource)
		return ST_INVALID_HANDLE;
	if (resource->device != args->device || resource->sealed ||
	    resource->opened || args->request->flags & CREATE_RESOURCE)
		return ST_INVALID_PARAMETER;
	args->resource = resource;
	return ST_SUCCESS;
}

dxghost_status dxghost_create_allocation(struct dxghost_call *call)
{
	struct create_args args = { .request = NULL };
	uint32_t flags;
	dxghost_status status;

	take_apart(call, &args);
	flags = args.request->flags;
	args.device = dxghost_device_find(call, args.request->device);
	if (!args.device)
		return ST_INVALID_PARAMETER;
	if (args.device->state != DXGHOST_ACTIVE)
		return ST_DEVICE_REMOVED;
	status = find_resource(call, &args);
	if (!status)
		status = check_flags(&args);
	if (status)
		return status;
	if (flags & CREATE_RESOURCE) {
		args.resource = dxghost_resource_create(args.device,
							flags & CREATE_SHARED);
		if (!args.resource)
			return ST_NO_MEMORY;
		args.made_resource = true;
	}
	status = create_all(call, &args);
	if (status) {
		undo(call, &args);
		return status;
	}
	if (args.resource)
		dxghost_reply_u32(call, 4, args.resource->object.handle);
	return ST_SUCCESS;
}

uint32_t
dxghost_get_standard_allocation_data_reply(const struct dxghost_call *call)
{
	const struct dxgk_wire_ddigetstandardallocationdriverdata *request =
		call->request;
	uint32_t size = sizeof(
		struct dxgk_wire_ddigetstandardallocationdriverdata_reply);

	/* Whoever asks for other sizes than ours gets an error of this size. */
	if (request->priv_driver_data_size == sizeof(
	    struct dxghost_allocation_data))
		size += request->priv_driver_data_size;
	return size;
}

dxghost_status dxghost_get_standard_allocation_data(struct dxghost_call *call)
{
	const struct dxgk_wire_ddigetstandardallocationdriverdata *request =
		call->request;
	struct dxgk_wire_ddigetstandardallocationdriverdata_reply *reply =
		call->reply;
	struct dxghost_allocation_data data = {
		.magic = DXGHOST_ALLOCATION_MAGIC,
		.version = DXGHOST_ALLOCATION_VERSION,
		.flags = DXGHOST_ALLOCATION_NON_LOCAL |
			 DXGHOST_ALLOCATION_CACHED,
	};
	uint32_t size = request->priv_driver_data_size;

	if (request->alloc_type != GDI_SURFACE ||
	    request->physical_adapter_index ||
	    request->priv_driver_resource_size ||
	    (size && size != sizeof(data)) || !request->u.gdi_surface.width)
		return ST_INVALID_PARAMETER;
	memcpy(&reply->u, &request->u, sizeof(reply->u));
	reply->u.gdi_surface.pitch = request->u.gdi_surface.width;
	reply->priv_driver_data_size = sizeof(data);
	data.size = (uint64_t)request->u.gdi_surface.width *
		    (request->u.gdi_surface.height ?
		     request->u.gdi_surface.height : 1);
	if (size)
		memcpy(reply + 1, &data, sizeof(data));
	return ST_SUCCESS;
}
