/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* Virtual GPUs: how they come, agree with the host on a version, and go. */

#include <linux/err.h>
#include <linux/errno.h>
#include <linux/slab.h>

#include "dxgkrnl.h"
#include "message.h"
#include "platform.h"
#include "trace.h"

/* Bit of the flags in GETINTERNALADAPTERINFO's reply. */
#define DXGK_ADAPTER_ASYNC_MESSAGES	(1u << 6)

static void dxgk_adapter_release(struct kref *ref)
{
	struct dxgk_adapter *adapter =
		container_of(ref, struct dxgk_adapter, ref);

	dxgk_global_put(adapter->global);
	/* Handles are looked up without a lock. */
	kfree_rcu(adapter, rcu);
}

void dxgk_adapter_get(struct dxgk_adapter *adapter)
{
	kref_get(&adapter->ref);
}

void dxgk_adapter_put(struct dxgk_adapter *adapter)
{
	kref_put(&adapter->ref, dxgk_adapter_release);
}

bool dxgk_adapter_is_active(const struct dxgk_adapter *adapter)
{
	/* What was learnt before it became active is to be seen as well. */
	return smp_load_acquire(&adapter->state) == DXGK_ACTIVE;
}

int dxgk_adapter_result(const struct dxgk_adapter *adapter, int ret)
{
	return ret < 0 && !dxgk_adapter_is_active(adapter) ? -ENODEV : ret;
}

static int dxgk_adapter_read_luid(struct dxgk_adapter *adapter, u32 offset,
				  struct dxgk_wire_luid *ret_luid)
{
	struct dxgk_wire_luid luid;
	int ret;

	ret = dxgk_platform_config_read(adapter, offset, &luid.low);
	if (!ret)
		ret = dxgk_platform_config_read(adapter, offset + 4,
						&luid.high);
	if (!ret)
		*ret_luid = luid;
	return ret;
}

/* Every function is told, though one would do: none is the first for ever. */
static int dxgk_adapter_negotiate(struct dxgk_adapter *adapter)
{
	struct dxgk_global *global = adapter->global;
	u32 version = 0;
	u32 caps = 0;
	int ret;

	ret = dxgk_platform_config_write(adapter, DXGK_PCI_GUEST_CAPS,
					 DXGK_PCI_GUEST_CAP_WSL2);
	if (ret)
		return ret;
	ret = dxgk_platform_config_read(adapter, DXGK_PCI_VERSION, &version);
	if (ret || !version)
		version = DXGK_WIRE_VERSION_OLD;
	adapter->version = min(version, DXGK_WIRE_VERSION);
	if (version >= DXGK_WIRE_VERSION) {
		ret = dxgk_platform_config_write(adapter, DXGK_PCI_VERSION,
						 DXGK_WIRE_VERSION);
		if (ret)
			return ret;
		if (dxgk_platform_config_read(adapter, DXGK_PCI_HOST_CAPS,
					      &caps))
			caps = 0;
		ret = dxgk_adapter_read_luid(adapter, DXGK_PCI_VGPU_LUID,
					     &adapter->vgpu_luid);
		if (ret)
			return ret;
	}
	adapter->map_guest = caps & DXGK_PCI_HOST_CAP_MAP_GUEST;
	/* The global channel speaks what the first function has settled. */
	if (!global->version)
		global->version = adapter->version;
	return 0;
}

struct dxgk_adapter *dxgk_adapter_add(struct dxgk_global *global,
				      bool compute_only, void *platform)
{
	struct dxgk_adapter *adapter;
	int ret;

	adapter = kzalloc(sizeof(*adapter), GFP_KERNEL);
	if (!adapter)
		return ERR_PTR(-ENOMEM);
	kref_init(&adapter->ref);
	init_rwsem(&adapter->core);
	dxgk_query_cache_init(&adapter->queries);
	spin_lock_init(&adapter->pin_lock);
	INIT_LIST_HEAD(&adapter->pinned);
	dxgk_global_get(global);
	adapter->global = global;
	adapter->platform = platform;
	adapter->compute_only = compute_only;
	/* The first half of the channel's GUID is the adapter's LUID. */
	ret = dxgk_adapter_read_luid(adapter, DXGK_PCI_CHANNEL_GUID,
				     &adapter->luid);
	mutex_lock(&global->adapter_lock);
	if (!ret)
		ret = dxgk_adapter_negotiate(adapter);
	if (!ret)
		list_add_tail(&adapter->node, &global->adapters);
	mutex_unlock(&global->adapter_lock);
	if (ret) {
		dxgk_adapter_put(adapter);
		return ERR_PTR(ret);
	}
	return adapter;
}

