/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* The driver's objects, who owns which, and what each file offers. */
#ifndef DXGKRNL_H
#define DXGKRNL_H

#include <linux/atomic.h>
#include <linux/completion.h>
#include <linux/kref.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/pid.h>
#include <linux/rcupdate.h>
#include <linux/rwsem.h>
#include <linux/spinlock.h>
#include <linux/types.h>
#include <linux/wait.h>
#include <linux/xarray.h>

#include "handle-table.h"
#include "identity.h"
#include "query-cache.h"
#include "transport.h"
#include "wire.h"

/*
 * Who owns whom
 *
 *   global ── adapter                      (one a virtual GPU)
 *      └───── process ── device ── context ── hardware queue ── fence
 *                 │         ├───── paging queue ── fence
 *                 │         ├───── resource ── allocation
 *                 │         ├───── allocation
 *                 │         └───── sync object (monitored)
 *                 ├───── sync object (others)
 *                 └───── adapter handle
 *
 * Sync objects and resources that are shared point to what they share
 * (share.h), and so do the files behind descriptors, which belong to no process
 * and keep the module. An adapter keeps the global.
 *
 * An object is reachable through the process's handle table and through its
 * owner's list. Who takes it out of the table has won the right to destroy it:
 * that one sends the message. A reference keeps the memory, not the object: a
 * holder has to expect -ENODEV or an answer of the host that the handle is
 * unknown. References go upwards (a context holds its device, a device its
 * adapter and its process), never downwards.
 *
 * Lock order, outer first; nobody skips back:
 *
 *   1. dxgk_global.process_lock	list of processes; no message is sent under it
 *   2. dxgk_global.adapter_lock	list of adapters; no message is sent under it
 *   3. dxgk_process.start_lock	the host's half of the process
 *   4. dxgk_process.device_lock	list of devices
 *   5. dxgk_device.lock	lists of a device's objects, and that it is dead
 *   6. dxgk_allocation.lock	CPU mapping of an allocation
 *   7. dxgk_shared.lock	files that keep a shared object
 *   8. the mmap lock		taken by platform.h and by copies to the user
 *   9. dxgk_adapter.core	shared while a message to the adapter is under way
 *  10. dxgk_global.core	the same for the global channel
 *  11. xa_lock of any table, dxgk_process.wait_lock, dxgk_process.engine_lock,
 *	dxgk_query_cache.lock, dxgk_adapter.pin_lock: nothing sleeps
 *
 * Of 1 to 7 only 3, 6 and 7 are held while a message is under way, and no copy
 * from or to user memory is made under any of them.
 */

struct dxgk_mapping;
struct dxgk_pinned;
struct dxgk_resource;
struct dxgk_shared;

enum dxgk_state {
	DXGK_WAITING,		/* not yet announced to the host */
	DXGK_ACTIVE,
	DXGK_STOPPED,		/* for good */
};

/**
 * struct dxgk_global - one virtual machine's connection to its host
 * @ref: the home's, and one from each adapter: what others keep of an adapter may
 *	still ask, and be told -ENODEV, when the home has let go
 * @transport: set for good by dxgk_global_create()
 * @platform: the home's own
 * @core: held shared while a message is on the global channel; exclusively to
 *	change @state
 * @version: interface version, 0 before the first adapter has been looked at
 * @io_start: guest physical base of the IO space
 * @events: host events by id; irq-safe
 * @devices: by the cookie that the host knows them by; irq-safe
 */
struct dxgk_global {
	struct kref ref;
	const struct dxgk_transport_ops *transport;
	void *platform;

	struct rw_semaphore core;
	enum dxgk_state state;
	u32 version;
	u64 io_start;
	u64 io_size;

	struct mutex adapter_lock;
	struct list_head adapters;
	struct mutex process_lock;
	struct list_head processes;

	struct xarray events;
	atomic64_t next_event;
	struct xarray devices;
	u32 next_device;
};

