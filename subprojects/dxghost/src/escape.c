/* SPDX-License-Identifier: MIT */
/* Escapes: those that are documented, and the driver's private ones. */
#include <string.h>

#include "allocation.h"
#include "dxghost/gpu.h"
#include "handlers.h"
#include "sync.h"

#define ESCAPE_DRIVER_PRIVATE	0u
#define ESCAPE_FLAGS		0xEFu
#define DRIVER_KNOWN		(1u << 6)

/* The first dword of a known escape. */
#define TRANSLATE_ALLOCATION	0u
#define TRANSLATE_RESOURCE	1u
#define CPU_EVENT_USAGE		2u
#define BUILD_TEST_BUFFER	3u

#define CPU_EVENT_USAGE_SIZE	48u
/* The command to test, then the buffer that is made of it. */
#define TEST_BUFFER_SIZE_AT	104u
#define TEST_PRIVATE_SIZE_AT	108u
#define TEST_BUFFER_AT		112u

uint32_t dxghost_escape_reply(const struct dxghost_call *call)
{
	const struct dxgk_wire_escape *request = call->request;

	return dxghost_call_holds(call, sizeof(*request),
				  request->priv_drv_data_size, 1) ?
	       request->priv_drv_data_size : DXGHOST_MALFORMED;
}

static bool is_notification(const struct dxghost_call *call, uint32_t handle)
{
	const struct dxghost_sync *sync = dxghost_sync_find(call, handle);

	return sync && sync->fence->type == DXGHOST_CPU_NOTIFICATION;
}

/*
 * Whatever the command is: a buffer that does nothing. Its private data, if there
 * is room for it, is the buffer's length.
 */
static dxghost_status build_test_buffer(struct dxghost_call *call)
{
	const struct dxghost_packet nop = {
		.opcode = DXGHOST_OP_NOP, .size = sizeof(nop),
	};
	const uint64_t length = sizeof(nop);
	uint8_t *built = (uint8_t *)call->reply + TEST_BUFFER_AT;
	uint32_t buffer, private;

	if (call->reply_size < TEST_BUFFER_AT)
		return ST_INVALID_PARAMETER;
	buffer = dxghost_tail_u32(call->reply, TEST_BUFFER_SIZE_AT / 4);
	private = dxghost_tail_u32(call->reply, TEST_PRIVATE_SIZE_AT / 4);
	if (buffer < sizeof(nop) ||
	    call->reply_size - TEST_BUFFER_AT != (uint64_t)buffer + private)
		return ST_INVALID_PARAMETER;
	memcpy(built, &nop, sizeof(nop));
	dxghost_reply_u32(call, TEST_BUFFER_SIZE_AT, sizeof(nop));
	if (private < sizeof(length)) {
		dxghost_reply_u32(call, TEST_PRIVATE_SIZE_AT, 0);
		return ST_SUCCESS;
	}
	memcpy(built + buffer, &length, sizeof(length));
	dxghost_reply_u32(call, TEST_PRIVATE_SIZE_AT, sizeof(length));
	return ST_SUCCESS;
}

/* The data is in the reply already. Handles are the same everywhere. */
static dxghost_status known_escape(struct dxghost_call *call)
{
	uint32_t handle;
	bool good;

	if (call->reply_size < 8)
		return ST_INVALID_PARAMETER;
	handle = dxghost_tail_u32(call->reply, 1);
	switch (dxghost_tail_u32(call->reply, 0)) {
	case TRANSLATE_ALLOCATION:
		good = dxghost_allocation_find(call, handle);
		break;
	case TRANSLATE_RESOURCE:
		good = dxghost_object_find(call, handle, DXGHOST_RESOURCE);
		break;
	case CPU_EVENT_USAGE:
		good = call->reply_size >= CPU_EVENT_USAGE_SIZE &&
		       is_notification(call, handle);
		break;
	case BUILD_TEST_BUFFER:
		return build_test_buffer(call);
	default:
		good = false;
	}
	return good ? ST_SUCCESS : ST_INVALID_PARAMETER;
}

static bool begins_with(const struct dxghost_call *call,
			const struct dxghost_bytes *bytes)
{
	return call->reply_size >= bytes->size &&
	       (!bytes->size ||
		!memcmp(call->reply, bytes->data, bytes->size));
}

/*
 * The data is in the reply already. The last answer of the profile that fits counts;
 * an escape that none fits does nothing: what goes in comes back.
 */
static dxghost_status private_escape(struct dxghost_call *call)
{
	const struct dxghost_adapter_profile *profile = call->adapter->profile;
	const struct dxghost_escape_answer *escape = NULL;
	uint32_t i;

	for (i = profile->escape_count; i-- && !escape;)
		if (begins_with(call, &profile->escapes[i].request))
			escape = &profile->escapes[i];
	if (!escape)
		return ST_SUCCESS;
	if (escape->refused || call->reply_size < escape->answer.size)
		return ST_INVALID_PARAMETER;
	memcpy(call->reply, escape->answer.data, escape->answer.size);
	return ST_SUCCESS;
}

dxghost_status dxghost_escape(struct dxghost_call *call)
{
	const struct dxgk_wire_escape *request = call->request;
	struct dxghost_context *context = NULL;
	struct dxghost_device *device = NULL;

	if (request->adapter != call->adapter->handle ||
	    request->type != ESCAPE_DRIVER_PRIVATE ||
	    request->flags & ~ESCAPE_FLAGS)
		return ST_INVALID_PARAMETER;
	if (request->device) {
		device = dxghost_device_find(call, request->device);
		if (!device)
			return ST_INVALID_PARAMETER;
	}
	if (request->context) {
		context = dxghost_context_find(call, request->context);
		if (!context || context->device != device)
			return ST_INVALID_PARAMETER;
	}
	if (call->reply_size)
		memcpy(call->reply, dxghost_call_tail(call, sizeof(*request)),
		       call->reply_size);
	return request->flags & DRIVER_KNOWN ? known_escape(call) :
					       private_escape(call);
}
