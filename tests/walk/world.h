/* SPDX-License-Identifier: MIT */
/* The model: what one walker has, and what it must be. */
#ifndef WALK_WORLD_H
#define WALK_WORLD_H

#include "walk.h"

#define WALK_PAGE	4096u
#define WALK_NONE	(~0u)

#define WALK_DEVICES		3
#define WALK_CONTEXTS		8
#define WALK_QUEUES		12
#define WALK_PAGINGS		6
#define WALK_ALLOCATIONS	18
#define WALK_RESOURCES		5
#define WALK_PARTS		3
#define WALK_FENCES		12
#define WALK_OLDER		4
#define WALK_DESCRIPTORS	5
#define WALK_RANGES		4
#define WALK_MAPS		2
#define WALK_EVENTS		6
#define WALK_STALE		64
#define WALK_PENDING_WORKS	48

/* Command buffers of a device: slots of fixed size, and one that does nothing. */
#define WALK_SLOTS		32
#define WALK_SLOT_BYTES		512u

/* Handles come round after some 128 thousand creations of all threads. */
#define WALK_STALE_LIFE		40000u

/**
 * struct walk_value - the value that all handles of a monitored fence show
 * @refs: handles, descriptors, works
 * @lo: it is this at least
 * @hi: and this at most; the same when nothing is under way
 * @doubtful: a signal was dropped, perhaps: @hi may never come
 */
struct walk_value {
	unsigned int refs;
	unsigned int id;
	uint64_t lo, hi;
	bool doubtful;
};

enum walk_doubt {
	WALK_KNOWN,
	WALK_DROPPED,		/* work was dropped: look what is there now */
	WALK_WILD,		/* and may still be writing */
};

/**
 * struct walk_memory - bytes that allocations show
 * @queue: id of the last queue that was given work with it, 0: none
 * @seq: of that work
 * @loose: that queue has gone, and others that it waited for may still write
 * @shared: there has been another allocation with it, or a descriptor
 * @doubt: whether the model's bytes are those that are there
 */
struct walk_memory {
	unsigned int refs;
	unsigned int id;
	uint64_t size;
	uint8_t *bytes;
	unsigned int queue;
	uint64_t seq;
	bool loose;
	bool shared;
	enum walk_doubt doubt;
};

/* A signal or a wait in a queue. @stamp: works of all queues, in order. */
struct walk_pending {
	struct walk_value *value;
	uint64_t target;
	uint64_t seq;
	uint64_t stamp;
	bool is_wait;
};

/**
 * struct walk_queue - a context or a hardware queue
 * @fence: progress, or a fence kept for this alone: work n is done at value n
 * @seq: last work queued
 * @covered: @fence will get there by what is queued
 * @done: known to be finished
 */
struct walk_queue {
	bool live, hardware, null, sync_only;
	unsigned int id;
	unsigned int device, context;
	D3DKMT_HANDLE handle;
	D3DKMT_HANDLE fence;
	const uint64_t *cpu;
	uint64_t gpu;
	uint64_t seq, covered, done;
	unsigned int pending_count;
	struct walk_pending pending[WALK_PENDING_WORKS];
};

struct walk_context {
	bool live, for_queues;
	unsigned int id;
	unsigned int device, node;
	D3DKMT_HANDLE handle;
	int priority, in_process;
};

/* @reached: paging operations known to be complete. */
struct walk_paging {
	bool live;
	unsigned int id;
	unsigned int device;
	D3DKMT_HANDLE handle, fence;
	const uint64_t *cpu;
	uint64_t reached, promised;
};

struct walk_device {
	bool live, lost;
	unsigned int id;
	D3DKMT_HANDLE handle;
	int state;
	/* command buffers */
	D3DKMT_HANDLE commands;
	uint8_t *commands_cpu;
	uint64_t commands_gpu;
	unsigned int next_slot;
	unsigned int slot_queue[WALK_SLOTS];
	uint64_t slot_seq[WALK_SLOTS];
};

/* Usable from value @value of paging queue @paging on. */
struct walk_map {
	bool live, write;
	unsigned int range;		/* a reserved one, or WALK_NONE */
	uint64_t address;
	uint64_t offset, pages;
	unsigned int paging;
	uint64_t value;
};