/**
 * struct dxgk_adapter - a virtual GPU
 * @node: in dxgk_global.adapters
 * @core: held shared while a message to the adapter is under way; exclusively
 *	to change @state
 * @luid: by which user space knows it
 * @vgpu_luid: routes messages
 * @host_luid: by which the host's statistics know it
 * @host_handle: replaces user space's handles in messages
 * @map_guest: the host takes page frame numbers
 * @pin_lock: guards @gone, @pinned, and each allocation's pages
 * @gone: the host has closed it, or has gone itself: it uses no memory of ours
 * @pinned: allocations with pages of their process that the host may be using
 * @async: everything goes over the global channel, submissions one-way
 * @identity: the GPU behind it; known once it is active
 * @queries: what has been asked about it and cannot change
 */
struct dxgk_adapter {
	struct kref ref;
	struct dxgk_global *global;
	void *platform;
	struct list_head node;

	struct rw_semaphore core;
	enum dxgk_state state;
	u32 version;
	bool compute_only;
	bool map_guest;
	bool async;
	u32 host_handle;
	struct dxgk_wire_luid luid;
	struct dxgk_wire_luid vgpu_luid;
	struct dxgk_wire_luid host_luid;
	struct dxgk_identity identity;
	struct dxgk_query_cache queries;

	spinlock_t pin_lock;
	bool gone;
	struct list_head pinned;
	struct rcu_head rcu;
};

/**
 * struct dxgk_process - what one program in one thread group has opened
 * @id: its number, for people; no two ever have the same
 * @ref: one while a file is open, one a device or sync object, one of each of
 *	@engine_times, which may be waiting for an answer still
 * @files: open files; the last one's close tears everything down. Guarded by
 *	dxgk_global.process_lock
 * @pid: the thread group; compared by address, so a recycled number is not it
 * @mm: its address space, compared in the same way: a program that it executes is
 *	another process, as it may have more rights than the one before, whose work
 *	the GPU may not have finished. NULL in user space
 * @host_handle: 0 until the host knows the process
 * @objects: everything the host gave a handle to
 * @adapter_handles: handle index to struct dxgk_adapter, a reference each
 * @devices: guarded by @device_lock
 * @unconfirmed: allocations whose destruction the host has not confirmed; their
 *	pages stay pinned. Guarded by @device_lock
 * @waits: CPU waits cut short by a signal, to be resumed by the same thread; the
 *	latest first. Guarded, as @parked, their number, by @wait_lock
 * @engine_times: its time on the engines of adapters, as far as anybody has wanted to
 *	know. Changed with @device_lock and @engine_lock held
 * @engine_wait: woken when the host has told
 */
struct dxgk_process {
	struct kref ref;
	u64 id;
	struct dxgk_global *global;
	struct list_head node;
	unsigned int files;
	struct pid *pid;
	struct mm_struct *mm;

	struct mutex start_lock;
	u32 host_handle;

	struct dxgk_handle_table objects;

	struct xarray adapter_handles;
	u32 next_adapter_handle;

	struct mutex device_lock;
	struct list_head devices;
	struct list_head unconfirmed;

	spinlock_t wait_lock;
	struct list_head waits;
	u32 parked;

	spinlock_t engine_lock;
	struct list_head engine_times;
	wait_queue_head_t engine_wait;
};

/* One open descriptor. */
struct dxgk_file {
	struct dxgk_process *process;
};

/**
 * struct dxgk_device - a device and the lists of what belongs to it
 * @node: in dxgk_process.devices
 * @lock: guards the lists and @dead; after that nothing is added
 * @cookie: what the host says when the execution state changes
 * @changes: counts these messages
 * @known_state: what the host has last told, and above it @changes from before
 *	it was asked: see device-state.c
 */
struct dxgk_device {
	struct dxgk_object base;
	struct dxgk_process *process;
	struct dxgk_adapter *adapter;
	struct list_head node;

	struct mutex lock;
	bool dead;
	struct list_head resources;
	struct list_head allocations;
	struct list_head contexts;
	struct list_head paging_queues;
	struct list_head syncs;

	u32 cookie;
	atomic_t changes;
	atomic64_t known_state;
};

/* @hw_queues and @dead (nothing is added any more): the device's lock. */
struct dxgk_context {
	struct dxgk_object base;
	struct dxgk_device *device;
	struct list_head node;
	struct list_head hw_queues;
	bool dead;
};

