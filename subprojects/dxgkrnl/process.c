/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* One object for each thread group that has the device open. */

#include <linux/err.h>
#include <linux/errno.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>

#include "dxgkrnl.h"
#include "host-event.h"
#include "message.h"
#include "wait.h"

/* In dxgk_wire_createprocess.flags. */
#define DXGK_PROCESS_LINUX	(1u << 3)

static void dxgk_process_release(struct kref *ref)
{
	struct dxgk_process *process =
		container_of(ref, struct dxgk_process, ref);

	dxgk_handle_table_destroy(&process->objects);
	xa_destroy(&process->adapter_handles);
	mutex_destroy(&process->start_lock);
	mutex_destroy(&process->device_lock);
	put_pid(process->pid);
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

static struct dxgk_process *dxgk_process_alloc(struct dxgk_global *global)
{
	struct dxgk_process *process;

	process = kzalloc(sizeof(*process), GFP_KERNEL);
	if (!process)
		return NULL;
	kref_init(&process->ref);
	process->global = global;
	process->files = 1;
	process->pid = get_pid(task_tgid(current));
	mutex_init(&process->start_lock);
	dxgk_handle_table_init(&process->objects);
	xa_init_flags(&process->adapter_handles, XA_FLAGS_ALLOC);
	mutex_init(&process->device_lock);
	INIT_LIST_HEAD(&process->devices);
	INIT_LIST_HEAD(&process->unconfirmed);
	spin_lock_init(&process->wait_lock);
	INIT_LIST_HEAD(&process->waits);
	return process;
}

/* The caller's process object with one more file on it. */
static struct dxgk_process *dxgk_process_join(struct dxgk_global *global)
{
	struct dxgk_process *process, *fresh;

	fresh = dxgk_process_alloc(global);
	if (!fresh)
		return NULL;
	mutex_lock(&global->process_lock);
	list_for_each_entry(process, &global->processes, node) {
		if (process->pid == task_tgid(current)) {
			process->files++;
			mutex_unlock(&global->process_lock);
			dxgk_process_put(fresh);
			return process;
		}
	}
	list_add_tail(&fresh->node, &global->processes);
	mutex_unlock(&global->process_lock);
	return fresh;
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
	if (reply->host_process)
		WRITE_ONCE(process->host_handle, reply->host_process);
	else
		ret = -ENOTRECOVERABLE;
out:
	dxgk_message_end(&message);
	return ret;
}

/* Make the host know the process; once. */
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

static void dxgk_process_send_destroy(struct dxgk_process *process)
{
	struct dxgk_message message;
	int ret;

	ret = dxgk_message_init_vm(&message, process->global, process,
				   DXGK_VMCMD_DESTROYPROCESS,
				   sizeof(struct dxgk_wire_destroyprocess),
				   sizeof(struct dxgk_wire_status_reply));
	dxgk_message_unkillable(&message);
	if (!ret)
		dxgk_message_send(&message);
	dxgk_message_end(&message);
}

/* Nothing of it is in use any more: no file, so no call. */
static void dxgk_process_teardown(struct dxgk_process *process)
{
	dxgk_waits_forget(process);
	dxgk_devices_destroy(process);
	dxgk_adapter_handles_close(process);
	dxgk_syncs_forget(process);
	dxgk_events_cancel_process(process);
	if (process->host_handle)
		dxgk_process_send_destroy(process);
	dxgk_allocations_confirm(process, NULL);
}

static void dxgk_process_leave(struct dxgk_process *process)
{
	struct dxgk_global *global = process->global;
	bool is_last;

	mutex_lock(&global->process_lock);
	is_last = !--process->files;
	if (is_last)
		list_del(&process->node);
	mutex_unlock(&global->process_lock);
	if (!is_last)
		return;
	dxgk_process_teardown(process);
	dxgk_process_put(process);
}

/*
 * Before the first adapter there is no host to talk to; then the process starts
 * when it opens its first adapter.
 */
int dxgk_file_open(struct dxgk_global *global, struct dxgk_file **ret_file)
{
	struct dxgk_file *file;

	file = kzalloc(sizeof(*file), GFP_KERNEL);
	if (!file)
		return -ENOMEM;
	file->process = dxgk_process_join(global);
	if (!file->process) {
		kfree(file);
		return -ENOMEM;
	}
	if (READ_ONCE(global->state) == DXGK_ACTIVE &&
	    dxgk_process_start(file->process)) {
		dxgk_file_release(file);
		return -EBADF;
	}
	*ret_file = file;
	return 0;
}

void dxgk_file_release(struct dxgk_file *file)
{
	dxgk_process_leave(file->process);
	kfree(file);
}
