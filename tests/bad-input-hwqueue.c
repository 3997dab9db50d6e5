/* SPDX-License-Identifier: MIT */
/* Rows of the calls about hardware queues. */
#include "bad-input.h"

static void prepare_create(struct bad_fixture *f, void *data)
{
	D3DKMT_CREATEHWQUEUE *args = data;

	args->hHwContext = f->live[BAD_HW_CONTEXT];
	args->pPrivateDriverData = f->bytes;
	args->PrivateDriverDataSize = 64;
}

static void destroy(D3DKMT_HANDLE queue)
{
	D3DKMT_DESTROYHWQUEUE args = { .hHwQueue = queue };

	assert_status(D3DKMTDestroyHwQueue(&args), STATUS_SUCCESS);
}

static void undo_create(struct bad_fixture *f, const void *data, bool worked)
{
	const D3DKMT_CREATEHWQUEUE *args = data;

	(void)f;
	if (worked)
		destroy(args->hHwQueue);
}

static void prepare_destroy(struct bad_fixture *f, void *data)
{
	D3DKMT_DESTROYHWQUEUE *args = data;
	D3DKMT_CREATEHWQUEUE create = { 0 };

	prepare_create(f, &create);
	assert_status(D3DKMTCreateHwQueue(&create), STATUS_SUCCESS);
	args->hHwQueue = create.hHwQueue;
	f->handles[0] = create.hHwQueue;
}

static void undo_destroy(struct bad_fixture *f, const void *data, bool worked)
{
	(void)data;
	if (!worked)
		destroy(f->handles[0]);
}

static void prepare_submit(struct bad_fixture *f, void *data)
{
	D3DKMT_SUBMITCOMMANDTOHWQUEUE *args = data;
	struct t_commands commands = t_commands(f->gpu);

	t_opcode(&commands, DXGHOST_OP_NOP);
	f->handles[0] = f->handles[1] = f->live[BAD_ALLOCATION];
	args->hHwQueue = f->live[BAD_HW_QUEUE];
	args->HwQueueProgressFenceId = ++f->progress;
	args->CommandBuffer = commands.address;
	args->CommandLength = (UINT)commands.used;
	args->pPrivateDriverData = f->bytes;
	args->PrivateDriverDataSize = 64;
	args->NumPrimaries = 1;
	args->WrittenPrimaries = f->handles;
}

/* The objects are at the beginning, the queues in the middle. */
static void prepare_objects(struct bad_fixture *f, uint64_t value)
{
	f->handles[0] = f->handles[1] = f->live[BAD_FENCE];
	f->handles[32] = f->handles[33] = f->live[BAD_HW_QUEUE];
	f->values[0] = f->values[1] = value;
}

static void prepare_signal(struct bad_fixture *f, void *data)
{
	D3DKMT_SUBMITSIGNALSYNCOBJECTSTOHWQUEUE *args = data;

	prepare_objects(f, UINT64_MAX);
	args->BroadcastHwQueueCount = 1;
	args->BroadcastHwQueueArray = f->handles + 32;
	args->ObjectCount = 1;
	args->ObjectHandleArray = f->handles;
	args->FenceValueArray = f->values;
}

static void prepare_wait(struct bad_fixture *f, void *data)
{
	D3DKMT_SUBMITWAITFORSYNCOBJECTSTOHWQUEUE *args = data;

	prepare_objects(f, 0);
	args->hHwQueue = f->live[BAD_HW_QUEUE];
	args->ObjectCount = 1;
	args->ObjectHandleArray = f->handles;
	args->FenceValueArray = f->values;
}

#define undo_submit bad_undo_nothing
#define undo_signal bad_undo_nothing
#define undo_wait bad_undo_nothing

BAD_CALL(CreateHwContext, D3DKMT_CREATEHWCONTEXT)
BAD_CALL(DestroyHwContext, D3DKMT_DESTROYHWCONTEXT)
BAD_CALL(CreateHwQueue, D3DKMT_CREATEHWQUEUE)
BAD_CALL(DestroyHwQueue, D3DKMT_DESTROYHWQUEUE)
BAD_CALL(SubmitCommandToHwQueue, D3DKMT_SUBMITCOMMANDTOHWQUEUE)
BAD_CALL(SubmitSignalSyncObjectsToHwQueue,
	 D3DKMT_SUBMITSIGNALSYNCOBJECTSTOHWQUEUE)
BAD_CALL(SubmitWaitForSyncObjectsToHwQueue,
	 D3DKMT_SUBMITWAITFORSYNCOBJECTSTOHWQUEUE)

