/* SPDX-License-Identifier: MIT */
/* The steps that test-fail-nth.c sweeps, and the world in which they are done. */
#ifndef FAIL_NTH_H
#define FAIL_NTH_H

#include "lib/t.h"

#include <dxg/uapi.h>

#define NTH_BYTES 0x10000u
#define NTH_MANY 128		/* handles that need a message with memory */
#define NTH_ARGS_SIZE 1024

/* What arguments point to; filled anew by each prepare(). */
struct nth_data {
	uint32_t handles[NTH_MANY];
	uint32_t more_handles[64];
	uint64_t values[64];
	uint32_t words[64];
	unsigned char bytes[4096];
	struct dxghost_allocation_data allocation[2];
	struct d3dddi_allocationinfo2 info[NTH_MANY];
	struct d3dddi_openallocationinfo2 open_info[2];
	struct d3dkmt_createstandardallocation standard;
	struct d3dddi_updategpuvirtualaddress_operation operation;
	struct d3dkmt_adapterinfo adapters[64];
	uint64_t nt_handle;
};

struct nth_memory {
	uint32_t allocation;
	uint64_t gpu;		/* mapped there */
	uint64_t *cpu;		/* locked */
};

struct nth_fence {
	uint32_t handle;
	const uint64_t *cpu;
};

/* How driver and host talk to one another. */
enum nth_mode { NTH_ASYNC, NTH_SYNC, NTH_OLD, NTH_MODES };

enum nth_fault {
	NTH_NO_MEMORY,	/* the n-th allocation of the driver fails */
	NTH_LOST,	/* the n-th message */
	NTH_KILLED,	/* the n-th sender, while it waits */
	NTH_GONE,	/* the host, before the n-th message */
	NTH_SOFT_FAULTS,
	/* the n-th allocation or copy that the kernel makes in the call */
	NTH_KERNEL = NTH_SOFT_FAULTS,
	NTH_FAULTS
};

/*
 * The driver's home: the way to it, the host behind it, what can be made to fail.
 * Each program has one of them.
 * @blocks: pieces of memory that the driver has; 0 where nobody counts them
 * @disarm: true if it has come to the fault, which does not happen any more
 */
struct nth_home {
	int (*open)(void);
	int (*ioctl)(int fd, unsigned long request, void *args);
	int (*close)(int fd);
	int (*set_profile)(const char *text);
	int (*objects)(struct dxg_soft_object_counts *ret_counts);
	t_message_stats *message_stats;
	uint64_t (*blocks)(void);
	void (*arm)(enum nth_fault fault, uint64_t nth);
	bool (*disarm)(enum nth_fault fault);
};

/* It, or the test is skipped: fail-nth-soft.c, fail-nth-node.c */
const struct nth_home *nth_home_or_skip(void);
/* fail-nth-node.c: why there is none, or NULL; makes the kernel ready. */
const char *nth_node_unfit(void);

/*
 * One machine, opened by the test itself: libdxg would repeat what answers
 * EINTR, and keep the device open. All that the steps need is there before.
 */
struct nth_world {
	const struct nth_home *home;
	int fd;
	uint32_t adapter;
	struct winluid luid;
	uint32_t device;
	uint32_t context;
	uint32_t hw_context;
	uint32_t hw_queue;
	uint32_t paging_queue;
	const uint64_t *paging_fence;
	struct nth_memory memory;	/* mapped, resident, locked */
	uint32_t plain;			/* an allocation that is nothing of it */
	struct nth_fence fence;
	uint64_t value;			/* of the fence, the last promised */
	uint32_t semaphore;
	int shared_fence;		/* descriptors */
	int shared_resource;
	uint32_t resource;
	int event;
	void *pages;
	unsigned int given_away;	/* handles that the host keeps */

	/* of one attempt */
	struct nth_data data;
	uint32_t made;			/* an object of the step's own */
	uint64_t address;		/* a range of its own, or a count */
	uint64_t progress;		/* of the hardware queue */
	int sync_file;			/* a descriptor, or -1 */
	pthread_t thread;		/* that lets a wait end */
	bool stop;
	bool has_thread;
};

/* What a step is like. */
#define NTH_NO_MESSAGE	(1u << 0)	/* done without the host */
#define NTH_QUIET	(1u << 1)	/* and without memory: nothing can fail */
#define NTH_DESTROYS	(1u << 2)	/* lost, the object stays on the host, and */
					/* the call may say that it is gone */
#define NTH_MAY_WORK	(1u << 3)	/* all the same: does without, or cannot say */
#define NTH_ONE_WAY	(1u << 4)	/* in async mode nobody waits for it */
#define NTH_UNKILLABLE	(1u << 5)	/* takes something down */
#define NTH_GIVES_AWAY	(1u << 6)	/* a handle, which nobody can give back */
#define NTH_PAGES	(1u << 7)	/* of the caller's; by list but in NTH_ASYNC */

/*
 * prepare() makes arguments with which the call works; undo() gives back what a
 * call has made, and what prepare() made for it. Neither is meddled with.
 */
