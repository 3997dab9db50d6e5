/* SPDX-License-Identifier: MIT */
/* Rows of the calls about adapters, devices and contexts. */
#include "bad-input.h"

/* adapter */

static void close_listed(const struct bad_fixture *f, unsigned int count)
{
	while (count--)
		t_close_adapter(f->adapters[count].hAdapter);
}

static void prepare_enumerate2(struct bad_fixture *f, void *args)
{
	SET(D3DKMT_ENUMADAPTERS2, NumAdapters, 64);
	SET(D3DKMT_ENUMADAPTERS2, pAdapters, f->adapters);
}

static void undo_enumerate2(struct bad_fixture *f, const void *args, bool worked)
{
	if (worked && GET(D3DKMT_ENUMADAPTERS2, pAdapters))
		close_listed(f, GET(D3DKMT_ENUMADAPTERS2, NumAdapters));
}

static void prepare_enumerate3(struct bad_fixture *f, void *args)
{
	SET(D3DKMT_ENUMADAPTERS3, NumAdapters, 64);
	SET(D3DKMT_ENUMADAPTERS3, pAdapters, f->adapters);
}

static void undo_enumerate3(struct bad_fixture *f, const void *args, bool worked)
{
	if (worked && GET(D3DKMT_ENUMADAPTERS3, pAdapters) &&
	    GET(D3DKMT_ENUMADAPTERS3, NumAdapters) && f->adapters[0].hAdapter)
		close_listed(f, GET(D3DKMT_ENUMADAPTERS3, NumAdapters));
}

static void prepare_open(struct bad_fixture *f, void *args)
{
	SET(D3DKMT_OPENADAPTERFROMLUID, AdapterLuid, f->gpu->luid);
}

static void undo_open(struct bad_fixture *f, const void *args, bool worked)
{
	(void)f;
	if (worked)
		t_close_adapter(GET(D3DKMT_OPENADAPTERFROMLUID, hAdapter));
}

static void prepare_close(struct bad_fixture *f, void *args)
{
	f->handles[0] = t_open_adapter_by_luid(f->gpu->luid);
	SET(D3DKMT_CLOSEADAPTER, hAdapter, f->handles[0]);
}

static void undo_close(struct bad_fixture *f, const void *args, bool worked)
{
	(void)args;
	if (!worked)
		t_close_adapter(f->handles[0]);
}

static void prepare_query_info(struct bad_fixture *f, void *args)
{
	SET(D3DKMT_QUERYADAPTERINFO, hAdapter, f->live[BAD_ADAPTER]);
	SET(D3DKMT_QUERYADAPTERINFO, Type, KMTQAITYPE_ADAPTERTYPE);
	SET(D3DKMT_QUERYADAPTERINFO, pPrivateDriverData, f->bytes);
	SET(D3DKMT_QUERYADAPTERINFO, PrivateDriverDataSize, 4);
}

static void prepare_query_memory(struct bad_fixture *f, void *args)
{
	SET(D3DKMT_QUERYVIDEOMEMORYINFO, hAdapter, f->live[BAD_ADAPTER]);
}

/* device, context */

static void prepare_create_device(struct bad_fixture *f, void *args)
{
	SET(D3DKMT_CREATEDEVICE, hAdapter, f->live[BAD_ADAPTER]);
}

static void undo_create_device(struct bad_fixture *f, const void *args, bool worked)
{
	(void)f;
	if (worked)
		t_destroy_device(GET(D3DKMT_CREATEDEVICE, hDevice));
}

static void prepare_destroy_device(struct bad_fixture *f, void *args)
{
	f->handles[0] = t_create_device(f->live[BAD_ADAPTER]);
	SET(D3DKMT_DESTROYDEVICE, hDevice, f->handles[0]);
}

static void undo_destroy_device(struct bad_fixture *f, const void *args, bool worked)
{
	(void)args;
	if (!worked)
		t_destroy_device(f->handles[0]);
}

static void prepare_state(struct bad_fixture *f, void *args)
{
	SET(D3DKMT_GETDEVICESTATE, hDevice, f->live[BAD_DEVICE]);
	SET(D3DKMT_GETDEVICESTATE, StateType, D3DKMT_DEVICESTATE_EXECUTION);
}