/* @fence is the queue's progress fence, which has a handle of its own. */
struct dxgk_hw_queue {
	struct dxgk_object base;
	struct dxgk_context *context;
	struct list_head node;
	struct dxgk_sync *fence;
};

struct dxgk_paging_queue {
	struct dxgk_object base;
	struct dxgk_device *device;
	struct list_head node;
	struct dxgk_sync *fence;
};

/**
 * struct dxgk_sync - a synchronisation object
 * @device: NULL for those that belong to the process (@process)
 * @node: in dxgk_device.syncs; unused for the others
 * @shared: what it has in common with others, NULL if it is not for sharing
 * @lock: keeps @mapping while the fence's value is read
 * @mapping: page of the fence value, NULL if there is none
 * @offset: of the value in that page
 * @event: host event of a CPU notification, or 0
 * @of_queue: progress fence: cannot be destroyed alone
 */
struct dxgk_sync {
	struct dxgk_object base;
	struct dxgk_process *process;
	struct dxgk_adapter *adapter;
	struct dxgk_device *device;
	struct list_head node;
	u32 type;
	u32 flags;
	struct dxgk_shared *shared;
	spinlock_t lock;
	struct dxgk_mapping *mapping;
	u32 offset;
	u64 event;
	bool of_queue;
};

/**
 * struct dxgk_resource - allocations that are created and destroyed together
 * @allocations: guarded, as @kept_size, @sealed and @dead, by the device's lock
 * @shared: may be shared
 * @kept_size: bytes that are kept for openers, those of its allocations included
 * @sealed: set by the first to share it: nothing is added any more
 */
struct dxgk_resource {
	struct dxgk_object base;
	struct dxgk_device *device;
	struct list_head node;
	struct list_head allocations;
	bool shared;
	bool dead;
	u32 kept_size;
	struct dxgk_shared *sealed;
	u32 runtime_data_size;
	u32 private_data_size;
	void *runtime_data;
	void *private_data;
};

/**
 * struct dxgk_allocation - memory
 * @resource: whose part it is, or NULL
 * @node: in the resource's or the device's list
 * @claimed: about to be destroyed. Guarded by the device's lock
 * @size: bytes, as told by the host
 * @lock: guards the CPU mapping: @dead, @locks, @mapping
 * @sysmem: the caller's own memory, if it is made of that
 * @pinned: its pages, NULL once they have been let go
 * @pinned_node: in dxgk_adapter.pinned
 * @gpadl: they were given to the host as a buffer list
 * @private_data: driver data at creation, kept while it may be shared
 */
struct dxgk_allocation {
	struct dxgk_object base;
	struct dxgk_device *device;
	struct dxgk_resource *resource;
	struct list_head node;
	bool claimed;
	u64 size;
	bool cached;

	struct mutex lock;
	bool dead;
	u32 locks;
	struct dxgk_mapping *mapping;

	u64 sysmem;
	struct dxgk_pinned *pinned;
	struct list_head pinned_node;
	bool gpadl;

	void *private_data;
	u32 private_data_size;
};

/* global.c: bring-up in the order create, adapter_add, start, adapter_start */

/**
 * dxgk_global_create() - a connection to a host, not yet used
 * @ops: stays valid until dxgk_global_stop() has returned
 * @platform: the home's own, kept in dxgk_global.platform
 */
struct dxgk_global *dxgk_global_create(const struct dxgk_transport_ops *ops,
				       void *platform);
/* The global channel is open: announce the IO space. 0 or -errno. */
int dxgk_global_start(struct dxgk_global *global, u64 io_start, u64 io_size);
/* The global channel is going: every later message is refused (-ENODEV). */
void dxgk_global_stop(struct dxgk_global *global);
void dxgk_global_get(struct dxgk_global *global);
/* The home's own: no file is open and all adapters have been removed. */
void dxgk_global_put(struct dxgk_global *global);
bool dxgk_global_io_range(const struct dxgk_global *global, u64 address,
			  u64 size);

/* adapter.c */

/**
 * dxgk_adapter_add() - a virtual GPU's PCI function has come
 * @global: its virtual machine
 * @compute_only: from the PCI device id
 * @platform: the home's own, for dxgk_platform_config_read()
 *
 * Reads its identity and settles the interface version. Returns an ERR_PTR.
 */
