/* SPDX-License-Identifier: MIT */
/* Rounds: a machine, threads that walk on it, and nothing left afterwards. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sys/mman.h>

#include <dxg/dxg.h>
#include <dxg/soft.h>
#include <dxg/status.h>

#include "round.h"
#include "../lib/t-host.h"
#include "shared.h"
#include "world.h"

/**
 * struct run - what goes through all rounds
 * @director: decides between rounds, and is no thread of its own
 * @deadline: 0, or when to end
 * @threads: of each round
 * @host: behind the device
 * @soft: the device is the embedded one
 */
struct run {
	struct walk director;
	struct walk *walks;
	struct walk **watched;
	unsigned int threads;
	uint64_t deadline;
	const struct t_host *host;
	bool soft;
	/* of the machine */
	bool is_open, old, async, tight, patient;
	LUID luid;
	unsigned int nodes;
	struct dxg_soft_object_counts unused, before;
	/* of the round */
	uint64_t steps;
	bool orderly;
};

struct thread {
	struct run *run;
	struct walk *walk;
	pthread_t thread;
};

static struct dxg_soft_object_counts count_objects(struct run *run)
{
	struct dxg_soft_object_counts counts;

	if (run->host->objects(&counts))
		walk_fail(&run->director, "the host's objects are not counted");
	return counts;
}

/* Also after the device has been closed for good. */
static void use_machine(struct run *run, const char *profile)
{
	char device[sizeof(walk_machine) + 8];
	const char *node = getenv("DXG_DEVICE");

	snprintf(device, sizeof(device), "soft:%s", profile);
	if (!run->soft && t_host_daemon_use_profile(profile))
		walk_fail(&run->director, "the host does not start anew");
	if (dxg_set_device(run->soft ? device : node) != STATUS_SUCCESS)
		walk_fail(&run->director, "the device is not accepted");
}

static void choose_machine(struct run *run)
{
	/* A virtual machine's have to fit into its IO space. */
	const char *plenty = run->soft ? "1G" : "160M";
	struct walk *w = &run->director;
	char *text = walk_machine;
	unsigned int paging_delay = walk_below(w, 3) * 60;
	unsigned int immediate = 0;
	bool by_list;

	run->old = walk_chance(w, 6);
	run->async = !run->old && !walk_chance(w, 4);
	run->tight = walk_chance(w, 4);
	/* dxghostd hears no more of a process while it waits for that one. */
	run->patient = !walk_chance(w, 4) && run->soft;
	by_list = walk_chance(w, 3);
	/* Which operations find nothing to do depends on the time. */
	if (run->threads > 1 && walk_chance(w, 2))
		immediate = 3;
	snprintf(text, sizeof(walk_machine),
		 "interface_version = %d\nasync = %s\n"
		 "map_guest_memory = %s\n"
		 "drain_ms = %d\ntdr_ms = 60000\n"
		 "paging_delay_us = %u\npaging_immediate = %u\n"
		 "[adapter]\nlocal_memory = %s\nnonlocal_memory = %s\n",
		 run->old ? 27 : 40, run->async ? "on" : "off",
		 by_list ? "off" : "on",
		 run->patient ? 60000 : 3, paging_delay, immediate,
		 run->tight ? "3M" : plenty, run->tight ? "2M" : plenty);
	walk_note(w, "machine: %s", text);
	use_machine(run, text);
	/* A guest that has booted keeps its adapters open. */
	if (!run->soft)
		run->unused = count_objects(run);
}

/* The adapter stays open: it is the process's first object on the host. */
static void open_machine(struct run *run)
{
	struct walk *w = &run->director;
	D3DKMT_ADAPTERINFO adapters[4];
	D3DKMT_ENUMADAPTERS2 args = {
		.NumAdapters = 4, .pAdapters = adapters,
	};
	D3DKMT_CREATEDEVICE device = { .hAdapter = 0 };
	D3DKMT_DESTROYDEVICE destroy;

	choose_machine(run);
	walk_call(w, D3DKMTEnumAdapters2(&args), WALK_OK, "open");
	if (args.NumAdapters != 1)
		walk_fail(w, "%u adapters", args.NumAdapters);
	run->luid = adapters[0].AdapterLuid;
	run->nodes = 3;
	/* So that everything the host keeps for the process is there. */
	device.hAdapter = adapters[0].hAdapter;
	walk_call(w, D3DKMTCreateDevice(&device), WALK_OK, "first device");
	destroy.hDevice = device.hDevice;
	walk_call(w, D3DKMTDestroyDevice(&destroy), WALK_OK, "it goes");
	atomic_store(&walk_created, 0);
	run->before = count_objects(run);
	run->is_open = true;
}

