/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* Open files: they find their process, and the last one's close ends it. */

#include <linux/errno.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>

#include "dxgkrnl.h"
#include "engine-time.h"
#include "host-event.h"
#include "message.h"
#include "wait.h"

/* The caller's process object with one more file on it. */
static struct dxgk_process *dxgk_process_join(struct dxgk_global *global)
{
	struct dxgk_process *process, *fresh;

	fresh = dxgk_process_alloc(global);
	if (!fresh)
		return NULL;
	mutex_lock(&global->process_lock);
	list_for_each_entry(process, &global->processes, node) {
		if (dxgk_process_is_current(process)) {
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
	dxgk_engine_times_end(process);
	dxgk_devices_destroy(process);
	dxgk_adapter_handles_close(process);
	dxgk_syncs_forget(process);
	dxgk_events_cancel_process(process);
	/* Who has opened the device and no adapter is not known there. */
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
 * Asks the host for nothing: the kernel holds a lock over opens of all its misc
 * devices meanwhile. See dxgk_process_start().
 */
int dxgk_file_open(struct dxgk_global *global, struct dxgk_file **ret_file)
{
	struct dxgk_file *file;

	file = kzalloc(sizeof(*file), GFP_KERNEL_ACCOUNT);
	if (!file)
		return -ENOMEM;
	file->process = dxgk_process_join(global);
	if (!file->process) {
		kfree(file);
		return -ENOMEM;
	}
	*ret_file = file;
	return 0;
}

void dxgk_file_release(struct dxgk_file *file)
{
	dxgk_process_leave(file->process);
	kfree(file);
}