struct dxgk_adapter *dxgk_adapter_add(struct dxgk_global *global,
				      bool compute_only, void *platform);
/* Its channel and the global one are open: open it. 0 or -errno. */
int dxgk_adapter_start(struct dxgk_adapter *adapter);
/* Nobody finds it, no message is under way any more. False: it never started. */
bool dxgk_adapter_stop(struct dxgk_adapter *adapter);
/* Tell the host that it is not used any more. */
void dxgk_adapter_send_close(struct dxgk_adapter *adapter);
struct dxgk_adapter *dxgk_adapter_find(struct dxgk_global *global,
				       struct dxgk_wire_luid luid);
bool dxgk_adapter_is_active(const struct dxgk_adapter *adapter);
/*
 * What a message about @adapter has come to that went over the global channel, which
 * stays when the adapter goes: the host may not have known its objects any more.
 */
int dxgk_adapter_result(const struct dxgk_adapter *adapter, int ret);
void dxgk_adapter_get(struct dxgk_adapter *adapter);
void dxgk_adapter_put(struct dxgk_adapter *adapter);

/* adapter-remove.c */

/**
 * dxgk_adapter_remove() - a virtual GPU is going or has gone
 * @adapter: from dxgk_adapter_add(); not to be used afterwards
 * @lost: the host has gone already: nothing can be said to it
 *
 * Waiters are released, later calls get -ENODEV. Mappings of the IO space are taken
 * from user space before the host closes it, pages of processes let go afterwards.
 * Returns when no message is under way any more.
 */
void dxgk_adapter_remove(struct dxgk_adapter *adapter, bool lost);

/* file.c: what a home calls for open, close and ioctl (ioctl.c) */

int dxgk_file_open(struct dxgk_global *global, struct dxgk_file **ret_file);
void dxgk_file_release(struct dxgk_file *file);
long dxgk_file_ioctl(struct dxgk_file *file, unsigned int request,
		     unsigned long arg);

/* process.c */
struct dxgk_process *dxgk_process_alloc(struct dxgk_global *global);
/**
 * dxgk_process_start() - make the host know the process, once
 * @process: the caller's
 *
 * Before the first message in its name: when it opens its first adapter, or asks for
 * statistics. All other messages are about what it has on an adapter.
 *
 * -EINTR the caller was killed, -ENODEV the host has gone, -ENOTRECOVERABLE it does
 * not want to; the next one to need it tries again.
 */
int dxgk_process_start(struct dxgk_process *process);
bool dxgk_process_is_current(const struct dxgk_process *process);
void dxgk_process_get(struct dxgk_process *process);
void dxgk_process_put(struct dxgk_process *process);

/* adapter-handle.c */
void dxgk_adapter_handles_close(struct dxgk_process *process);
struct dxgk_adapter *dxgk_adapter_lookup(struct dxgk_process *process,
					 u32 handle);
bool dxgk_adapter_in_use(struct dxgk_process *process,
			 struct dxgk_adapter *adapter);

/* device.c */
struct dxgk_device *dxgk_device_alloc(struct dxgk_process *process,
				      struct dxgk_adapter *adapter);
struct dxgk_device *dxgk_device_lookup(struct dxgk_process *process,
				       u32 handle);
void dxgk_device_get(struct dxgk_device *device);
void dxgk_device_put(struct dxgk_device *device);
/* Make a finished object visible, or -ENODEV when the device is going. */
int dxgk_device_add(struct dxgk_device *device, struct dxgk_object *object,
		    struct list_head *node, struct list_head *list);
/* Take it back: true for the one caller that then destroys it. */
bool dxgk_device_remove(struct dxgk_device *device, struct dxgk_object *object,
			struct list_head *node);
/* The same for a queue and its fence; @dead: that of the list's owner. */
int dxgk_device_add_queue(struct dxgk_device *device, struct dxgk_object *queue,
			  struct dxgk_object *fence, struct list_head *node,
			  struct list_head *list, const bool *dead);
bool dxgk_device_remove_queue(struct dxgk_device *device,
			      struct dxgk_object *queue,
			      struct dxgk_object *fence,
			      struct list_head *node);