static bool same(const struct dxg_soft_object_counts *a,
		 const struct dxg_soft_object_counts *b)
{
	return !memcmp(a, b, sizeof(*a));
}

static void print_counts(const char *when,
			 const struct dxg_soft_object_counts *c)
{
	fprintf(stderr, "walk: %s: %u processes, %u adapters, %u devices, "
		"%u contexts, %u hw queues, %u paging queues, %u allocations, "
		"%u resources, %u sync objects, %u shared handles, "
		"%llu GPU VA bytes, %llu IO space bytes\n", when,
		c->processes, c->adapters, c->devices, c->contexts,
		c->hwqueues, c->paging_queues, c->allocations, c->resources,
		c->sync_objects, c->shared_handles,
		(unsigned long long)c->gpu_va_bytes,
		(unsigned long long)c->io_space_bytes);
}

/* Memory comes back when the GPU has finished with it. */
static void expect_objects(struct run *run,
			   const struct dxg_soft_object_counts *want)
{
	uint64_t end = walk_now_ms() + WALK_PATIENCE_MS;
	struct dxg_soft_object_counts now = count_objects(run);

	while (!same(&now, want) && walk_now_ms() < end) {
		walk_sleep_ms(1);
		now = count_objects(run);
	}
	if (same(&now, want))
		return;
	print_counts("expected", want);
	print_counts("left", &now);
	walk_fail(&run->director, "objects are left on the host");
}

static void begin_world(struct run *run, struct walk *w)
{
	D3DKMT_OPENADAPTERFROMLUID args = { .AdapterLuid = run->luid };

	walk_world_begin(w);
	w->world->async = run->async;
	w->world->late = run->async && !run->soft;
	w->world->tight = run->tight;
	w->world->patient = run->patient;
	w->world->alone = run->threads == 1;
	w->world->luid = run->luid;
	w->world->nodes = run->nodes;
	walk_call(w, D3DKMTOpenAdapterFromLuid(&args), WALK_OK, "adapter");
	w->world->adapter = args.hAdapter;
}

static void end_world(struct run *run, struct walk *w)
{
	D3DKMT_CLOSEADAPTER args = { .hAdapter = w->world->adapter };

	if (!run->orderly)
		return;
	walk_destroy_all(w);
	walk_call(w, D3DKMTCloseAdapter(&args), WALK_OK, "close the adapter");
}

static void *thread_main(void *argument)
{
	struct thread *thread = argument;
	struct run *run = thread->run;
	struct walk *w = thread->walk;
	uint64_t i;

	begin_world(run, w);
	for (i = 0; i < run->steps; i++) {
		if (run->deadline && walk_now_ms() > run->deadline)
			break;
		if (run->threads > 1 && walk_chance(w, 4))
			walk_shared_step(w);
		walk_step(w);
	}
	/*
	 * The others must not wait for what this one owes; and those who wait
	 * for the end wait for the first thread.
	 */
	if (run->threads > 1)
		walk_pay(w);
	if (run->threads > 1 && !w->index)
		walk_shared_close(w);
	end_world(run, w);
	return NULL;
}

/* Of a world that nobody has tidied up: what is not the host's. */
static void free_world(struct walk *w)
{
	struct walk_world *world = w->world;
	unsigned int i, k;

	for (i = 0; i < WALK_DESCRIPTORS; i++) {
		struct walk_descriptor *descriptor = &world->descriptors[i];

		if (!descriptor->live)
			continue;
		close(descriptor->fd);
		walk_value_put(descriptor->value);
		for (k = 0; k < descriptor->parts; k++)
			walk_memory_put(descriptor->memory[k]);
	}
	for (i = 0; i < WALK_EVENTS; i++) {
		if (!world->events[i].live)
			continue;
		close(world->events[i].fd);
		walk_value_put(world->events[i].value);
	}
	for (i = 0; i < WALK_QUEUES; i++)
		for (k = 0; world->queues[i].live &&
			    k < world->queues[i].pending_count; k++)
			walk_value_put(world->queues[i].pending[k].value);
	for (i = 0; i < WALK_FENCES; i++)
		if (world->fences[i].live)
			walk_value_put(world->fences[i].value);
	for (i = 0; i < WALK_ALLOCATIONS; i++)
		if (world->allocations[i].live)
			walk_allocation_gone(w, &world->allocations[i]);
	walk_world_free(w);
}

