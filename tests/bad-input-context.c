/* SPDX-License-Identifier: MIT */
/* Rows of the calls about contexts. */
#include "bad-input.h"

static void prepare_create(struct bad_fixture *f, void *data)
{
	D3DKMT_CREATECONTEXTVIRTUAL *args = data;

	args->hDevice = f->live[BAD_DEVICE];
	args->pPrivateDriverData = f->bytes;
	args->PrivateDriverDataSize = 64;
}

static void undo_create(struct bad_fixture *f, const void *data, bool worked)
{
	const D3DKMT_CREATECONTEXTVIRTUAL *args = data;

	(void)f;
	if (worked)
		t_destroy_context(args->hContext);
}

static void prepare_destroy(struct bad_fixture *f, void *data)
{
	D3DKMT_DESTROYCONTEXT *args = data;

	args->hContext = t_create_context(f->live[BAD_DEVICE], 0);
	f->handles[0] = args->hContext;
}

static void undo_destroy(struct bad_fixture *f, const void *data, bool worked)
{
	(void)data;
	if (!worked)
		t_destroy_context(f->handles[0]);
}

/* The four calls have structures of one layout: a context, a priority. */
static void prepare_priority(struct bad_fixture *f, void *data)
{
	D3DKMT_GETCONTEXTSCHEDULINGPRIORITY *args = data;

	args->hContext = f->live[BAD_CONTEXT];
}

static void prepare_submit(struct bad_fixture *f, void *data)
{
	D3DKMT_SUBMITCOMMAND *args = data;
	struct t_commands commands = t_commands(f->gpu);

	t_opcode(&commands, DXGHOST_OP_NOP);
	f->handles[0] = f->handles[1] = f->live[BAD_ALLOCATION];
	args->Commands = commands.address;
	args->CommandLength = (UINT)commands.used;
	args->BroadcastContextCount = 1;
	args->BroadcastContext[0] = f->live[BAD_CONTEXT];
	args->pPrivateDriverData = f->bytes;
	args->PrivateDriverDataSize = 64;
	args->NumPrimaries = 1;
	args->WrittenPrimaries[0] = f->live[BAD_ALLOCATION];
	args->NumHistoryBuffers = 1;
	args->HistoryBufferArray = f->handles;
}

#define undo_priority bad_undo_nothing
#define undo_submit bad_undo_nothing

BAD_CALL(CreateContext, D3DKMT_CREATECONTEXT)
BAD_CALL(CreateContextVirtual, D3DKMT_CREATECONTEXTVIRTUAL)
BAD_CALL(DestroyContext, D3DKMT_DESTROYCONTEXT)
BAD_CALL(GetContextSchedulingPriority, D3DKMT_GETCONTEXTSCHEDULINGPRIORITY)
BAD_CALL(SetContextSchedulingPriority, D3DKMT_SETCONTEXTSCHEDULINGPRIORITY)
BAD_CALL(GetContextInProcessSchedulingPriority,
	 D3DKMT_GETCONTEXTINPROCESSSCHEDULINGPRIORITY)
BAD_CALL(SetContextInProcessSchedulingPriority,
	 D3DKMT_SETCONTEXTINPROCESSSCHEDULINGPRIORITY)
BAD_CALL(Render, D3DKMT_RENDER)
BAD_CALL(SubmitCommand, D3DKMT_SUBMITCOMMAND)

