/* SPDX-License-Identifier: MIT */
/* Rows of the calls about sync files, where there are some and where not. */
#include "bad-input.h"

#include <unistd.h>

static void prepare_create_file(struct bad_fixture *f, void *data)
{
	D3DKMT_CREATESYNCFILE *args = data;

	args->hDevice = f->live[BAD_DEVICE];
	args->hMonitoredFence = f->live[BAD_FENCE];
}

static void undo_create_file(struct bad_fixture *f, const void *data, bool worked)
{
	const D3DKMT_CREATESYNCFILE *args = data;

	(void)f;
	if (worked)
		close((int)args->hSyncFile);
}

static void prepare_wait_file(struct bad_fixture *f, void *data)
{
	D3DKMT_WAITSYNCFILE *args = data;

	args->hContext = f->live[BAD_CONTEXT];
	args->hSyncFile = (UINT64)f->descriptors[BAD_SYNC_FILE];
}

static void prepare_open_file(struct bad_fixture *f, void *data)
{
	D3DKMT_OPENSYNCOBJECTFROMSYNCFILE *args = data;

	args->hDevice = f->live[BAD_DEVICE];
	args->hSyncFile = (UINT64)f->descriptors[BAD_SYNC_FILE];
}

static void undo_open_file(struct bad_fixture *f, const void *data, bool worked)
{
	const D3DKMT_OPENSYNCOBJECTFROMSYNCFILE *args = data;
	struct t_fence fence = { .handle = args->hSyncObject };

	(void)f;
	if (worked)
		t_destroy_fence(&fence);
}

#define undo_wait_file bad_undo_nothing

BAD_CALL(CreateSyncFile, D3DKMT_CREATESYNCFILE)
BAD_CALL(WaitSyncFile, D3DKMT_WAITSYNCFILE)
BAD_CALL(OpenSyncObjectFromSyncFile, D3DKMT_OPENSYNCOBJECTFROMSYNCFILE)

/* Only a kernel can make one: the embedded device says so before it looks. */
#define SYNC_FILE(function, type, is_written)                              \
	{ .name = "D3DKMT" #function, .call = call_##function,             \
	  .size = sizeof(type), .flags = is_written | BAD_NO_SYNC_FILES,    \
	  .answer = STATUS_NOT_SUPPORTED,                                  \
	  .prepare = bad_prepare_nothing, .undo = bad_undo_nothing }

static const struct bad_row sync_file_rows[] = {
	SYNC_FILE(CreateSyncFile, D3DKMT_CREATESYNCFILE, BAD_ARGS_WRITTEN),
	SYNC_FILE(WaitSyncFile, D3DKMT_WAITSYNCFILE, 0),
	SYNC_FILE(OpenSyncObjectFromSyncFile, D3DKMT_OPENSYNCOBJECTFROMSYNCFILE,
		  BAD_ARGS_WRITTEN),
	BAD_ROW(CreateSyncFile, D3DKMT_CREATESYNCFILE,
		BAD_ARGS_WRITTEN | BAD_WITH_SYNC_FILES, create_file,
		BAD_HANDLE(D3DKMT_CREATESYNCFILE, hDevice, BAD_BIT(BAD_DEVICE),
			   .flags = BAD_SIBLING_IS_FINE),
		BAD_HANDLE(D3DKMT_CREATESYNCFILE, hMonitoredFence, BAD_MONITORED,
			   .flags = BAD_SIBLING_IS_FINE)),
	BAD_ROW(WaitSyncFile, D3DKMT_WAITSYNCFILE, BAD_WITH_SYNC_FILES, wait_file,
		BAD_HANDLE(D3DKMT_WAITSYNCFILE, hContext,
			   BAD_CONTEXTS | BAD_BIT(BAD_HW_QUEUE),
			   .flags = BAD_SIBLING_IS_FINE),
		BAD_DESCRIPTOR(D3DKMT_WAITSYNCFILE, hSyncFile, BAD_SYNC_FILE)),
	BAD_ROW(OpenSyncObjectFromSyncFile, D3DKMT_OPENSYNCOBJECTFROMSYNCFILE,
		BAD_ARGS_WRITTEN | BAD_WITH_SYNC_FILES, open_file,
		BAD_HANDLE(D3DKMT_OPENSYNCOBJECTFROMSYNCFILE, hDevice,
			   BAD_BIT(BAD_DEVICE), .flags = BAD_SIBLING_IS_FINE),
		BAD_DESCRIPTOR(D3DKMT_OPENSYNCOBJECTFROMSYNCFILE, hSyncFile,
			       BAD_SYNC_FILE)),
};

BAD_TABLE(sync_file);