static int dxgk_adapter_send_open(struct dxgk_adapter *adapter)
{
	const struct dxgk_wire_openadapter_reply *reply;
	struct dxgk_wire_openadapter *request;
	struct dxgk_message message;
	int ret;

	ret = dxgk_message_init(&message, NULL, adapter, DXGK_CMD_OPENADAPTER,
				sizeof(*request), sizeof(*reply));
	if (ret)
		goto out;
	dxgk_message_any_state(&message);
	request = message.request;
	request->vmbus_interface_version = adapter->version;
	request->vmbus_last_compatible_interface_version =
		DXGK_WIRE_VERSION_OLDEST;
	request->guest_adapter_luid = adapter->luid;
	ret = dxgk_message_send(&message);
	if (ret)
		goto out;
	reply = message.reply;
	ret = dxgk_status_to_errno(reply->status);
	adapter->host_handle = reply->host_adapter_handle;
out:
	dxgk_message_end(&message);
	return ret < 0 ? ret : 0;
}

static int dxgk_adapter_send_info(struct dxgk_adapter *adapter)
{
	const struct dxgk_wire_getinternaladapterinfo_reply *reply;
	bool is_new = adapter->version >= DXGK_WIRE_VERSION;
	struct dxgk_message message;
	int ret;

	ret = dxgk_message_init(&message, NULL, adapter,
				DXGK_CMD_GETINTERNALADAPTERINFO,
				sizeof(struct dxgk_wire_getinternaladapterinfo),
				sizeof(*reply));
	if (ret)
		goto out;
	dxgk_message_any_state(&message);
	if (!is_new)
		message.reply_least = sizeof(*reply) -
				      sizeof(reply->host_vgpu_luid);
	ret = dxgk_message_send(&message);
	if (ret)
		goto out;
	reply = message.reply;
	adapter->host_luid = reply->host_adapter_luid;
	dxgk_identity_read(&adapter->identity, reply);
	if (is_new) {
		adapter->vgpu_luid = reply->host_vgpu_luid;
		/* Without the extended header nobody could route them. */
		adapter->async = reply->flags & DXGK_ADAPTER_ASYNC_MESSAGES;
	}
out:
	dxgk_message_end(&message);
	return ret;
}

void dxgk_adapter_send_close(struct dxgk_adapter *adapter)
{
	struct dxgk_wire_closeadapter *request;
	struct dxgk_message message;
	int ret;

	ret = dxgk_message_init(&message, NULL, adapter, DXGK_CMD_CLOSEADAPTER,
				sizeof(*request), 0);
	if (!ret) {
		dxgk_message_any_state(&message);
		dxgk_message_unkillable(&message);
		request = message.request;
		request->host_adapter_handle = adapter->host_handle;
		dxgk_message_send(&message);
	}
	dxgk_message_end(&message);
}

static void dxgk_adapter_set_state(struct dxgk_adapter *adapter,
				   enum dxgk_state state)
{
	down_write(&adapter->core);
	/* Who sees it without the lock sees what came before it too. */
	smp_store_release(&adapter->state, state);
	up_write(&adapter->core);
}

int dxgk_adapter_start(struct dxgk_adapter *adapter)
{
	int ret;

	ret = dxgk_adapter_send_open(adapter);
	if (!ret) {
		ret = dxgk_adapter_send_info(adapter);
		if (ret)
			dxgk_adapter_send_close(adapter);
	}
	dxgk_adapter_set_state(adapter, ret ? DXGK_STOPPED : DXGK_ACTIVE);
	if (!ret)
		trace_dxgk_adapter_arrival(adapter);
	return ret;
}

bool dxgk_adapter_stop(struct dxgk_adapter *adapter)
{
	struct dxgk_global *global = adapter->global;
	bool was_active;

	mutex_lock(&global->adapter_lock);
	list_del(&adapter->node);
	mutex_unlock(&global->adapter_lock);

	down_write(&adapter->core);
	was_active = adapter->state == DXGK_ACTIVE;
	WRITE_ONCE(adapter->state, DXGK_STOPPED);
	up_write(&adapter->core);
	return was_active;
}

struct dxgk_adapter *dxgk_adapter_find(struct dxgk_global *global,
				       struct dxgk_wire_luid luid)
{
	struct dxgk_adapter *adapter, *found = NULL;

	mutex_lock(&global->adapter_lock);
	list_for_each_entry(adapter, &global->adapters, node) {
		if (adapter->luid.low == luid.low &&
		    adapter->luid.high == luid.high &&
		    dxgk_adapter_is_active(adapter)) {
			dxgk_adapter_get(adapter);
			found = adapter;
			break;
		}
	}
	mutex_unlock(&global->adapter_lock);
	return found;
}
