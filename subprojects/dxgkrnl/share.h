/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* Objects that descriptors keep alive and others open: see share-file.c. */
#ifndef DXGK_SHARE_H
#define DXGK_SHARE_H

#include <linux/kref.h>
#include <linux/mutex.h>
#include <linux/types.h>

struct d3dkmt_opensyncobjectfromnthandle2;
struct dxgk_adapter;
struct dxgk_device;
struct dxgk_process;
struct dxgk_sync;
struct file;

/* An allocation of a shared resource, as its openers will have it. */
struct dxgk_shared_part {
	u64 size;
	u32 data_size;
	bool cached;
};

/**
 * struct dxgk_shared - what all handles and descriptors of one object share
 * @ref: one from each local object, one from each file
 * @adapter: where it is
 * @lock: guards @files and @nt_handle
 * @files: that keep the host's NT handle, sync files included
 * @nt_handle: keeps the object alive on the host; 0 while there are no files
 * @global_handle: what a synchronisation object is opened by
 * @type: of a synchronisation object, 0: a resource
 * @flags: of a synchronisation object: its creator's
 * @data: of a resource: runtime data, its driver data, that of its allocations
 * @parts: @count of them, in the order of their creation
 *
 * All but @files and @nt_handle is constant once others can see it.
 */
struct dxgk_shared {
	struct kref ref;
	struct dxgk_adapter *adapter;
	struct mutex lock;
	u32 files;
	u32 nt_handle;

	u32 type;
	u32 flags;
	u32 global_handle;

	u32 runtime_data_size;
	u32 private_data_size;
	u32 total_data_size;
	u8 *data;
	u32 count;
	struct dxgk_shared_part parts[];
};

/* share-file.c */

/* @type: of a synchronisation object, 0: a resource with @count allocations. */
struct dxgk_shared *dxgk_shared_alloc(struct dxgk_adapter *adapter, u32 type,
				      u32 count);
void dxgk_shared_get(struct dxgk_shared *shared);
void dxgk_shared_put(struct dxgk_shared *shared);
/* One more keeper: the NT handle is there afterwards. @handle: the process's. */
int dxgk_shared_keep(struct dxgk_shared *shared, struct dxgk_process *process,
		     u32 handle);
/* One less. May ask the host, so it may sleep. */
void dxgk_shared_unkeep(struct dxgk_shared *shared);
/**
 * dxgk_shared_file() - a file that keeps the object
 * @shared: the object
 * @process: who shares it
 * @handle: by which that process knows it
 *
 * Returns an ERR_PTR.
 */
struct file *dxgk_shared_file(struct dxgk_shared *shared,
			      struct dxgk_process *process, u32 handle);
/**
 * dxgk_shared_fget() - the file behind a descriptor
 * @nt_handle: the user's number for it
 * @ret_shared: the object, as long as the file is held
 *
 * Returns an ERR_PTR: -EBADF not open, -EINVAL no such file.
 */
struct file *dxgk_shared_fget(u64 nt_handle, struct dxgk_shared **ret_shared);

/* share.c */

/* All that is kept for the openers of one resource stays below this. */
#define DXGK_SHARED_SIZE_MAX	(1u << 20)

/* Bytes that @count more allocations with @data_size bytes of data take. */
u64 dxgk_shared_parts_size(u32 count, u32 data_size);

/* share-open.c: of an object that somebody keeps, on its own adapter only */

/* @args: in and out, but for the descriptor and the device. */
int dxgk_share_open_sync(struct dxgk_shared *shared, struct dxgk_device *device,
			 struct d3dkmt_opensyncobjectfromnthandle2 *args);
/**
 * dxgk_share_borrow_sync() - a handle of the host's for a message or two
 * @device: whose process is to use it
 *
 * Nothing is mapped, nobody finds it. Returns an ERR_PTR, or what is to be given to
 * dxgk_share_return_sync().
 */
struct dxgk_sync *dxgk_share_borrow_sync(struct dxgk_shared *shared,
					 struct dxgk_device *device, u32 flags);
void dxgk_share_return_sync(struct dxgk_sync *sync);

#endif /* DXGK_SHARE_H */
