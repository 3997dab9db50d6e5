/* SPDX-License-Identifier: MIT */
/* What only a node in a kernel can show: kills, and a host that goes for good. */
#include "lib/t.h"
#include "lib/t-waiter.h"

#include <errno.h>
#include <unistd.h>

#include <dxg/dxg.h>
#include <dxghostd/control.h>

#define SIZE	0x10000
#define KILLS	40

static const char profile[] = "[adapter]\n"
			      "local_memory = 256M\nnonlocal_memory = 128M\n";

/* All kinds of objects, and work on the GPU, over and over. */
static void work_without_end(void *argument)
{
	(void)argument;
	for (;;) {
		struct t_commands commands;
		struct t_buffer buffer;
		struct t_gpu *gpu;

		t_setup_gpu((void **)&gpu);
		buffer = t_create_buffer(gpu, SIZE);
		commands = t_commands(gpu);
		t_fill(&commands, buffer.gpu, buffer.size, 0x55aa55aa);
		t_submit(&commands, gpu->context);
		t_destroy_buffer(gpu, &buffer);
		t_destroy_context(gpu->context);
		t_destroy_device(gpu->device);
		t_close_adapter(gpu->adapter);
		free(gpu);
	}
}

/* The teardown counts what is left in the host. */
static void killed_processes_leave_nothing(void **state)
{
	(void)state;
	t_kill_children(work_without_end, KILLS);
}

static unsigned int count_adapters(void)
{
	D3DKMT_ENUMADAPTERS2 args = { 0 };

	assert_status(D3DKMTEnumAdapters2(&args), STATUS_SUCCESS);
	return args.NumAdapters;
}

static void *allocate_in_thread(void *argument)
{
	const struct t_gpu *gpu = argument;
	D3DKMT_HANDLE allocation;
	NTSTATUS status;

	do {
		status = t_try_create_allocation(gpu->device, SIZE, 0,
						 &allocation);
		if (!status)
			status = t_destroy_allocation(gpu->device, allocation);
	} while (!status);
	return (void *)(intptr_t)status;
}

static NTSTATUS status_of(pthread_t thread)
{
	void *result;

	assert_int_equal(pthread_join(thread, &result), 0);
	return (NTSTATUS)(intptr_t)result;
}

struct busy {
	struct t_gpu *gpu;
	struct t_fence fence;
	struct t_buffer buffer;
	struct t_waiter waiter;
	pthread_t askers[2];
	int event;
};

/* One thread waits for the GPU, two ask the host all the time. */
static void get_busy(struct busy *busy)
{
	memset(busy, 0, sizeof(*busy));
	t_setup_gpu((void **)&busy->gpu);
	busy->event = t_create_event();
	busy->fence = t_create_fence(busy->gpu->device, 0);
	busy->buffer = t_create_buffer(busy->gpu, SIZE);
	assert_true(t_is_readable(busy->buffer.cpu));
	assert_status(t_wait_cpu_event(busy->gpu->device, busy->fence.handle, 1,
				       busy->event), STATUS_SUCCESS);
	t_waiter_start_for(&busy->waiter, busy->gpu->device, busy->fence.handle,
			   1);
	busy->askers[0] = t_start_thread(allocate_in_thread, busy->gpu);
	busy->askers[1] = t_start_thread(allocate_in_thread, busy->gpu);
	t_sleep_ms(50);
}

static void expect_all_to_end(struct busy *busy)
{
	assert_status(t_waiter_join(&busy->waiter), STATUS_DEVICE_REMOVED);
	assert_status(status_of(busy->askers[0]), STATUS_DEVICE_REMOVED);
	assert_status(status_of(busy->askers[1]), STATUS_DEVICE_REMOVED);
	assert_true(t_event_is_set(busy->event, T_TIMEOUT_MS));
	/* nobody sees what the host keeps there next */
	assert_false(t_is_readable(busy->buffer.cpu));
	assert_false(t_is_readable((const void *)busy->fence.cpu));
	close(busy->event);
}

static void expect_a_working_gpu(void)
{
	struct t_gpu *gpu;

	t_setup_gpu((void **)&gpu);
	assert_int_equal(t_teardown((void **)&gpu), 0);
}

static void lose_the_host(void *argument)
{
	const char *node = getenv("DXG_DEVICE");
	struct busy busy;

	(void)argument;
	get_busy(&busy);
	t_host_use_profile(profile);
	expect_all_to_end(&busy);
	/* there is a host again, for who opens the node anew */
	D3DKMTCloseDxCoreDevice();
	assert_status(dxg_set_device(node ? node : "/dev/dxg"), STATUS_SUCCESS);
	expect_a_working_gpu();
}

/* @argument: that and its opposite, as questions to dxghostd */
static void lose_the_gpu(void *argument)
{
	const uint32_t *questions = argument;
	struct busy busy;
	int i;

	for (i = 0; i < 5; i++) {
		get_busy(&busy);
		/* back at once, so that what fails here fails alone */
		assert_int_equal(t_host_daemon_bus(questions[0]), 0);
		assert_int_equal(t_host_daemon_bus(questions[1]), 0);
		expect_all_to_end(&busy);
		/* a bus may look at what arrives on it later */
		assert_eventually(count_adapters() == 1);
		expect_a_working_gpu();
	}
}

static void function_that_goes_ends_every_call(void **state)
{
	static uint32_t questions[] = { DXGHOSTD_UNPLUG, DXGHOSTD_PLUG };

	(void)state;
	t_run_child(lose_the_gpu, questions);
}

static void channel_that_goes_ends_every_call(void **state)
{
	static uint32_t questions[] = { DXGHOSTD_RESCIND, DXGHOSTD_OFFER };

	(void)state;
	t_run_child(lose_the_gpu, questions);
}

static void host_that_dies_ends_every_call(void **state)
{
	int i;

	(void)state;
	for (i = 0; i < 5; i++)
		t_run_child(lose_the_host, NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		t_bare_test(killed_processes_leave_nothing),
		t_bare_test(function_that_goes_ends_every_call),
		t_bare_test(channel_that_goes_ends_every_call),
		/* last: its own descriptor is one of the host that goes */
		cmocka_unit_test(host_that_dies_ends_every_call),
	};

	if (t_device_is_soft() || !t_host_if_any()) {
		puts("skipped: needs a node, and the software host behind it");
		return 77;
	}
	return cmocka_run_group_tests_name("node", tests, NULL, NULL);
}
