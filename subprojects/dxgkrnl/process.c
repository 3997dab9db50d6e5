/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* One object for each program, in its thread group, that has the device open. */

#include <linux/errno.h>
#include <linux/sched.h>
#include <linux/sched/mm.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>

#include "dxgkrnl.h"
#include "message.h"

/* In dxgk_wire_createprocess.flags. */
#define DXGK_PROCESS_LINUX	(1u << 3)

/* Of the last one; of all hosts that there have been. */
static atomic64_t dxgk_process_ids;

static void dxgk_process_release(struct kref *ref)
{
	struct dxgk_process *process =
		container_of(ref, struct dxgk_process, ref);

	dxgk_handle_table_destroy(&process->objects);
	xa_destroy(&process->adapter_handles);
	mutex_destroy(&process->start_lock);
	mutex_destroy(&process->device_lock);
	put_pid(process->pid);
	if (process->mm)
		mmdrop(process->mm);
	kfree(process);
}

void dxgk_process_get(struct dxgk_process *process)
{
	kref_get(&process->ref);
}

void dxgk_process_put(struct dxgk_process *process)
{
	kref_put(&process->ref, dxgk_process_release);
}

struct dxgk_process *dxgk_process_alloc(struct dxgk_global *global)
{
	struct dxgk_process *process;

	process = kzalloc(sizeof(*process), GFP_KERNEL_ACCOUNT);
	if (!process)
		return NULL;
	kref_init(&process->ref);
	process->id = atomic64_inc_return(&dxgk_process_ids);
	process->global = global;
	process->files = 1;
	process->pid = get_pid(task_tgid(current));
	process->mm = current->mm;
	if (process->mm)
		mmgrab(process->mm);
	mutex_init(&process->start_lock);
	dxgk_handle_table_init(&process->objects);
	xa_init_flags(&process->adapter_handles,
		      XA_FLAGS_ALLOC | XA_FLAGS_ACCOUNT);
	mutex_init(&process->device_lock);
	INIT_LIST_HEAD(&process->devices);
	INIT_LIST_HEAD(&process->unconfirmed);
	spin_lock_init(&process->wait_lock);
	INIT_LIST_HEAD(&process->waits);
	spin_lock_init(&process->engine_lock);
	INIT_LIST_HEAD(&process->engine_times);
	init_waitqueue_head(&process->engine_wait);
	return process;
}

bool dxgk_process_is_current(const struct dxgk_process *process)
{
	return process->pid == task_tgid(current) && process->mm == current->mm;
}

static int dxgk_process_send_create(struct dxgk_process *process)
{
	const struct dxgk_wire_createprocess_reply *reply;
	struct dxgk_wire_createprocess *request;
	char name[TASK_COMM_LEN];
	struct dxgk_message message;
	unsigned int i;
	int ret;

	ret = dxgk_message_init_vm(&message, process->global, NULL,
				   DXGK_VMCMD_CREATEPROCESS, sizeof(*request),
				   sizeof(*reply));
	if (ret)
		goto out;
	/* The answer has no status, and a short one is a refusal like handle 0. */
	message.reply_least = 0;
	request = message.request;
	request->process_id = pid_nr(process->pid);
	request->process_cookie = request->process_id;
	get_task_comm(name, current);
	for (i = 0; i < sizeof(name) - 1 && name[i]; i++)
		request->process_name[i] = (u8)name[i];
	request->flags = DXGK_PROCESS_LINUX;
	ret = dxgk_message_send(&message);
	if (ret)
		goto out;
	reply = message.reply;
	if (message.received >= sizeof(*reply) && reply->host_process)
		WRITE_ONCE(process->host_handle, reply->host_process);
	else
		ret = -ENOTRECOVERABLE;
out:
	dxgk_message_end(&message);
	return ret;
}

int dxgk_process_start(struct dxgk_process *process)
{
	int ret = 0;

	if (READ_ONCE(process->host_handle))
		return 0;
	if (mutex_lock_killable(&process->start_lock))
		return -EINTR;
	if (!process->host_handle)
		ret = dxgk_process_send_create(process);
	mutex_unlock(&process->start_lock);
	return ret;
}
