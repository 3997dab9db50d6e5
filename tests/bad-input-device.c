/* SPDX-License-Identifier: MIT */
/* Rows of the calls about devices. */
#include "bad-input.h"

static void prepare_create(struct bad_fixture *f, void *data)
{
	D3DKMT_CREATEDEVICE *args = data;

	args->hAdapter = f->live[BAD_ADAPTER];
}

static void undo_create(struct bad_fixture *f, const void *data, bool worked)
{
	const D3DKMT_CREATEDEVICE *args = data;

	(void)f;
	if (worked)
		t_destroy_device(args->hDevice);
}

static void prepare_destroy(struct bad_fixture *f, void *data)
{
	D3DKMT_DESTROYDEVICE *args = data;

	args->hDevice = t_create_device(f->live[BAD_ADAPTER]);
	f->handles[0] = args->hDevice;
}

static void undo_destroy(struct bad_fixture *f, const void *data, bool worked)
{
	(void)data;
	if (!worked)
		t_destroy_device(f->handles[0]);
}

static void prepare_state(struct bad_fixture *f, void *data)
{
	D3DKMT_GETDEVICESTATE *args = data;

	args->hDevice = f->live[BAD_DEVICE];
	args->StateType = D3DKMT_DEVICESTATE_EXECUTION;
}

/* A device of its own, which is lost if it works. */
static void prepare_mark(struct bad_fixture *f, void *data)
{
	D3DKMT_MARKDEVICEASERROR *args = data;

	args->hDevice = t_create_device(f->live[BAD_ADAPTER]);
	args->Reason = D3DKMT_DEVICE_ERROR_REASON_GENERIC;
	f->handles[0] = args->hDevice;
}

static void undo_mark(struct bad_fixture *f, const void *data, bool worked)
{
	(void)data;
	(void)worked;
	t_destroy_device(f->handles[0]);
}

static void prepare_escape(struct bad_fixture *f, void *data)
{
	D3DKMT_ESCAPE *args = data;

	args->hAdapter = f->live[BAD_ADAPTER];
	args->hDevice = f->live[BAD_DEVICE];
	args->hContext = f->live[BAD_CONTEXT];
	args->pPrivateDriverData = f->bytes;
	args->PrivateDriverDataSize = 64;
}

/* The kind that the driver itself looks into. */
static void prepare_known_escape(struct bad_fixture *f, void *data)
{
	D3DKMT_ESCAPE *args = data;

	prepare_escape(f, data);
	memset(f->bytes, 0, 64);
	args->Flags.DriverKnownEscape = 1;
}

/* And the one with pointers in its data: uapi.h's, under names of our own. */
struct test_buffer {
	UINT type;
	UINT command[21];
	void *buffer;
	void *data;
	UINT buffer_size;
	UINT data_size;
};

static void prepare_test_buffer(struct bad_fixture *f, void *data)
{
	struct test_buffer *block = (void *)f->bytes;
	D3DKMT_ESCAPE *args = data;

	prepare_known_escape(f, data);
	memset(block, 0, sizeof(*block));
	block->type = 3;
	block->buffer = f->bytes + 1024;
	block->buffer_size = 64;
	block->data = f->bytes + 2048;
	block->data_size = 32;
	args->PrivateDriverDataSize = sizeof(*block);
}

static void prepare_flush(struct bad_fixture *f, void *data)
{
	D3DKMT_FLUSHHEAPTRANSITIONS *args = data;

	args->hAdapter = f->live[BAD_ADAPTER];
}

#define undo_state bad_undo_nothing
#define undo_escape bad_undo_nothing
#define undo_known_escape bad_undo_nothing
#define undo_test_buffer bad_undo_nothing
#define undo_flush bad_undo_nothing

BAD_CALL(CreateDevice, D3DKMT_CREATEDEVICE)
BAD_CALL(DestroyDevice, D3DKMT_DESTROYDEVICE)
BAD_CALL(GetDeviceState, D3DKMT_GETDEVICESTATE)
BAD_CALL(MarkDeviceAsError, D3DKMT_MARKDEVICEASERROR)
BAD_CALL(Escape, D3DKMT_ESCAPE)
BAD_CALL(FlushHeapTransitions, D3DKMT_FLUSHHEAPTRANSITIONS)

#define TEST_BUFFER_SIZE(member, size)                                     \
	BAD_VALUE(struct test_buffer, member, size, STATUS_INVALID_PARAMETER, \
		  BAD_BEHIND(D3DKMT_ESCAPE, pPrivateDriverData))