static void close_machine(struct run *run)
{
	walk_note(&run->director, "close");
	D3DKMTCloseDxCoreDevice();
	run->is_open = false;
}

static void run_threads(struct run *run, struct thread *threads)
{
	unsigned int i;

	if (run->threads == 1) {
		thread_main(&threads[0]);
		return;
	}
	for (i = 0; i < run->threads; i++)
		if (pthread_create(&threads[i].thread, NULL, thread_main,
				   &threads[i]))
			walk_fail(&run->director, "no thread");
	for (i = 0; i < run->threads; i++)
		pthread_join(threads[i].thread, NULL);
}

/* Everything is left lying about, and the process lets go of the device. */
static void end_in_disorder(struct run *run)
{
	unsigned int i;

	close_machine(run);
	for (i = 0; i < run->threads; i++)
		free_world(&run->walks[i]);
	expect_objects(run, &run->unused);
}

static void end_in_order(struct run *run)
{
	unsigned int i;

	for (i = 0; i < run->threads; i++)
		free_world(&run->walks[i]);
	expect_objects(run, &run->before);
	if (!walk_chance(&run->director, 2))
		return;
	close_machine(run);
	expect_objects(run, &run->unused);
}

static void run_round(struct run *run)
{
	struct thread threads[64];
	unsigned int i;

	if (!run->is_open)
		open_machine(run);
	run->orderly = !walk_chance(&run->director, 3);
	walk_shared_begin(run->tight);
	for (i = 0; i < run->threads; i++) {
		threads[i].run = run;
		threads[i].walk = &run->walks[i];
	}
	run_threads(run, threads);
	if (run->threads > 1)
		walk_shared_end(&run->director);
	if (run->orderly)
		end_in_order(run);
	else
		end_in_disorder(run);
}

static void find_host(struct run *run)
{
	run->soft = t_device_is_soft();
	run->host = t_host_if_any();
	if (!run->host) {
		fprintf(stderr, "walk: needs the software host\n");
		exit(77);
	}
}

static bool goes_on(const struct run *run, uint64_t steps)
{
	if (run->deadline)
		return walk_now_ms() < run->deadline;
	return steps < walk_options.steps;
}

static void begin_run(struct run *run)
{
	unsigned int i;

	run->threads = walk_options.threads;
	run->walks = calloc(run->threads, sizeof(*run->walks));
	run->watched = calloc(run->threads + 1, sizeof(*run->watched));
	if (!run->walks || !run->watched)
		exit(1);
	find_host(run);
	walk_init(&run->director, 1000, walk_options.seed);
	for (i = 0; i < run->threads; i++) {
		walk_init(&run->walks[i], i, walk_options.seed);
		run->watched[i] = &run->walks[i];
	}
	run->watched[i] = &run->director;
	if (walk_options.seconds)
		run->deadline = walk_now_ms() + walk_options.seconds * 1000;
	walk_watch(run->watched, run->threads + 1);
}

static void end_run(struct run *run, struct walk_totals *totals)
{
	unsigned int i;

	if (run->is_open)
		close_machine(run);
	walk_unwatch();
	totals->digest = run->walks[0].digest;
	for (i = 0; i < run->threads; i++) {
		totals->steps += run->walks[i].steps;
		totals->calls += run->walks[i].calls;
		totals->refused += run->walks[i].refused;
		if (run->walks[i].slowest > totals->slowest) {
			totals->slowest = run->walks[i].slowest;
			memcpy(totals->slowest_call, run->walks[i].slowest_call,
			       WALK_LOG_BYTES);
		}
		walk_end(&run->walks[i]);
	}
	walk_end(&run->director);
	free(run->walks);
	free(run->watched);
}

void walk_run(struct walk_totals *ret_totals)
{
	struct run run = { .is_open = false };
	uint64_t steps = 0;

	memset(ret_totals, 0, sizeof(*ret_totals));
	begin_run(&run);
	while (goes_on(&run, steps)) {
		run.steps = 200 + walk_below(&run.director, 800);
		if (!run.deadline && run.steps > walk_options.steps - steps)
			run.steps = walk_options.steps - steps;
		ret_totals->machines += !run.is_open;
		run_round(&run);
		steps += run.steps;
		ret_totals->rounds++;
	}
	end_run(&run, ret_totals);
}