static const struct bad_row context_rows[] = {
	BAD_ABSENT(CreateContext, D3DKMT_CREATECONTEXT),
	BAD_ROW(CreateContextVirtual, D3DKMT_CREATECONTEXTVIRTUAL,
		BAD_ARGS_WRITTEN, create,
		BAD_HANDLE(D3DKMT_CREATECONTEXTVIRTUAL, hDevice,
			   BAD_BIT(BAD_DEVICE), .flags = BAD_ALONE),
		BAD_VALUE(D3DKMT_CREATECONTEXTVIRTUAL, NodeOrdinal, 99,
			  STATUS_INVALID_PARAMETER),
		BAD_VALUE(D3DKMT_CREATECONTEXTVIRTUAL, NodeOrdinal, UINT32_MAX,
			  STATUS_INVALID_PARAMETER),
		BAD_COUNTED(D3DKMT_CREATECONTEXTVIRTUAL, pPrivateDriverData,
			    PrivateDriverDataSize, 1, .flags = BAD_WRITTEN),
		BAD_COUNT(D3DKMT_CREATECONTEXTVIRTUAL, PrivateDriverDataSize,
			  65536, .beyond = 131072, .flags = BAD_0_IS_FINE)),
	BAD_ROW(DestroyContext, D3DKMT_DESTROYCONTEXT, 0, destroy,
		BAD_HANDLE(D3DKMT_DESTROYCONTEXT, hContext, BAD_CONTEXTS,
			   .flags = BAD_ALONE)),
	BAD_ROW(GetContextSchedulingPriority, D3DKMT_GETCONTEXTSCHEDULINGPRIORITY,
		BAD_ARGS_WRITTEN, priority,
		BAD_HANDLE(D3DKMT_GETCONTEXTSCHEDULINGPRIORITY, hContext,
			   BAD_CONTEXTS, .flags = BAD_ALONE)),
	BAD_ROW(SetContextSchedulingPriority, D3DKMT_SETCONTEXTSCHEDULINGPRIORITY,
		0, priority,
		BAD_HANDLE(D3DKMT_SETCONTEXTSCHEDULINGPRIORITY, hContext,
			   BAD_CONTEXTS, .flags = BAD_ALONE),
		BAD_VALUE(D3DKMT_SETCONTEXTSCHEDULINGPRIORITY, Priority, 8,
			  STATUS_INVALID_PARAMETER),
		BAD_VALUE(D3DKMT_SETCONTEXTSCHEDULINGPRIORITY, Priority,
			  (UINT)-8, STATUS_INVALID_PARAMETER),
		BAD_VALUE(D3DKMT_SETCONTEXTSCHEDULINGPRIORITY, Priority,
			  0x80000000, STATUS_INVALID_PARAMETER)),
	BAD_ROW(GetContextInProcessSchedulingPriority,
		D3DKMT_GETCONTEXTINPROCESSSCHEDULINGPRIORITY, BAD_ARGS_WRITTEN,
		priority,
		BAD_HANDLE(D3DKMT_GETCONTEXTINPROCESSSCHEDULINGPRIORITY, hContext,
			   BAD_CONTEXTS, .flags = BAD_ALONE)),
	BAD_ROW(SetContextInProcessSchedulingPriority,
		D3DKMT_SETCONTEXTINPROCESSSCHEDULINGPRIORITY, 0, priority,
		BAD_HANDLE(D3DKMT_SETCONTEXTINPROCESSSCHEDULINGPRIORITY, hContext,
			   BAD_CONTEXTS, .flags = BAD_ALONE),
		BAD_VALUE(D3DKMT_SETCONTEXTINPROCESSSCHEDULINGPRIORITY, Priority,
			  2, STATUS_INVALID_PARAMETER),
		BAD_VALUE(D3DKMT_SETCONTEXTINPROCESSSCHEDULINGPRIORITY, Priority,
			  UINT32_MAX, STATUS_INVALID_PARAMETER)),
	BAD_ABSENT(Render, D3DKMT_RENDER),
	/*
	 * The message goes one way, and the driver knows nothing of primaries and
	 * history buffers: what is wrong with them costs the device.
	 */
	BAD_ROW(SubmitCommand, D3DKMT_SUBMITCOMMAND, 0, submit,
		BAD_ARRAY(D3DKMT_SUBMITCOMMAND, BroadcastContext,
			  BroadcastContextCount, BAD_CONTEXTS,
			  .flags = BAD_SIBLING_IS_FINE),
		BAD_COUNT(D3DKMT_SUBMITCOMMAND, BroadcastContextCount, 64),
		BAD_ARRAY(D3DKMT_SUBMITCOMMAND, WrittenPrimaries, NumPrimaries,
			  BAD_BIT(BAD_ALLOCATION),
			  .flags = BAD_LOSES_DEVICE | BAD_SIBLING_IS_FINE),
		BAD_COUNT(D3DKMT_SUBMITCOMMAND, NumPrimaries, 16,
			  .flags = BAD_0_IS_FINE),
		BAD_LIST(D3DKMT_SUBMITCOMMAND, HistoryBufferArray,
			 NumHistoryBuffers, BAD_BIT(BAD_ALLOCATION),
			 .flags = BAD_LOSES_DEVICE | BAD_SIBLING_IS_FINE),
		BAD_COUNT(D3DKMT_SUBMITCOMMAND, NumHistoryBuffers, 1024,
			  .flags = BAD_0_IS_FINE),
		BAD_COUNTED(D3DKMT_SUBMITCOMMAND, pPrivateDriverData,
			    PrivateDriverDataSize, 1),
		BAD_COUNT(D3DKMT_SUBMITCOMMAND, PrivateDriverDataSize, 65536,
			  .beyond = 131072, .flags = BAD_0_IS_FINE)),
};

BAD_TABLE(context);