struct walk_allocation {
	bool live, invisible, non_local, offered, may_decommit;
	bool anywhere;			/* opened: where is the creator's affair */
	bool unsure;			/* offered, or perhaps not any more */
	unsigned int id;
	unsigned int device;
	unsigned int resource;		/* or WALK_NONE */
	D3DKMT_HANDLE handle;
	struct walk_memory *memory;
	void *system;			/* the caller's own pages */
	unsigned int locks;
	uint8_t *cpu;
	unsigned int resident;
	bool lingers;			/* evicted, perhaps not really */
	unsigned int paging;		/* that made it resident */
	uint64_t paging_value;
	uint32_t priority;
	struct walk_map maps[WALK_MAPS];
};

struct walk_resource {
	bool live, may_share, sealed;
	unsigned int id;
	unsigned int device;
	D3DKMT_HANDLE handle;
};

struct walk_fence {
	bool live, no_signal, no_wait, shared;
	unsigned int id;
	unsigned int device;
	D3DKMT_HANDLE handle;
	const uint64_t *cpu;
	uint64_t gpu;
	struct walk_value *value;
};

/* Mutexes, semaphores, plain fences: they outlive their device. */
struct walk_older {
	bool live;
	unsigned int id;
	unsigned int type;
	uint64_t value;			/* of a plain fence */
	D3DKMT_HANDLE handle;
};

/* What a descriptor stands for: a value, or the memory of a resource. */
struct walk_descriptor {
	bool live;
	unsigned int id;
	int fd;
	struct walk_value *value;
	unsigned int parts;
	struct walk_memory *memory[WALK_PARTS];
	bool invisible[WALK_PARTS];
};

/* Reserved addresses; @used: something is mapped at the beginning. */
struct walk_range {
	bool live, zero, used;
	uint64_t address, size;
};

/* A wait with an event that has not been satisfied. */
struct walk_event {
	bool live;
	int fd;
	unsigned int device;
	struct walk_value *value;
	uint64_t target;
};

struct walk_stale {
	D3DKMT_HANDLE handle;
	uint64_t created;
};

/**
 * struct walk_world - everything one walker has
 * @async: submissions are not answered
 * @late: and are done while the caller goes on
 * @tight: there is little video memory
 * @patient: a queue that is destroyed is given all the time it needs
 * @alone: no other thread uses the process's objects
 */
struct walk_world {
	bool async, late, tight, patient, alone;
	unsigned int next_id;
	uint64_t stamp;
	D3DKMT_HANDLE adapter;
	LUID luid;
	unsigned int nodes;
	struct walk_device devices[WALK_DEVICES];
	struct walk_context contexts[WALK_CONTEXTS];
	struct walk_queue queues[WALK_QUEUES];
	struct walk_paging pagings[WALK_PAGINGS];
	struct walk_allocation allocations[WALK_ALLOCATIONS];
	struct walk_resource resources[WALK_RESOURCES];
	struct walk_fence fences[WALK_FENCES];
	struct walk_older older[WALK_OLDER];
	struct walk_descriptor descriptors[WALK_DESCRIPTORS];
	struct walk_range ranges[WALK_RANGES];
	struct walk_event events[WALK_EVENTS];
	unsigned int stale_next;
	struct walk_stale stale[WALK_STALE];
};

/* Creations of all threads since the device was opened. */
extern _Atomic uint64_t walk_created;

#define WALK_COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* A live, or an unused, entry of an array of the world: WALK_NONE if there is
 * none. All of them begin with "live". */
unsigned int walk_pick_entry(struct walk *w, const void *array, size_t count,
			     size_t size, bool live);
#define walk_pick(w, array) \
	walk_pick_entry((w), (array), WALK_COUNT(array), sizeof((array)[0]), true)
#define walk_room(w, array) \
	walk_pick_entry((w), (array), WALK_COUNT(array), sizeof((array)[0]), false)

/* A live device; one that is not lost. WALK_NONE if there is none. */
unsigned int walk_pick_device(struct walk *w);
unsigned int walk_pick_active(struct walk *w);
/* A queue of a device that is not lost. */
unsigned int walk_pick_queue(struct walk *w);
/* An allocation whose bytes are not offered. */
unsigned int walk_pick_allocation(struct walk *w);

