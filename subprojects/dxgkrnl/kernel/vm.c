/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* The connection to the host: global channel, IO space, the way of messages. */

#include <linux/err.h>
#include <linux/errno.h>
#include <linux/hyperv.h>
#include <linux/ioport.h>
#include <linux/sizes.h>
#include <linux/slab.h>

#include "channel.h"
#include "dxgkrnl.h"
#include "message-counts.h"
#include "vm.h"

/* The driver keeps the channel open while it is in here: see transport.h. */
static struct dxgk_channel *dxgk_vm_channel(struct dxgk_global *global,
					    struct dxgk_adapter *adapter)
{
	const struct dxgk_function *function;
	const struct dxgk_vm *vm;

	if (adapter) {
		function = adapter->platform;
		return function->channel;
	}
	vm = global->platform;
	return vm->channel;
}

static int dxgk_vm_request(struct dxgk_global *global,
			   struct dxgk_adapter *adapter, const void *message,
			   u32 size, void *reply, u32 reply_size,
			   unsigned int flags)
{
	const struct dxgk_vm *vm = global->platform;
	u32 command = dxgk_message_command(message, global->version);
	int ret;

	ret = dxgk_channel_request(dxgk_vm_channel(global, adapter), message,
				   size, reply, reply_size, flags);
	dxgk_message_count_sync(vm->counts, command, size, ret);
	return ret;
}

static int dxgk_vm_post(struct dxgk_global *global,
			struct dxgk_adapter *adapter, const void *message,
			u32 size)
{
	const struct dxgk_vm *vm = global->platform;
	u32 command = dxgk_message_command(message, global->version);
	int ret;

	ret = dxgk_channel_post(dxgk_vm_channel(global, adapter), message,
				size);
	dxgk_message_count_async(vm->counts, command, size, ret);
	return ret;
}

static int dxgk_vm_ask(struct dxgk_global *global, struct dxgk_adapter *adapter,
		       const void *message, u32 size, u32 reply_size,
		       dxgk_answered *answered, void *context)
{
	const struct dxgk_vm *vm = global->platform;
	u32 command = dxgk_message_command(message, global->version);
	int ret;

	ret = dxgk_channel_ask(dxgk_vm_channel(global, adapter), message, size,
			       reply_size, answered, context);
	dxgk_message_count_async(vm->counts, command, size, ret);
	return ret;
}

static const struct dxgk_transport_ops dxgk_vm_transport_ops = {
	.request = dxgk_vm_request,
	.post = dxgk_vm_post,
	.ask = dxgk_vm_ask,
};

struct dxgk_vm *dxgk_vm_create(struct hv_device *device)
{
	struct dxgk_vm *vm;
	int ret;

	vm = kzalloc(sizeof(*vm), GFP_KERNEL);
	if (!vm)
		return ERR_PTR(-ENOMEM);
	kref_init(&vm->ref);
	mutex_init(&vm->share_lock);
	INIT_LIST_HEAD(&vm->shared);
	vm->device = device;
	vm->counts = alloc_percpu(struct dxgk_message_counts);
	if (!vm->counts) {
		ret = -ENOMEM;
		goto err_free;
	}
	vm->global = dxgk_global_create(&dxgk_vm_transport_ops, vm);
	if (IS_ERR(vm->global)) {
		ret = PTR_ERR(vm->global);
		goto err_counts;
	}
	return vm;

err_counts:
	free_percpu(vm->counts);
err_free:
	kfree(vm);
	return ERR_PTR(ret);
}

static void dxgk_vm_release(struct kref *ref)
{
	struct dxgk_vm *vm = container_of(ref, struct dxgk_vm, ref);

	dxgk_global_put(vm->global);
	free_percpu(vm->counts);
	mutex_destroy(&vm->share_lock);
	kfree(vm);
}

void dxgk_vm_get(struct dxgk_vm *vm)
{
	kref_get(&vm->ref);
}

void dxgk_vm_put(struct dxgk_vm *vm)
{
	kref_put(&vm->ref, dxgk_vm_release);
}

static void dxgk_vm_free_io_space(struct dxgk_vm *vm)
{
	if (vm->io_space)
		vmbus_free_mmio(vm->io_space->start,
				resource_size(vm->io_space));
	vm->io_space = NULL;
}

static int dxgk_vm_allocate_io_space(struct dxgk_vm *vm)
{
	u64 megabytes = vm->device->channel->offermsg.offer.mmio_megabytes;

	if (!megabytes)
		return -ENODEV;
	return vmbus_allocate_mmio(&vm->io_space, vm->device, 0, -1,
				   megabytes * SZ_1M, SZ_64K, false);
}

static void dxgk_vm_set_channel(struct dxgk_vm *vm,
				struct dxgk_channel *channel)
{
	mutex_lock(&vm->share_lock);
	vm->channel = channel;
	mutex_unlock(&vm->share_lock);
}

static void dxgk_vm_close_channel(struct dxgk_vm *vm)
{
	struct dxgk_channel *channel = vm->channel;

	dxgk_vm_set_channel(vm, NULL);
	dxgk_pinned_unshare_all(vm);
	dxgk_channel_close(channel);
}

int dxgk_vm_start(struct dxgk_vm *vm)
{
	struct dxgk_channel *channel;
	int ret;

	if (vm->channel)
		return 0;
	channel = dxgk_channel_open(vm->device, vm->global);
	if (IS_ERR(channel))
		return PTR_ERR(channel);
	dxgk_channel_bind(channel, vm->global, NULL);
	dxgk_vm_set_channel(vm, channel);
	ret = dxgk_vm_allocate_io_space(vm);
	if (ret)
		goto err_channel;
	ret = dxgk_global_start(vm->global, vm->io_space->start,
				resource_size(vm->io_space));
	if (ret)
		goto err_io_space;
	return 0;

err_io_space:
	dxgk_vm_free_io_space(vm);
err_channel:
	dxgk_vm_close_channel(vm);
	return ret;
}

void dxgk_vm_stop(struct dxgk_vm *vm)
{
	if (!vm->channel)
		return;
	dxgk_node_remove(vm);
	dxgk_global_stop(vm->global);
	dxgk_vm_close_channel(vm);
	dxgk_vm_free_io_space(vm);
}