void dxgk_device_state_changed(struct dxgk_global *global, u64 cookie);
/* device-create.c */
void dxgk_devices_destroy(struct dxgk_process *process);

/* device-state.c */
void dxgk_device_forget_state(struct dxgk_device *device);

/* context.c, context-create.c, hw-queue.c, paging-queue.c */
struct dxgk_context *dxgk_context_alloc(struct dxgk_device *device);
struct dxgk_context *dxgk_context_lookup(struct dxgk_process *process,
					 u32 handle);
void dxgk_context_put(struct dxgk_context *context);
void dxgk_context_hide_queues(struct dxgk_context *context);
void dxgk_context_forget(struct dxgk_context *context);
struct dxgk_hw_queue *dxgk_hw_queue_lookup(struct dxgk_process *process,
					   u32 handle);
void dxgk_hw_queue_put(struct dxgk_hw_queue *queue);
void dxgk_hw_queue_forget(struct dxgk_hw_queue *queue);
struct dxgk_paging_queue *dxgk_paging_queue_lookup(struct dxgk_process *process,
						   u32 handle);
void dxgk_paging_queue_put(struct dxgk_paging_queue *queue);
void dxgk_paging_queue_forget(struct dxgk_paging_queue *queue);

/* allocation.c, destroy.c, lock.c */
struct dxgk_allocation *dxgk_allocation_lookup(struct dxgk_process *process,
					       u32 handle);
void dxgk_allocation_put(struct dxgk_allocation *allocation);
struct dxgk_resource *dxgk_resource_lookup(struct dxgk_process *process,
					   u32 handle);
void dxgk_resource_put(struct dxgk_resource *resource);
void dxgk_allocations_destroy(struct dxgk_device *device);
/* The host has let go all of that device, or of the process: NULL. */
void dxgk_allocations_confirm(struct dxgk_process *process,
			      const struct dxgk_device *device);
void dxgk_allocation_revoke(struct dxgk_allocation *allocation);
/* sysmem.c: only when the host has confirmed, or has gone */
void dxgk_allocation_unpin(struct dxgk_allocation *allocation);
bool dxgk_allocation_is_pinned(struct dxgk_allocation *allocation);
/* The adapter has gone: what is pinned for it now and whatever would be later. */
void dxgk_adapter_unpin(struct dxgk_adapter *adapter);
/* Unpin, or keep for later what the host may still be using. */
void dxgk_allocation_release_pages(struct dxgk_allocation *allocation,
				   int destroy_result);
int dxgk_allocation_send_destroy(struct dxgk_device *device, u32 resource,
				 const u32 *handles, u32 count, u32 flags);

/* sync.c */
struct dxgk_sync *dxgk_sync_lookup(struct dxgk_process *process, u32 handle);
void dxgk_sync_get(struct dxgk_sync *sync);
void dxgk_sync_put(struct dxgk_sync *sync);
void dxgk_sync_forget(struct dxgk_sync *sync);
int dxgk_sync_check_flags(u32 type, u32 flags);
/* Make what the host has made visible, or take it back there. */
int dxgk_sync_publish(struct dxgk_sync *sync);
int dxgk_sync_send_destroy(struct dxgk_sync *sync, u32 handle);
struct dxgk_sync *dxgk_sync_alloc(struct dxgk_process *process,
				  struct dxgk_adapter *adapter,
				  struct dxgk_device *device, u32 type,
				  u32 flags);
/* The progress fence of a queue. */
struct dxgk_sync *dxgk_sync_alloc_fence(struct dxgk_device *device);
int dxgk_sync_map(struct dxgk_sync *sync, u64 address, u64 offset);
u64 dxgk_sync_user_address(const struct dxgk_sync *sync);
void dxgk_sync_unmap(struct dxgk_sync *sync);
void dxgk_syncs_forget(struct dxgk_process *process);
/* Whether the fence's value is known here; if so, what it is. */
bool dxgk_sync_value(struct dxgk_sync *sync, u64 *ret_value);
bool dxgk_sync_is_fence(const struct dxgk_sync *sync);
/* Whether work of that adapter may wait for it and signal it. */
bool dxgk_sync_is_usable_on(const struct dxgk_sync *sync,
			    const struct dxgk_adapter *adapter);

#endif /* DXGKRNL_H */