/* world.c */
void walk_world_begin(struct walk *w);
void walk_world_free(struct walk *w);
unsigned int walk_id(struct walk *w);
void walk_made(struct walk *w, D3DKMT_HANDLE handle, const char *what);
void walk_went(struct walk *w, D3DKMT_HANDLE handle);
/* A handle that is not one of the wanted kind: 0, stale, unknown, other. */
enum walk_kind {
	WALK_IS_DEVICE, WALK_IS_CONTEXT, WALK_IS_HW_QUEUE, WALK_IS_PAGING,
	WALK_IS_ALLOCATION, WALK_IS_RESOURCE, WALK_IS_SYNC, WALK_IS_ADAPTER,
};
D3DKMT_HANDLE walk_bad_handle(struct walk *w, enum walk_kind wanted);

/* value.c: values of fences, and works that change them */
struct walk_value *walk_value_create(struct walk *w, uint64_t value);
void walk_value_get(struct walk_value *value);
void walk_value_put(struct walk_value *value);
void walk_value_set(struct walk_value *value, uint64_t exact);
bool walk_value_pending(struct walk *w, const struct walk_value *value);
/* Reads what a fence shows and compares. */
void walk_fence_check(struct walk *w, const struct walk_fence *fence);
/* Makes exact what a dropped work has left in doubt. */
void walk_value_settle(struct walk *w, struct walk_value *value);
/* A handle by which the CPU can signal the value, or WALK_NONE. */
unsigned int walk_value_signaller(struct walk *w, const struct walk_value *value);
/* Waits until @cpu, the memory of fence @handle, shows @target. */
void walk_wait(struct walk *w, D3DKMT_HANDLE device, D3DKMT_HANDLE handle,
	       const uint64_t *cpu, uint64_t target);
uint64_t walk_load(const uint64_t *cpu);

/* queue.c: what is queued, and how it is known to be done */
uint64_t walk_queued(struct walk_queue *queue);
void walk_queue_add(struct walk *w, struct walk_queue *queue,
		    struct walk_value *value, uint64_t target, bool is_wait);
bool walk_queue_full(const struct walk_queue *queue);
struct walk_queue *walk_queue_by_id(struct walk *w, unsigned int id);
/* Signals what waits are queued for and nobody has promised. */
void walk_pay(struct walk *w);
void walk_cover(struct walk *w, struct walk_queue *queue);
void walk_gpu_wait(struct walk *w, struct walk_queue *queue,
		   const D3DKMT_HANDLE *fences, const uint64_t *values,
		   unsigned int count, unsigned int allowed);
void walk_gpu_signal(struct walk *w, struct walk_queue *queue,
		     D3DKMT_HANDLE fence, uint64_t value, unsigned int allowed);
/* What a submission to a queue of this device answers. */
unsigned int walk_submission(const struct walk *w, unsigned int device);
void walk_finish(struct walk *w, struct walk_queue *queue, uint64_t seq);
void walk_finish_all(struct walk *w);
/* As above, with everything exact afterwards. */
void walk_settle(struct walk *w);
/* Does a wait elsewhere need this queue's signal, and nobody else can give it? */
bool walk_queue_is_needed(struct walk *w, const struct walk_queue *queue);
/* It has been, or is being, destroyed. What became of its work? */
void walk_queue_gone(struct walk *w, struct walk_queue *queue,
		     enum walk_doubt doubt);
/* Lets go who waits for the fence of a context's queue, and destroys it. */
void walk_tail_destroy(struct walk *w, struct walk_queue *queue);

/* memory.c */
struct walk_memory *walk_memory_create(struct walk *w, uint64_t size);
void walk_memory_put(struct walk_memory *memory);
/* The queue's work was dropped, and what was to come after it is in doubt. */
void walk_memory_drop(struct walk *w, const struct walk_queue *queue,
		      enum walk_doubt doubt);
/* Nothing goes on by itself any more. */
void walk_memory_tame(struct walk *w);
/* No work with it is under way afterwards. */
void walk_memory_idle(struct walk *w, struct walk_memory *memory);
/* Work that is given to the queue now finds the bytes of all work before. */
void walk_memory_order(struct walk *w, struct walk_memory *memory,
		       struct walk_queue *queue);
void walk_allocation_check(struct walk *w, struct walk_allocation *allocation);
void walk_allocation_gone(struct walk *w, struct walk_allocation *allocation);

