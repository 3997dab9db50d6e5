/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* Adapter handles: made here, and the calls that list, open and close. */

#include <linux/errno.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#include "dxgkrnl.h"
#include "ioctl.h"

/*
 * Our handles take the upper half of the index range and the host's, which are
 * small, the lower: one ioctl takes either. Indices are given out in a circle, so
 * that a stale handle is an unknown one for a long time.
 */
#define DXGK_ADAPTER_INDEX_MIN	0x800000u
#define DXGK_ADAPTER_INDEX_MAX	0xfffffeu
#define DXGK_ADAPTER_UNIQUE	(1u << 30)

#define DXGK_ENUMADAPTERS3_MAX	65535u

static u32 dxgk_adapter_handle_make(u32 index)
{
	return DXGK_ADAPTER_UNIQUE | index << 6;
}

static bool dxgk_adapter_handle_index(u32 handle, u32 *ret_index)
{
	u32 index = handle >> 6 & 0xffffff;

	*ret_index = index;
	return handle == dxgk_adapter_handle_make(index);
}

static int dxgk_adapter_handle_open(struct dxgk_process *process,
				    struct dxgk_adapter *adapter,
				    u32 *ret_handle)
{
	u32 index;
	int ret;

	ret = dxgk_process_start(process);
	if (ret)
		return ret;
	dxgk_adapter_get(adapter);
	ret = xa_alloc_cyclic(&process->adapter_handles, &index, adapter,
			      XA_LIMIT(DXGK_ADAPTER_INDEX_MIN,
				       DXGK_ADAPTER_INDEX_MAX),
			      &process->next_adapter_handle, GFP_KERNEL);
	if (ret < 0) {
		dxgk_adapter_put(adapter);
		return -ENOMEM;
	}
	*ret_handle = dxgk_adapter_handle_make(index);
	return 0;
}

static int dxgk_adapter_handle_close(struct dxgk_process *process, u32 handle)
{
	struct dxgk_adapter *adapter;
	u32 index;

	if (!dxgk_adapter_handle_index(handle, &index))
		return -EINVAL;
	adapter = xa_erase(&process->adapter_handles, index);
	if (!adapter)
		return -EINVAL;
	dxgk_adapter_put(adapter);
	return 0;
}

void dxgk_adapter_handles_close(struct dxgk_process *process)
{
	struct dxgk_adapter *adapter;
	unsigned long index;

	xa_for_each(&process->adapter_handles, index, adapter) {
		xa_erase(&process->adapter_handles, index);
		dxgk_adapter_put(adapter);
	}
}

/* The adapter with a reference, or NULL. */
struct dxgk_adapter *dxgk_adapter_lookup(struct dxgk_process *process,
					 u32 handle)
{
	struct dxgk_adapter *adapter;
	u32 index;

	if (!dxgk_adapter_handle_index(handle, &index))
		return NULL;
	rcu_read_lock();
	adapter = xa_load(&process->adapter_handles, index);
	if (adapter && !kref_get_unless_zero(&adapter->ref))
		adapter = NULL;
	rcu_read_unlock();
	return adapter;
}

bool dxgk_adapter_in_use(struct dxgk_process *process,
			 struct dxgk_adapter *adapter)
{
	struct dxgk_device *device;
	struct dxgk_adapter *used;
	unsigned long index;
	bool found = false;

	rcu_read_lock();
	xa_for_each(&process->adapter_handles, index, used)
		found |= used == adapter;
	rcu_read_unlock();
	mutex_lock(&process->device_lock);
	list_for_each_entry(device, &process->devices, node)
		found |= device->adapter == adapter;
	mutex_unlock(&process->device_lock);
	return found;
}

int dxgk_ioctl_open_adapter(struct dxgk_process *process, void *data)
{
	struct d3dkmt_openadapterfromluid *args = data;
	struct dxgk_adapter *adapter;
	u32 handle;
	int ret;

	adapter = dxgk_adapter_find(process->global,
				    dxgk_luid_from_uapi(args->adapter_luid));
	if (!adapter)
		return -EINVAL;
	ret = dxgk_adapter_handle_open(process, adapter, &handle);
	if (!ret)
		args->adapter_handle.v = handle;
	dxgk_adapter_put(adapter);
	return ret;
}