static const struct bad_row device_rows[] = {
	BAD_ROW(CreateDevice, D3DKMT_CREATEDEVICE, BAD_ARGS_WRITTEN, create,
		BAD_HANDLE(D3DKMT_CREATEDEVICE, hAdapter, BAD_BIT(BAD_ADAPTER),
			   .flags = BAD_ALONE)),
	BAD_ROW(DestroyDevice, D3DKMT_DESTROYDEVICE, 0, destroy,
		BAD_HANDLE(D3DKMT_DESTROYDEVICE, hDevice, BAD_BIT(BAD_DEVICE),
			   .flags = BAD_ALONE)),
	BAD_ROW(GetDeviceState, D3DKMT_GETDEVICESTATE, BAD_ARGS_WRITTEN, state,
		BAD_HANDLE(D3DKMT_GETDEVICESTATE, hDevice, BAD_BIT(BAD_DEVICE),
			   .flags = BAD_ALONE),
		BAD_VALUE(D3DKMT_GETDEVICESTATE, StateType, 0,
			  STATUS_INVALID_PARAMETER),
		BAD_VALUE(D3DKMT_GETDEVICESTATE, StateType, 7,
			  STATUS_INVALID_PARAMETER),
		BAD_VALUE(D3DKMT_GETDEVICESTATE, StateType, UINT32_MAX,
			  STATUS_INVALID_PARAMETER)),
	BAD_ROW(MarkDeviceAsError, D3DKMT_MARKDEVICEASERROR, 0, mark,
		BAD_HANDLE(D3DKMT_MARKDEVICEASERROR, hDevice, BAD_BIT(BAD_DEVICE),
			   .flags = BAD_ALONE)),
	BAD_ROW(Escape, D3DKMT_ESCAPE, 0, escape,
		BAD_HANDLE(D3DKMT_ESCAPE, hAdapter, BAD_BIT(BAD_ADAPTER)),
		BAD_HANDLE(D3DKMT_ESCAPE, hDevice, BAD_BIT(BAD_DEVICE)),
		BAD_HANDLE(D3DKMT_ESCAPE, hContext, BAD_CONTEXTS,
			   .flags = BAD_0_IS_FINE),
		BAD_VALUE(D3DKMT_ESCAPE, Type, 1, BAD_ANY_ERROR),
		BAD_VALUE(D3DKMT_ESCAPE, Type, UINT32_MAX, BAD_ANY_ERROR),
		BAD_COUNTED(D3DKMT_ESCAPE, pPrivateDriverData,
			    PrivateDriverDataSize, 1, .flags = BAD_WRITTEN),
		BAD_COUNT(D3DKMT_ESCAPE, PrivateDriverDataSize, 65536,
			  .beyond = 131072, .flags = BAD_0_ELSEWHERE)),
	BAD_VARIANT(Escape, "a known kind", D3DKMT_ESCAPE, 0, known_escape,
		    BAD_HANDLE(D3DKMT_ESCAPE, hAdapter, BAD_BIT(BAD_ADAPTER),
			       .flags = BAD_ALONE),
		    BAD_POINTER(D3DKMT_ESCAPE, pPrivateDriverData, 4),
		    BAD_VALUE(D3DKMT_ESCAPE, PrivateDriverDataSize, 0,
			      STATUS_INVALID_PARAMETER),
		    BAD_VALUE(D3DKMT_ESCAPE, PrivateDriverDataSize, 3,
			      STATUS_INVALID_PARAMETER)),
	BAD_VARIANT(Escape, "a test buffer", D3DKMT_ESCAPE, 0, test_buffer,
		    BAD_COUNTED(D3DKMT_ESCAPE, pPrivateDriverData,
				PrivateDriverDataSize, 1, .flags = BAD_WRITTEN),
		    BAD_COUNT(D3DKMT_ESCAPE, PrivateDriverDataSize, 0,
			      .beyond = 131072, .flags = BAD_EXACT),
		    /* what the GPU fills of it: a packet, and its length */
		    BAD_POINTER(struct test_buffer, buffer, 8,
				.flags = BAD_WRITTEN,
				BAD_BEHIND(D3DKMT_ESCAPE, pPrivateDriverData)),
		    BAD_POINTER(struct test_buffer, data, 8,
				.flags = BAD_WRITTEN,
				BAD_BEHIND(D3DKMT_ESCAPE, pPrivateDriverData)),
		    TEST_BUFFER_SIZE(buffer_size, 0),
		    TEST_BUFFER_SIZE(buffer_size, 3),
		    TEST_BUFFER_SIZE(buffer_size, 4097),
		    TEST_BUFFER_SIZE(buffer_size, UINT32_MAX),
		    TEST_BUFFER_SIZE(data_size, 1025),
		    TEST_BUFFER_SIZE(data_size, UINT32_MAX)),
	BAD_ROW(FlushHeapTransitions, D3DKMT_FLUSHHEAPTRANSITIONS, 0, flush,
		BAD_HANDLE(D3DKMT_FLUSHHEAPTRANSITIONS, hAdapter,
			   BAD_BIT(BAD_ADAPTER), .flags = BAD_ALONE)),
};

BAD_TABLE(device);