#define OBJECTS(type)                                                      \
	BAD_LIST(type, ObjectHandleArray, ObjectCount, BAD_SYNCS,          \
		 .flags = BAD_SIBLING_IS_FINE),                            \
	BAD_COUNTED(type, FenceValueArray, ObjectCount, 8),                \
	BAD_COUNT(type, ObjectCount, 32)

static const struct bad_row hwqueue_rows[] = {
	BAD_ABSENT(CreateHwContext, D3DKMT_CREATEHWCONTEXT),
	BAD_ABSENT(DestroyHwContext, D3DKMT_DESTROYHWCONTEXT),
	BAD_ROW(CreateHwQueue, D3DKMT_CREATEHWQUEUE, BAD_ARGS_WRITTEN, create,
		BAD_HANDLE(D3DKMT_CREATEHWQUEUE, hHwContext,
			   BAD_BIT(BAD_HW_CONTEXT), .flags = BAD_ALONE),
		BAD_COUNTED(D3DKMT_CREATEHWQUEUE, pPrivateDriverData,
			    PrivateDriverDataSize, 1, .flags = BAD_WRITTEN),
		BAD_COUNT(D3DKMT_CREATEHWQUEUE, PrivateDriverDataSize, 65536,
			  .beyond = 131072, .flags = BAD_0_IS_FINE)),
	BAD_ROW(DestroyHwQueue, D3DKMT_DESTROYHWQUEUE, 0, destroy,
		BAD_HANDLE(D3DKMT_DESTROYHWQUEUE, hHwQueue,
			   BAD_BIT(BAD_HW_QUEUE), .flags = BAD_ALONE)),
	BAD_ROW(SubmitCommandToHwQueue, D3DKMT_SUBMITCOMMANDTOHWQUEUE, 0, submit,
		BAD_HANDLE(D3DKMT_SUBMITCOMMANDTOHWQUEUE, hHwQueue,
			   BAD_BIT(BAD_HW_QUEUE), .flags = BAD_ALONE),
		BAD_LIST(D3DKMT_SUBMITCOMMANDTOHWQUEUE, WrittenPrimaries,
			 NumPrimaries, BAD_BIT(BAD_ALLOCATION),
			 .flags = BAD_LOSES_DEVICE | BAD_SIBLING_IS_FINE),
		BAD_COUNT(D3DKMT_SUBMITCOMMANDTOHWQUEUE, NumPrimaries, 16,
			  .flags = BAD_0_IS_FINE),
		BAD_COUNTED(D3DKMT_SUBMITCOMMANDTOHWQUEUE, pPrivateDriverData,
			    PrivateDriverDataSize, 1),
		BAD_COUNT(D3DKMT_SUBMITCOMMANDTOHWQUEUE, PrivateDriverDataSize,
			  65536, .beyond = 131072, .flags = BAD_0_IS_FINE),
		/* it has to grow, and only the host knows what it was */
		BAD_VALUE(D3DKMT_SUBMITCOMMANDTOHWQUEUE, HwQueueProgressFenceId,
			  0, STATUS_SUCCESS,
			  .flags = BAD_LONG | BAD_LOSES_DEVICE)),
	BAD_ROW(SubmitSignalSyncObjectsToHwQueue,
		D3DKMT_SUBMITSIGNALSYNCOBJECTSTOHWQUEUE, 0, signal,
		BAD_LIST(D3DKMT_SUBMITSIGNALSYNCOBJECTSTOHWQUEUE,
			 BroadcastHwQueueArray, BroadcastHwQueueCount,
			 BAD_BIT(BAD_HW_QUEUE), .flags = BAD_SIBLING_IS_FINE),
		BAD_COUNT(D3DKMT_SUBMITSIGNALSYNCOBJECTSTOHWQUEUE,
			  BroadcastHwQueueCount, 64),
		OBJECTS(D3DKMT_SUBMITSIGNALSYNCOBJECTSTOHWQUEUE)),
	BAD_ROW(SubmitWaitForSyncObjectsToHwQueue,
		D3DKMT_SUBMITWAITFORSYNCOBJECTSTOHWQUEUE, 0, wait,
		BAD_HANDLE(D3DKMT_SUBMITWAITFORSYNCOBJECTSTOHWQUEUE, hHwQueue,
			   BAD_BIT(BAD_HW_QUEUE), .flags = BAD_SIBLING_IS_FINE),
		OBJECTS(D3DKMT_SUBMITWAITFORSYNCOBJECTSTOHWQUEUE)),
};

BAD_TABLE(hwqueue);
