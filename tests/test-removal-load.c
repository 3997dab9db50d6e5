/* SPDX-License-Identifier: MIT */
/*
 * The virtual GPU goes, and comes back, while threads of several processes are in
 * calls of every kind. DXG_REMOVALS: how often, 20 if unset.
 */
#include "load.h"
#include "lib/t-heap.h"
#include "lib/t-leak.h"

#include <dxghostd/control.h>

#include <dxg/dxg.h>

#define REMOVALS	20
#define PROCESSES	2

static struct load loads[LOADS_MAX];
static unsigned int load_count;

/* Each kind of call is made in one of the processes. */
struct share {
	unsigned int process;
	int ready;
};

struct caller {
	const struct load *load;
	struct t_gpu *gpu;
	pthread_t thread;
	unsigned int calls;
	NTSTATUS status;
};

/* All but those that find what has come have failed. */
static volatile bool is_over;

static void *call_until_it_fails(void *argument)
{
	struct caller *caller = argument;

	do {
		caller->status = caller->load->once(caller->gpu);
		caller->calls++;
	} while (caller->load->by_luid ? !is_over : caller->status >= 0);
	return NULL;
}

/* Returns how many. */
static unsigned int start_callers(struct caller *callers, unsigned int process)
{
	unsigned int i, count = 0;

	for (i = process; i < load_count; i += PROCESSES) {
		callers[count].load = &loads[i];
		t_setup_gpu((void **)&callers[count].gpu);
		load_begin(callers[count].gpu);
		count++;
	}
	for (i = 0; i < count; i++)
		callers[i].thread = t_start_thread(call_until_it_fails,
						   &callers[i]);
	return count;
}

static void join_callers(struct caller *callers, unsigned int count,
			 bool by_luid)
{
	unsigned int i;

	for (i = 0; i < count; i++)
		if (callers[i].load->by_luid == by_luid)
			t_join_thread(callers[i].thread);
}

/* Ended by the removal, and nothing else. */
static unsigned int count_wrong(const struct caller *callers,
				unsigned int count)
{
	unsigned int i, wrong = 0;

	for (i = 0; i < count; i++) {
		if (callers[i].load->by_luid ||
		    callers[i].status == STATUS_DEVICE_REMOVED)
			continue;
		print_error("%s: %s after %u calls\n", callers[i].load->name,
			    dxg_status_name(callers[i].status),
			    callers[i].calls);
		wrong++;
	}
	return wrong;
}

/* Those of what has gone are still there to be given back. */
static void end_callers(struct caller *callers, unsigned int count)
{
	unsigned int i;

	for (i = 0; i < count; i++) {
		t_destroy_device(callers[i].gpu->device);
		t_close_adapter(callers[i].gpu->adapter);
		free(callers[i].gpu);
	}
}

static void use_the_gpu(void)
{
	struct t_commands commands;
	struct t_gpu *gpu;

	t_setup_gpu((void **)&gpu);
	commands = t_commands(gpu);
	t_opcode(&commands, DXGHOST_OP_NOP);
	t_submit_and_wait(&commands);
	t_destroy_device(gpu->device);
	t_close_adapter(gpu->adapter);
	free(gpu);
}

static void lose_the_gpu(void *data)
{
	const struct share *share = data;
	struct caller callers[LOADS_MAX] = { { NULL } };
	unsigned int count = start_callers(callers, share->process);

	assert_int_equal(write(share->ready, "x", 1), 1);
	join_callers(callers, count, false);
	is_over = true;
	join_callers(callers, count, true);
	assert_int_equal(count_wrong(callers, count), 0);
	end_callers(callers, count);
}

static unsigned int count_adapters(void)
{
	D3DKMT_ENUMADAPTERS2 args = { 0 };

	assert_status(D3DKMTEnumAdapters2(&args), STATUS_SUCCESS);
	return args.NumAdapters;
}

/* In the same process or in another one, it makes no difference. */
static void find_the_gpu_again(void *unused)
{
	(void)unused;
	/* a bus may look at what arrives on it later */
	assert_eventually(count_adapters() == 1);
	use_the_gpu();
}

static void remove_and_add(uint32_t removal, uint32_t arrival)
{
	pid_t children[PROCESSES];
	struct share share;
	int ready[2], i;
	char byte;

	assert_int_equal(pipe(ready), 0);
	share.ready = ready[1];
	for (i = 0; i < PROCESSES; i++) {
		share.process = (unsigned int)i;
		children[i] = t_start_child(lose_the_gpu, &share);
	}
	/* the children's alone, so that their end is seen */
	close(ready[1]);
	for (i = 0; i < PROCESSES; i++)
		assert_int_equal(read(ready[0], &byte, 1), 1);
	t_sleep_ms(100);
	assert_int_equal(t_host_daemon_bus(removal), 0);
	/* back at once, while some calls still find out */
	assert_int_equal(t_host_daemon_bus(arrival), 0);
	for (i = 0; i < PROCESSES; i++)
		t_expect_child_ok(children[i]);
	close(ready[0]);
}

static void removal_under_load(uint32_t removal, uint32_t arrival)
{
	const char *text = getenv("DXG_REMOVALS");
	unsigned int i, count = text ? (unsigned int)atoi(text) : REMOVALS;
	long pinned = t_pinned_pages();

	for (i = 0; i < (count + 1) / 2; i++) {
		remove_and_add(removal, arrival);
		t_expect_empty_host();
		assert_int_equal(t_pinned_pages(), pinned);
		t_run_child(find_the_gpu_again, NULL);
	}
}

static void function_that_goes_ends_calls_of_every_kind(void **state)
{
	(void)state;
	removal_under_load(DXGHOSTD_UNPLUG, DXGHOSTD_PLUG);
}

static void channel_that_goes_ends_calls_of_every_kind(void **state)
{
	(void)state;
	removal_under_load(DXGHOSTD_RESCIND, DXGHOSTD_OFFER);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(function_that_goes_ends_calls_of_every_kind),
		cmocka_unit_test(channel_that_goes_ends_calls_of_every_kind),
	};

	if (t_device_is_soft() || !t_host_if_any()) {
		puts("skipped: needs a node, and the software host behind it");
		return 77;
	}
	load_count = load_list(loads);
	return cmocka_run_group_tests_name("removal-load", tests, NULL, NULL);
}