/* device.c */
void walk_device_check(struct walk *w, struct walk_device *device);
void walk_device_lost(struct walk *w, struct walk_device *device, int state);
/* Before it goes, or may be lost: nothing is left in doubt for others. */
void walk_device_prepare(struct walk *w, unsigned int index);
/* What creating something on the device answers. */
unsigned int walk_creation(const struct walk *w, unsigned int device);
/* Where a walk has to repeat, what memory is free must not be a matter of time. */
void walk_quiet(struct walk *w);

/* residency.c */
unsigned int walk_paging_for(struct walk *w, unsigned int device);
/* By the CPU; or, with a queue, by what is queued there later. */
void walk_paging_wait(struct walk *w, unsigned int id, uint64_t value,
		      struct walk_queue *queue);
/* Its fence will come to @value. */
void walk_promise(struct walk_paging *paging, uint64_t value);
/* The queue's works may use the mapping that is returned; NULL: not now. */
struct walk_map *walk_usable(struct walk *w, struct walk_allocation *allocation,
			     struct walk_queue *queue, bool write);

/* gpuva.c */
struct walk_map *walk_map(struct walk *w, struct walk_allocation *allocation,
			  uint64_t offset, uint64_t pages, bool write);
/* A range with room for the pages that has nothing mapped, or WALK_NONE. */
unsigned int walk_pick_range(struct walk *w, uint64_t pages);
struct walk_map *walk_map_room(struct walk_allocation *allocation);
/* The allocation is going: what it had mapped is reserved again. */
void walk_maps_gone(struct walk *w, struct walk_allocation *allocation);

/* The actions, by word; each does nothing where it does not apply. */
void walk_adapter(struct walk *w);
void walk_device_create(struct walk *w);
void walk_device_destroy(struct walk *w);
void walk_device_state(struct walk *w);
void walk_device_lose(struct walk *w);
void walk_context_create(struct walk *w);
void walk_context_destroy(struct walk *w);
void walk_context_priority(struct walk *w);
void walk_hw_queue_create(struct walk *w);
void walk_hw_queue_destroy(struct walk *w);
void walk_allocation_create(struct walk *w);
void walk_allocation_destroy(struct walk *w);
void walk_allocation_priority(struct walk *w);
void walk_allocation_lock(struct walk *w);
void walk_allocation_unlock(struct walk *w);
void walk_allocation_write(struct walk *w);
void walk_allocation_read(struct walk *w);
void walk_resource_destroy(struct walk *w);
void walk_paging_create(struct walk *w);
void walk_paging_destroy(struct walk *w);
void walk_residency_make(struct walk *w);
void walk_residency_evict(struct walk *w);
void walk_residency_query(struct walk *w);
void walk_offer(struct walk *w);
void walk_reclaim(struct walk *w);
void walk_gpuva_map(struct walk *w);
void walk_gpuva_free(struct walk *w);
void walk_gpuva_reserve(struct walk *w);
void walk_gpuva_unreserve(struct walk *w);
void walk_fence_create(struct walk *w);
void walk_fence_destroy(struct walk *w);
void walk_fence_signal(struct walk *w);
void walk_fence_rewind(struct walk *w);
void walk_fence_wait(struct walk *w);
void walk_fence_event(struct walk *w);
void walk_fence_look(struct walk *w);
void walk_queue_signal(struct walk *w);
void walk_queue_wait(struct walk *w);
void walk_queue_event(struct walk *w);
void walk_older_create(struct walk *w);
void walk_older_destroy(struct walk *w);
void walk_older_use(struct walk *w);
void walk_update_addresses(struct walk *w);
void walk_update_for_nothing(struct walk *w);
void walk_update_property(struct walk *w);
void walk_submit(struct walk *w);
void walk_submit_broadcast(struct walk *w);
void walk_submit_fence_write(struct walk *w);
void walk_share(struct walk *w);
void walk_open(struct walk *w);
void walk_descriptor_close(struct walk *w);
void walk_query(struct walk *w);
void walk_spoil(struct walk *w);

/* events.c: waits that are not satisfied yet */
void walk_events_look(struct walk *w);
void walk_events_drop_device(struct walk *w, unsigned int device);

/* round.c */
void walk_step(struct walk *w);
void walk_destroy_all(struct walk *w);

#endif