/* 0 is no adapter, and closing it no error. */
int dxgk_ioctl_close_adapter(struct dxgk_process *process, void *data)
{
	const struct d3dkmt_closeadapter *args = data;

	if (!args->adapter_handle.v)
		return 0;
	return dxgk_adapter_handle_close(process, args->adapter_handle.v);
}

/* All that are active now and that the filter lets through, a reference each. */
static u32 dxgk_adapter_collect(struct dxgk_global *global, bool compute_only,
				struct dxgk_adapter **adapters, u32 room)
{
	struct dxgk_adapter *adapter;
	u32 count = 0;

	mutex_lock(&global->adapter_lock);
	list_for_each_entry(adapter, &global->adapters, node) {
		if (!dxgk_adapter_is_active(adapter) ||
		    (adapter->compute_only && !compute_only))
			continue;
		if (count < room) {
			dxgk_adapter_get(adapter);
			adapters[count] = adapter;
		}
		count++;
	}
	mutex_unlock(&global->adapter_lock);
	return count;
}

/* Opens all or none and writes the entries; closes again what it opened. */
static int dxgk_adapter_list(struct dxgk_process *process,
			     struct dxgk_adapter **adapters, u32 count,
			     struct d3dkmt_adapterinfo __user *user)
{
	struct d3dkmt_adapterinfo *entries;
	u32 done = 0;
	int ret = 0;
	u32 i;

	entries = kcalloc(max(count, 1u), sizeof(*entries), GFP_KERNEL);
	if (!entries)
		return -ENOMEM;
	for (; !ret && done < count; done++) {
		u32 handle = 0;

		ret = dxgk_adapter_handle_open(process, adapters[done],
					       &handle);
		if (ret)
			break;
		entries[done].adapter_handle.v = handle;
		entries[done].adapter_luid.a = adapters[done]->luid.low;
		entries[done].adapter_luid.b = adapters[done]->luid.high;
	}
	if (!ret && copy_to_user(user, entries, count * sizeof(*entries)))
		ret = -EFAULT;
	if (ret) {
		for (i = 0; i < done; i++)
			dxgk_adapter_handle_close(process,
						  entries[i].adapter_handle.v);
	}
	kfree(entries);
	return ret;
}

/*
 * @capacity entries at @user. NULL to ask how many there are at most, which
 * counts those that the filter would leave out.
 */
static int dxgk_adapter_enumerate(struct dxgk_process *process,
				  bool compute_only, u32 capacity,
				  struct d3dkmt_adapterinfo __user *user,
				  u32 *ret_count)
{
	struct dxgk_adapter *adapters[DXG_ADAPTERS_MAX];
	u32 count, found, i;
	int ret = 0;

	count = dxgk_adapter_collect(process->global, compute_only || !user,
				     adapters, user ? DXG_ADAPTERS_MAX : 0);
	found = user ? min_t(u32, count, DXG_ADAPTERS_MAX) : 0;
	if (user)
		ret = capacity < found ? -EOVERFLOW :
		      dxgk_adapter_list(process, adapters, found, user);
	for (i = 0; i < found; i++)
		dxgk_adapter_put(adapters[i]);
	*ret_count = user ? found : count;
	return ret;
}

int dxgk_ioctl_enum_adapters2(struct dxgk_process *process, void *data)
{
	struct d3dkmt_enumadapters2 *args = data;
	u32 count = args->num_adapters;
	int ret;

	if (args->adapters && count > DXG_ADAPTERS_MAX)
		return -EINVAL;
	ret = dxgk_adapter_enumerate(process, false, count,
				     u64_to_user_ptr(args->adapters), &count);
	if (!ret || ret == -EOVERFLOW)
		args->num_adapters = count;
	return ret;
}

int dxgk_ioctl_enum_adapters3(struct dxgk_process *process, void *data)
{
	struct d3dkmt_enumadapters3 *args = data;
	u64 filter = args->filter;
	u32 count = args->adapter_count;
	int ret;

	if (count > DXGK_ENUMADAPTERS3_MAX)
		return -EINVAL;
	ret = dxgk_adapter_enumerate(process, filter & DXG_ENUMADAPTERS_FILTER_INCLUDE_COMPUTE_ONLY,
				     count,
				     count ? u64_to_user_ptr(args->adapters) : NULL,
				     &count);
	if (!ret || ret == -EOVERFLOW)
		args->adapter_count = count;
	return ret;
}