static void prepare_create_context(struct bad_fixture *f, void *args)
{
	SET(D3DKMT_CREATECONTEXTVIRTUAL, hDevice, f->live[BAD_DEVICE]);
	SET(D3DKMT_CREATECONTEXTVIRTUAL, pPrivateDriverData, f->bytes);
	SET(D3DKMT_CREATECONTEXTVIRTUAL, PrivateDriverDataSize, sizeof(f->bytes));
}

static void undo_create_context(struct bad_fixture *f, const void *args, bool worked)
{
	(void)f;
	if (worked)
		t_destroy_context(GET(D3DKMT_CREATECONTEXTVIRTUAL, hContext));
}

static void prepare_destroy_context(struct bad_fixture *f, void *args)
{
	f->handles[0] = t_create_context(f->live[BAD_DEVICE], 0);
	SET(D3DKMT_DESTROYCONTEXT, hContext, f->handles[0]);
}

static void undo_destroy_context(struct bad_fixture *f, const void *args, bool worked)
{
	(void)args;
	if (!worked)
		t_destroy_context(f->handles[0]);
}

static void prepare_submit(struct bad_fixture *f, void *args)
{
	struct t_commands commands = t_commands(f->gpu);

	t_opcode(&commands, DXGHOST_OP_NOP);
	f->handles[0] = f->live[BAD_ALLOCATION];
	SET(D3DKMT_SUBMITCOMMAND, Commands, commands.address);
	SET(D3DKMT_SUBMITCOMMAND, CommandLength, (UINT)commands.used);
	SET(D3DKMT_SUBMITCOMMAND, BroadcastContextCount, 1);
	SET(D3DKMT_SUBMITCOMMAND, BroadcastContext[0], f->live[BAD_CONTEXT]);
	SET(D3DKMT_SUBMITCOMMAND, pPrivateDriverData, f->bytes);
	SET(D3DKMT_SUBMITCOMMAND, PrivateDriverDataSize, sizeof(f->bytes));
	SET(D3DKMT_SUBMITCOMMAND, NumHistoryBuffers, 1);
	SET(D3DKMT_SUBMITCOMMAND, HistoryBufferArray, f->handles);
}

#define undo_query_info bad_undo_nothing
#define undo_query_memory bad_undo_nothing
#define undo_state bad_undo_nothing
#define undo_submit bad_undo_nothing

BAD_CALL(EnumAdapters2, D3DKMT_ENUMADAPTERS2)
BAD_CALL(EnumAdapters3, D3DKMT_ENUMADAPTERS3)
BAD_CALL(OpenAdapterFromLuid, D3DKMT_OPENADAPTERFROMLUID)
BAD_CALL(CloseAdapter, D3DKMT_CLOSEADAPTER)
BAD_CALL(QueryAdapterInfo, D3DKMT_QUERYADAPTERINFO)
BAD_CALL(QueryVideoMemoryInfo, D3DKMT_QUERYVIDEOMEMORYINFO)
BAD_CALL(CreateDevice, D3DKMT_CREATEDEVICE)
BAD_CALL(DestroyDevice, D3DKMT_DESTROYDEVICE)
BAD_CALL(GetDeviceState, D3DKMT_GETDEVICESTATE)
BAD_CALL(CreateContextVirtual, D3DKMT_CREATECONTEXTVIRTUAL)
BAD_CALL(DestroyContext, D3DKMT_DESTROYCONTEXT)
BAD_CALL(SubmitCommand, D3DKMT_SUBMITCOMMAND)

