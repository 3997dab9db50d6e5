/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Shared objects and the files that keep them: the first file makes the host
 * give an NT handle, which holds the object, the last one's release gives it
 * back.
 */

#include <linux/anon_inodes.h>
#include <linux/err.h>
#include <linux/fcntl.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/limits.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/overflow.h>
#include <linux/slab.h>

#include "dxgkrnl.h"
#include "message.h"
#include "share.h"

struct dxgk_shared *dxgk_shared_alloc(struct dxgk_adapter *adapter, u32 type,
				      u32 count)
{
	struct dxgk_shared *shared;

	shared = kvzalloc(struct_size(shared, parts, count),
			  GFP_KERNEL_ACCOUNT);
	if (!shared)
		return NULL;
	kref_init(&shared->ref);
	mutex_init(&shared->lock);
	dxgk_adapter_get(adapter);
	shared->adapter = adapter;
	shared->type = type;
	shared->count = count;
	return shared;
}

static void dxgk_shared_release(struct kref *ref)
{
	struct dxgk_shared *shared =
		container_of(ref, struct dxgk_shared, ref);

	dxgk_adapter_put(shared->adapter);
	mutex_destroy(&shared->lock);
	kvfree(shared->data);
	kvfree(shared);
}

void dxgk_shared_get(struct dxgk_shared *shared)
{
	kref_get(&shared->ref);
}

void dxgk_shared_put(struct dxgk_shared *shared)
{
	if (shared)
		kref_put(&shared->ref, dxgk_shared_release);
}

static int dxgk_shared_send_create(struct dxgk_shared *shared,
				   struct dxgk_process *process, u32 handle)
{
	const struct dxgk_wire_createntsharedobject_reply *reply;
	struct dxgk_wire_createntsharedobject *request;
	struct dxgk_message message;
	int ret;

	ret = dxgk_message_init_vm(&message, process->global, process,
				   DXGK_VMCMD_CREATENTSHAREDOBJECT,
				   sizeof(*request), sizeof(*reply));
	if (!ret) {
		request = message.request;
		request->object = handle;
		ret = dxgk_message_send(&message);
	}
	if (!ret) {
		reply = message.reply;
		shared->nt_handle = reply->shared_handle;
		/* The reply has no other way to say no. */
		if (!reply->shared_handle)
			ret = -EINVAL;
	}
	dxgk_message_end(&message);
	return dxgk_adapter_result(shared->adapter, ret);
}

/* It belongs to no process: whoever closes last may not be its creator. */
static void dxgk_shared_send_destroy(struct dxgk_global *global, u32 handle)
{
	struct dxgk_wire_destroyntsharedobject *request;
	struct dxgk_message message;
	int ret;

	ret = dxgk_message_init_vm(&message, global, NULL,
				   DXGK_VMCMD_DESTROYNTSHAREDOBJECT,
				   sizeof(*request),
				   sizeof(struct dxgk_wire_status_reply));
	if (!ret) {
		dxgk_message_unkillable(&message);
		request = message.request;
		request->shared_handle = handle;
		dxgk_message_send_status(&message);
	}
	dxgk_message_end(&message);
}

int dxgk_shared_keep(struct dxgk_shared *shared,
		     struct dxgk_process *process, u32 handle)
{
	int ret = 0;

	/* Another one who shares it may be waiting for the host. */
	if (mutex_lock_killable(&shared->lock))
		return -EINTR;
	if (shared->files == U32_MAX)
		ret = -ENOMEM;
	else if (!shared->files)
		ret = dxgk_shared_send_create(shared, process, handle);
	if (!ret)
		shared->files++;
	mutex_unlock(&shared->lock);
	return ret;
}

void dxgk_shared_unkeep(struct dxgk_shared *shared)
{
	u32 handle = 0;

	mutex_lock(&shared->lock);
	if (!--shared->files) {
		handle = shared->nt_handle;
		shared->nt_handle = 0;
	}
	mutex_unlock(&shared->lock);
	if (handle)
		dxgk_shared_send_destroy(shared->adapter->global, handle);
}

static int dxgk_shared_file_release(struct inode *inode, struct file *file)
{
	struct dxgk_shared *shared = file->private_data;

	(void)inode;
	dxgk_shared_unkeep(shared);
	dxgk_shared_put(shared);
	return 0;
}

static const struct file_operations dxgk_shared_fops = {
	.owner = THIS_MODULE,
	.release = dxgk_shared_file_release,
};

struct file *dxgk_shared_file(struct dxgk_shared *shared,
			      struct dxgk_process *process, u32 handle)
{
	struct file *file;
	int ret;

	ret = dxgk_shared_keep(shared, process, handle);
	if (ret)
		return ERR_PTR(ret);
	file = anon_inode_getfile("[dxg-shared]", &dxgk_shared_fops, shared,
				  O_RDWR);
	if (IS_ERR(file))
		dxgk_shared_unkeep(shared);
	else
		dxgk_shared_get(shared);
	return file;
}

struct file *dxgk_shared_fget(u64 nt_handle, struct dxgk_shared **ret_shared)
{
	struct file *file;

	if (nt_handle > INT_MAX)
		return ERR_PTR(-EBADF);
	file = fget(nt_handle);
	if (!file)
		return ERR_PTR(-EBADF);
	if (file->f_op != &dxgk_shared_fops) {
		fput(file);
		return ERR_PTR(-EINVAL);
	}
	*ret_shared = file->private_data;
	return file;
}
