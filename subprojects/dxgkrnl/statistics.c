/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* Who uses an adapter, and how much. */

#include <linux/build_bug.h>
#include <linux/errno.h>
#include <linux/limits.h>
#include <linux/mm.h>
#include <linux/pid.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "dxgkrnl.h"
#include "ioctl.h"
#include "message.h"
#include "statistics.h"

/*
 * The process with that number in the caller's pid namespace, or NULL. Who has only
 * opened the device is none, for the host.
 */
static struct dxgk_process *dxgk_process_find(struct dxgk_global *global,
					      u64 number)
{
	struct dxgk_process *process, *found = NULL;

	mutex_lock(&global->process_lock);
	list_for_each_entry(process, &global->processes, node) {
		if ((u64)pid_vnr(process->pid) == number &&
		    READ_ONCE(process->host_handle)) {
			dxgk_process_get(process);
			found = process;
			break;
		}
	}
	mutex_unlock(&global->process_lock);
	return found;
}

int dxgk_statistics_message(struct dxgk_message *message,
			    struct dxgk_process *target,
			    struct dxgk_adapter *adapter, u32 type, u32 input)
{
	struct dxgk_wire_querystatistics *request;
	int ret;

	ret = dxgk_message_init(message, target, adapter,
				DXGK_CMD_QUERYSTATISTICS, sizeof(*request),
				sizeof(struct dxgk_wire_querystatistics_reply));
	if (ret)
		return ret;
	request = message->request;
	request->args.type = type;
	request->args.adapter_luid = adapter->host_luid;
	request->args.query_input = input;
	return 0;
}

static int dxgk_statistics_send(struct dxgk_process *target,
				struct dxgk_adapter *adapter,
				struct d3dkmt_querystatistics *args)
{
	const struct dxgk_wire_querystatistics_reply *reply;
	struct dxgk_message message;
	int ret;

	static_assert(sizeof(args->result) == sizeof(reply->result));
	ret = dxgk_statistics_message(&message, target, adapter, args->type,
				      args->query[0]);
	if (ret)
		goto out;
	ret = dxgk_message_send_status(&message);
	reply = message.reply;
	if (ret >= 0)
		memcpy(&args->result, reply->result, sizeof(args->result));
out:
	dxgk_message_end(&message);
	return ret;
}

static int dxgk_statistics_ask(struct dxgk_process *process,
			       struct dxgk_adapter *adapter,
			       struct d3dkmt_querystatistics *args)
{
	struct dxgk_process *target;
	int ret;

	ret = dxgk_process_start(process);
	if (ret)
		return ret;
	if (!args->process)
		return dxgk_statistics_send(process, adapter, args);
	target = dxgk_process_find(process->global, args->process);
	if (!target)
		return -EINVAL;
	ret = dxgk_statistics_send(target, adapter, args);
	dxgk_process_put(target);
	return ret;
}

int dxgk_ioctl_statistics(struct dxgk_process *process, void *data)
{
	struct d3dkmt_querystatistics *args = data;
	struct dxgk_adapter *adapter;
	int ret;

	adapter = dxgk_adapter_find(process->global,
				    dxgk_luid_from_uapi(args->adapter_luid));
	if (!adapter)
		return -EINVAL;
	ret = dxgk_statistics_ask(process, adapter, args);
	dxgk_adapter_put(adapter);
	return ret;
}

/* With the list's lock held: the numbers that the caller can see. */
static u32 dxgk_process_numbers(struct dxgk_global *global,
				struct dxgk_adapter *adapter, u32 *numbers,
				u32 room)
{
	struct dxgk_process *process;
	u32 count = 0;
	pid_t number;

	list_for_each_entry(process, &global->processes, node) {
		number = pid_vnr(process->pid);
		if (number <= 0 || !dxgk_adapter_in_use(process, adapter))
			continue;
		if (count < room)
			numbers[count] = number;
		count++;
	}
	return count;
}

static int dxgk_process_list(struct dxgk_global *global,
			     struct dxgk_adapter *adapter,
			     struct d3dkmt_enumprocesses *args)
{
	u32 *numbers = NULL;
	u32 room = 0;
	u32 count;
	int ret = 0;

	/* A process may come between two counts: then once more. */
	for (;;) {
		mutex_lock(&global->process_lock);
		count = dxgk_process_numbers(global, adapter, numbers, room);
		mutex_unlock(&global->process_lock);
		if (count <= room || count > args->buffer_count)
			break;
		kvfree(numbers);
		room = count;
		numbers = kvcalloc(room, sizeof(*numbers), GFP_KERNEL);
		if (!numbers)
			return -ENOMEM;
	}
	if (!args->buffer || !args->buffer_count ||
	    count > args->buffer_count)
		ret = -EOVERFLOW;
	else
		ret = dxgk_copy_out(args->buffer, numbers,
				    count * sizeof(*numbers));
	if (ret != -EFAULT)
		args->buffer_count = count;
	kvfree(numbers);
	return ret;
}

int dxgk_ioctl_enum_processes(struct dxgk_process *process, void *data)
{
	struct d3dkmt_enumprocesses *args = data;
	struct dxgk_adapter *adapter;
	int ret;

	adapter = dxgk_adapter_find(process->global,
				    dxgk_luid_from_uapi(args->adapter_luid));
	if (!adapter)
		return -EINVAL;
	ret = dxgk_process_list(process->global, adapter, args);
	dxgk_adapter_put(adapter);
	return ret;
}