struct nth_step {
	const char *name;
	unsigned long request;
	unsigned int flags;
	void (*prepare)(struct nth_world *world, void *args);
	void (*undo)(struct nth_world *world, const void *args, bool worked);
};

extern const struct nth_step nth_object_steps[], nth_memory_steps[],
	nth_sync_steps[], nth_query_steps[];
extern const unsigned int nth_object_step_count, nth_memory_step_count,
	nth_sync_step_count, nth_query_step_count;

/* fail-nth-sync-file.c: in a kernel alone */
extern const struct nth_step nth_sync_file_steps[];
extern const unsigned int nth_sync_file_step_count;
void nth_merge_that_fails_leaves_nothing(void **state);

/* fail-nth-sweep.c */

struct nth_fault_kind {
	const char *name;
	int answer;		/* of the call that it happens to */
	int how;		/* for dxg_soft_fail_message() */
};
extern const struct nth_fault_kind nth_faults[NTH_FAULTS];

/* From the first on until nothing fails; how often something did. */
unsigned int nth_sweep(const struct nth_step *step, enum nth_fault fault,
		       enum nth_mode mode);
/* While no world is open: neither host nor driver has anything. */
bool nth_is_clean(void);

/* fail-nth-list.c */

/* In the order in which they are to run. @sweep: its *state is the step */
void nth_add_steps(CMUnitTestFunction sweep);
void nth_add_list(CMUnitTestFunction sweep, const struct nth_step *steps,
		  unsigned int count);
void nth_add_test(const char *name, CMUnitTestFunction function);
/* Whether one of them is of that request. */
bool nth_has_step(unsigned long request);
/* @teardown: of the group, or NULL. What main() is to answer. */
int nth_run_tests(const char *name, CMFixtureFunction teardown);

/* fail-nth-first.c */

/*
 * In a process that has the device open nowhere else: open it, fail, try again,
 * close. True if something did fail.
 */
bool nth_try_first_adapter(enum nth_fault fault, unsigned int nth);

/* fail-nth-world.c */

/* What ioctl(2) answers; -errno when that is -1. */
int nth_try(struct nth_world *world, unsigned long request, void *args);
/* It has to succeed. */
void nth_do(struct nth_world *world, unsigned long request, void *args);
/* Whether it does or not. */
void nth_may(struct nth_world *world, unsigned long request, void *args);

extern const char *const nth_modes[NTH_MODES];

/* What the next open of the device finds. */
void nth_choose(enum nth_mode mode);
void nth_open(struct nth_world *world, enum nth_mode mode);
void nth_close(struct nth_world *world);
/*
 * Only closes: no look at what is left, nothing destroyed one by one, and its pages
 * stay, as to free them may take what is made to fail.
 */
void nth_leave(struct nth_world *world);
/* The same with that look, as nth_close(). */
void nth_abandon(struct nth_world *world);
/* After a test that has failed: the next one finds no machine. */
void nth_clean_up(void);
void nth_stop_thread(struct nth_world *world);
uint64_t nth_messages(struct nth_world *world, uint32_t command);
/* The number of the next one: another than before if one has been left. */
int nth_next_descriptor(void);

uint32_t nth_open_adapter(struct nth_world *world);
uint32_t nth_create_device(struct nth_world *world);
void nth_destroy_device(struct nth_world *world, uint32_t device);
uint32_t nth_create_context(struct nth_world *world, uint32_t flags);
void nth_destroy_context(struct nth_world *world, uint32_t context);
/* Arguments for one allocation of NTH_BYTES in @world's data. */
void nth_allocation_args(struct nth_world *world,
			 struct d3dkmt_createallocation *args, unsigned int count);
uint32_t nth_create_allocation(struct nth_world *world);
void nth_destroy_allocation(struct nth_world *world, uint32_t allocation);
uint32_t nth_create_resource(struct nth_world *world);
void nth_destroy_resource(struct nth_world *world, uint32_t resource);
struct nth_fence nth_create_fence(struct nth_world *world, uint32_t flags);
uint32_t nth_create_sync(struct nth_world *world, uint32_t type);
void nth_destroy_sync(struct nth_world *world, uint32_t sync);
int nth_share(struct nth_world *world, uint32_t object);
void nth_make_resident(struct nth_world *world, uint32_t allocation);
void nth_evict(struct nth_world *world, uint32_t allocation);
void nth_free_range(struct nth_world *world, uint64_t address);
uint64_t nth_reserve(struct nth_world *world);
void nth_signal(struct nth_world *world, uint32_t fence, uint64_t value);
void nth_wait_value(const uint64_t *cpu, uint64_t value);
/* A command buffer at the beginning of the memory; its size. */
uint32_t nth_write_commands(struct nth_world *world, uint64_t wait_for);

void nth_undo_nothing(struct nth_world *world, const void *args, bool worked);

/* A row: prepare_word and undo_word, both there. */
#define NTH_STEP(name, request, flags, word) \
	{ name, request, flags, prepare_##word, undo_##word }
#define NTH_COUNT(array) (sizeof(array) / sizeof((array)[0]))

#define NTH_POINTER(pointer) ((uint64_t)(uintptr_t)(pointer))

#endif