const struct bad_row bad_object_rows[] = {
	/* one adapter at least, so that one entry at least is written */
	BAD_ROW(EnumAdapters2, D3DKMT_ENUMADAPTERS2, true, enumerate2,
		BAD_POINTER_AT(D3DKMT_ENUMADAPTERS2, pAdapters, 20,
			BAD_WRITTEN | BAD_0_IS_FINE)),
	BAD_ROW(EnumAdapters3, D3DKMT_ENUMADAPTERS3, true, enumerate3,
		BAD_POINTER_AT(D3DKMT_ENUMADAPTERS3, pAdapters, 20,
			BAD_WRITTEN | BAD_0_IS_FINE),
		BAD_COUNT_AT(D3DKMT_ENUMADAPTERS3, NumAdapters, 65535, BAD_0_IS_FINE)),
	BAD_ROW(OpenAdapterFromLuid, D3DKMT_OPENADAPTERFROMLUID, true, open),
	/* a handle of 0 is ignored */
	BAD_ROW(CloseAdapter, D3DKMT_CLOSEADAPTER, false, close,
		BAD_HANDLE_AT(D3DKMT_CLOSEADAPTER, hAdapter, BAD_ADAPTER, BAD_0_IS_FINE)),
	BAD_ROW(QueryAdapterInfo, D3DKMT_QUERYADAPTERINFO, false, query_info,
		BAD_HANDLE_AT(D3DKMT_QUERYADAPTERINFO, hAdapter, BAD_ADAPTER, 0),
		BAD_POINTER_AT(D3DKMT_QUERYADAPTERINFO, pPrivateDriverData, 4, BAD_WRITTEN),
		BAD_COUNT_AT(D3DKMT_QUERYADAPTERINFO, PrivateDriverDataSize, 131072, 0)),
	BAD_ROW(QueryVideoMemoryInfo, D3DKMT_QUERYVIDEOMEMORYINFO, true, query_memory,
		BAD_HANDLE_AT(D3DKMT_QUERYVIDEOMEMORYINFO, hAdapter, BAD_ADAPTER, 0),
		BAD_COUNT_AT(D3DKMT_QUERYVIDEOMEMORYINFO, MemorySegmentGroup, 1, BAD_0_IS_FINE)),
	BAD_ROW(CreateDevice, D3DKMT_CREATEDEVICE, true, create_device,
		BAD_HANDLE_AT(D3DKMT_CREATEDEVICE, hAdapter, BAD_ADAPTER, 0)),
	BAD_ROW(DestroyDevice, D3DKMT_DESTROYDEVICE, false, destroy_device,
		BAD_HANDLE_AT(D3DKMT_DESTROYDEVICE, hDevice, BAD_DEVICE, 0)),
	BAD_ROW(GetDeviceState, D3DKMT_GETDEVICESTATE, true, state,
		BAD_HANDLE_AT(D3DKMT_GETDEVICESTATE, hDevice, BAD_DEVICE, 0),
		BAD_COUNT_AT(D3DKMT_GETDEVICESTATE, StateType, 6, 0)),
	BAD_ROW(CreateContextVirtual, D3DKMT_CREATECONTEXTVIRTUAL, true, create_context,
		BAD_HANDLE_AT(D3DKMT_CREATECONTEXTVIRTUAL, hDevice, BAD_DEVICE, 0),
		BAD_POINTER_AT(D3DKMT_CREATECONTEXTVIRTUAL, pPrivateDriverData, 64,
			BAD_WRITTEN),
		BAD_COUNT_AT(D3DKMT_CREATECONTEXTVIRTUAL, PrivateDriverDataSize, 131072,
		      BAD_0_IS_FINE)),
	BAD_ROW(DestroyContext, D3DKMT_DESTROYCONTEXT, false, destroy_context,
		BAD_HANDLE_AT(D3DKMT_DESTROYCONTEXT, hContext, BAD_CONTEXT, 0)),
	BAD_ROW(SubmitCommand, D3DKMT_SUBMITCOMMAND, false, submit,
		BAD_HANDLE_AT(D3DKMT_SUBMITCOMMAND, BroadcastContext, BAD_CONTEXT, 0),
		BAD_COUNT_AT(D3DKMT_SUBMITCOMMAND, BroadcastContextCount, 64, 0),
		BAD_COUNT_AT(D3DKMT_SUBMITCOMMAND, NumPrimaries, 16, BAD_0_IS_FINE),
		BAD_COUNT_AT(D3DKMT_SUBMITCOMMAND, NumHistoryBuffers, 1024, BAD_0_IS_FINE),
		BAD_COUNT_AT(D3DKMT_SUBMITCOMMAND, PrivateDriverDataSize, 131072,
		      BAD_0_IS_FINE),
		BAD_POINTER_AT(D3DKMT_SUBMITCOMMAND, pPrivateDriverData, 64, 0),
		BAD_POINTER_AT(D3DKMT_SUBMITCOMMAND, HistoryBufferArray, 4, 0)),
};

const unsigned int bad_object_row_count =
	sizeof(bad_object_rows) / sizeof(bad_object_rows[0]);
