/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * /sys/kernel/debug/dxgkrnl: for developers; nothing there is an interface.
 * Only root reads it, and even for root there is no address of the kernel in
 * it, and no handle of the host.
 */

#include <linux/debugfs.h>
#include <linux/list.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/pci.h>
#include <linux/pid.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/sched/task.h>
#include <linux/seq_file.h>
#include <linux/xarray.h>

#include "kernel/debugfs.h"
#include "kernel/message-counts.h"
#include "command-names.h"
#include "dxgkrnl.h"
#include "vm.h"

static const char *dxgk_state_name(enum dxgk_state state)
{
	switch (state) {
	case DXGK_WAITING:
		return "waiting";
	case DXGK_ACTIVE:
		return "active";
	case DXGK_STOPPED:
		return "stopped";
	}
	return "?";
}

/* In the list, so its function is there. */
static void dxgk_adapter_print(struct seq_file *out,
			       const struct dxgk_adapter *adapter)
{
	const struct dxgk_function *function = adapter->platform;
	enum dxgk_state state = READ_ONCE(adapter->state);

	seq_printf(out, "%08x:%08x %-14s %-8s %-7s %7u %5u %9u  %s\n",
		   adapter->luid.high, adapter->luid.low,
		   pci_name(function->pci), dxgk_state_name(state),
		   adapter->compute_only ? "compute" : "render",
		   adapter->version, adapter->async, adapter->map_guest,
		   state == DXGK_ACTIVE ? adapter->identity.name : "");
}

static int dxgk_adapters_show(struct seq_file *out, void *data)
{
	struct dxgk_vm *vm = out->private;
	struct dxgk_global *global = vm->global;
	const struct dxgk_adapter *adapter;

	seq_printf(out, "%-17s %-14s %-8s %-7s %7s %5s %9s  %s\n", "luid",
		   "pdev", "state", "kind", "version", "async", "map_guest",
		   "name");
	mutex_lock(&global->adapter_lock);
	list_for_each_entry(adapter, &global->adapters, node)
		dxgk_adapter_print(out, adapter);
	mutex_unlock(&global->adapter_lock);
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(dxgk_adapters);

/* By enum dxgk_object_type. */
#define DXGK_OBJECT_TYPES	(DXGK_OBJECT_HW_QUEUE + 1)

/* Objects outlive a look at them without a lock: see dxgk_object.rcu. */
static void dxgk_objects_count(struct dxgk_process *process,
			       unsigned long counts[DXGK_OBJECT_TYPES])
{
	struct dxgk_object *object;
	unsigned long index;

	memset(counts, 0, DXGK_OBJECT_TYPES * sizeof(*counts));
	rcu_read_lock();
	xa_for_each(&process->objects.objects, index, object) {
		if (object->type < DXGK_OBJECT_TYPES)
			counts[object->type]++;
	}
	rcu_read_unlock();
}

static unsigned long dxgk_adapter_handles_count(struct dxgk_process *process)
{
	unsigned long index, count = 0;
	void *adapter;

	rcu_read_lock();
	xa_for_each(&process->adapter_handles, index, adapter)
		count++;
	rcu_read_unlock();
	return count;
}

/* A process may call itself anything, over several lines too. */
static void dxgk_process_print_name(struct seq_file *out,
				    const struct dxgk_process *process)
{
	struct task_struct *task = get_pid_task(process->pid, PIDTYPE_TGID);
	char name[TASK_COMM_LEN] = "";

	if (task) {
		get_task_comm(name, task);
		put_task_struct(task);
	}
	seq_printf(out, "  %*pE\n", (int)strlen(name), name);
}

static void dxgk_process_print(struct seq_file *out,
			       struct dxgk_process *process)
{
	unsigned long counts[DXGK_OBJECT_TYPES];

	dxgk_objects_count(process, counts);
	seq_printf(out, "%7llu %7d %5u %8lu %7lu %8lu %8lu %9lu %11lu %9lu %5lu",
		   process->id, pid_vnr(process->pid), process->files,
		   dxgk_adapter_handles_count(process),
		   counts[DXGK_OBJECT_DEVICE], counts[DXGK_OBJECT_CONTEXT],
		   counts[DXGK_OBJECT_HW_QUEUE],
		   counts[DXGK_OBJECT_PAGING_QUEUE],
		   counts[DXGK_OBJECT_ALLOCATION],
		   counts[DXGK_OBJECT_RESOURCE], counts[DXGK_OBJECT_SYNC]);
	dxgk_process_print_name(out, process);
}

static int dxgk_processes_show(struct seq_file *out, void *data)
{
	struct dxgk_vm *vm = out->private;
	struct dxgk_global *global = vm->global;
	struct dxgk_process *process;

	seq_printf(out, "%7s %7s %5s %8s %7s %8s %8s %9s %11s %9s %5s  %s\n",
		   "client", "pid", "files", "adapters", "devices", "contexts",
		   "hwqueues", "pagingqs", "allocations", "resources", "syncs",
		   "name");
	mutex_lock(&global->process_lock);
	list_for_each_entry(process, &global->processes, node)
		dxgk_process_print(out, process);
	mutex_unlock(&global->process_lock);
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(dxgk_processes);

static void dxgk_message_print(struct seq_file *out, const struct dxgk_vm *vm,
			       u32 command, const char *name)
{
	struct dxgk_message_count sum;

	dxgk_message_counts_sum(vm->counts, command, &sum);
	if (sum.sync || sum.async)
		seq_printf(out, "%-32s %10lu %10lu %8lu %12lu %12lu\n", name,
			   sum.sync, sum.async, sum.failed, sum.sent,
			   sum.received);
}

#define DXGK_NAME_ROW(number, name) { number, name },

static int dxgk_messages_show(struct seq_file *out, void *data)
{
	static const struct {
		u32 command;
		const char *name;
	} names[] = { DXGK_COMMAND_NAMES(DXGK_NAME_ROW, DXGK_NAME_ROW) };
	size_t i;

	seq_printf(out, "%-32s %10s %10s %8s %12s %12s\n", "command", "sync",
		   "async", "failed", "sent", "received");
	for (i = 0; i < ARRAY_SIZE(names); i++)
		dxgk_message_print(out, out->private, names[i].command,
				   names[i].name);
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(dxgk_messages);

void dxgk_debugfs_add(struct dxgk_vm *vm)
{
	vm->debug = debugfs_create_dir(KBUILD_MODNAME, NULL);
	debugfs_create_file("adapters", 0400, vm->debug, vm,
			    &dxgk_adapters_fops);
	debugfs_create_file("processes", 0400, vm->debug, vm,
			    &dxgk_processes_fops);
	debugfs_create_file("messages", 0400, vm->debug, vm,
			    &dxgk_messages_fops);
}

void dxgk_debugfs_remove(struct dxgk_vm *vm)
{
	debugfs_remove(vm->debug);
	vm->debug = NULL;
}
