/* SPDX-License-Identifier: MIT */
/* A host that lies, in every way that dxghostd knows, about one thing at a time. */
#include "host-lies.h"
#include "lib/t-share.h"

#include "../subprojects/dxgkrnl/wire.h"

#define SIZE 0x10000

/* late, or never */

/* A request that its sender is killed in, and how the host shows that it came. */
struct killed {
	struct dxghostd_lie how;
	void (*ask)(struct t_gpu *gpu, const struct dxghostd_lie *how);
	size_t counted;		/* in struct dxg_soft_object_counts */
	unsigned int count;
};

static void ask_for_memory(struct t_gpu *gpu, const struct dxghostd_lie *how)
{
	D3DKMT_HANDLE allocation;

	lie(how);
	t_try_create_allocation(gpu->device, SIZE, 0, &allocation);
}

static void ask_to_share(struct t_gpu *gpu, const struct dxghostd_lie *how)
{
	struct t_fence fence = t_create_shared_fence(gpu->device, 0);
	int fd;

	lie(how);
	t_try_share(fence.handle, &fd);
}

static void ask_in_child(void *argument)
{
	const struct killed *killed = argument;
	struct t_gpu *gpu;

	t_setup_gpu((void **)&gpu);
	killed->ask(gpu, &killed->how);
}

static unsigned int count_of(const struct killed *killed)
{
	struct dxg_soft_object_counts counts;
	unsigned int count;

	assert_int_equal(t_host_or_skip()->objects(&counts), 0);
	memcpy(&count, (const char *)&counts + killed->counted, sizeof(count));
	return count;
}

static void kill_while_it_waits(const struct killed *killed)
{
	pid_t child = t_start_child(ask_in_child, (void *)killed);

	/* the object is there, which the child has not been told */
	assert_eventually(count_of(killed) == killed->count);
	t_kill_child(child);
	assert_int_equal(lie(NULL), 1);
}

/* What the host shares is of no process: only the answer says what to end. */
static void late_reply_to_a_killed_sender_is_taken_back(void **state)
{
	const struct killed killed = {
		.how = {
			.kind = DXGHOSTD_LATE,
			.command = DXGK_VMCMD_CREATENTSHAREDOBJECT,
			.value = 500,
		},
		.ask = ask_to_share,
		.counted = offsetof(struct dxg_soft_object_counts,
				    shared_handles),
		.count = 1,
	};

	(void)state;
	kill_while_it_waits(&killed);
}

/* The process has gone, and with it all that the host has of it. */
static void sender_of_a_lost_request_can_be_killed(void **state)
{
	struct killed killed = {
		.how = {
			.kind = DXGHOSTD_NEVER,
			.command = DXGK_CMD_CREATEALLOCATION,
		},
		.ask = ask_for_memory,
		.counted = offsetof(struct dxg_soft_object_counts, allocations),
		.count = 2,
	};

	(void)state;
	kill_while_it_waits(&killed);
	killed.how.kind = DXGHOSTD_STRANGE;
	kill_while_it_waits(&killed);
}

/* what nobody has asked for */

static void work(void *argument)
{
	struct t_gpu *gpu;
	struct t_buffer buffer;
	struct t_commands commands;

	(void)argument;
	t_setup_gpu((void **)&gpu);
	buffer = t_create_buffer(gpu, SIZE);
	commands = t_commands(gpu);
	t_fill(&commands, buffer.gpu, buffer.size, 0x55aa55aa);
	t_submit_and_wait(&commands);
	assert_int_equal(*(volatile uint32_t *)buffer.cpu, 0x55aa55aa);
	t_destroy_buffer(gpu, &buffer);
	assert_int_equal(t_teardown((void **)&gpu), 0);
}

static void random_messages_are_dropped(void **state)
{
	const struct dxghostd_lie how = {
		.kind = DXGHOSTD_CHATTER,
		.command = DXGHOSTD_ANY_COMMAND,
		.value = 100,
		.seed = 1,
	};

	(void)state;
	lie(&how);
	t_run_child(work, NULL);
	assert_true(lie(NULL) > 10);
}

/* bring-up */

static unsigned int count_adapters(void)
{
	D3DKMT_ENUMADAPTERS2 args = { 0 };

	assert_status(D3DKMTEnumAdapters2(&args), STATUS_SUCCESS);
	return args.NumAdapters;
}

static void replug(void)
{
	assert_int_equal(t_host_daemon_bus(DXGHOSTD_UNPLUG), 0);
	assert_int_equal(t_host_daemon_bus(DXGHOSTD_PLUG), 0);
}

/* It is not there, the kernel's log says why, and the next one is. */
static void adapter_that_does_not_start_is_not_there(void **state)
{
	static const uint32_t commands[] = {
		DXGK_CMD_OPENADAPTER, DXGK_CMD_GETINTERNALADAPTERINFO,
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(commands) / sizeof(commands[0]); i++) {
		lie_about(commands[i], DXGHOSTD_SHORT, 3);
		replug();
		assert_int_equal(lie(NULL), 1);
		assert_int_equal(count_adapters(), 0);
		replug();
		assert_eventually(count_adapters() == 1);
		t_run_child(work, NULL);
	}
}

/* Whatever it was: honest again, nothing is left, if after a moment, and it works. */
static int end_of_test(void **state)
{
	int ret;

	lie(NULL);
	ret = t_teardown(state);
	t_run_child(work, NULL);
	return ret;
}

#define lies_test(name) \
	cmocka_unit_test_setup_teardown(name, t_setup_bare, end_of_test)

int main(void)
{
	const struct CMUnitTest tests[] = {
		lies_test(short_replies_tell_nothing_else),
		lies_test(long_replies_are_cut),
		lies_test(second_and_strange_completions_are_nobodys),
		lies_test(what_is_outside_of_the_io_space_is_not_mapped),
		lies_test(handles_that_exist_are_not_taken_twice),
		lies_test(more_memory_than_there_can_be_is_not_pinned),
		lies_test(late_reply_to_a_killed_sender_is_taken_back),
		lies_test(sender_of_a_lost_request_can_be_killed),
		lies_test(random_messages_are_dropped),
		lies_test(adapter_that_does_not_start_is_not_there),
	};

	if (t_device_is_soft() || !t_host_if_any()) {
		puts("skipped: needs a node, and the software host behind it");
		return 77;
	}
	return cmocka_run_group_tests_name("host-lies", tests, NULL, NULL);
}
