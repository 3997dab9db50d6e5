/* SPDX-License-Identifier: MIT */
/* What fdinfo says of engines: whose work has kept which one busy, and how long. */
#include "fdinfo.h"

#include <dxghostd/control.h>

#include "../subprojects/dxgkrnl/wire.h"

#define MS_NS 1000000u

/* All of the host's three are told; what is read a moment later may be older. */
static bool has_engines(void)
{
	char *text = fdinfo_own();
	unsigned int count = fdinfo_count_engines(text);

	free(text);
	return count == 3;
}

static uint64_t engine_now(const char *name)
{
	char *text;
	uint64_t ns;

	assert_eventually(has_engines());
	text = fdinfo_own();
	ns = fdinfo_engine(text, name);
	free(text);
	return ns;
}

/* Never less than what was read before. */
static uint64_t read_on(const char *name, uint64_t *last)
{
	uint64_t now = engine_now(name);

	assert_true(now >= *last);
	*last = now;
	return now;
}

/* The account of what has been done is a moment behind. */
static uint64_t engine_after_work(const char *name, uint64_t least)
{
	uint64_t last = 0;

	assert_eventually(read_on(name, &last) >= least);
	return last;
}

static void work(struct t_gpu *gpu, D3DKMT_HANDLE context, unsigned int ms)
{
	struct t_commands commands = t_commands(gpu);

	t_spin(&commands, (uint64_t)ms * MS_NS);
	t_submit(&commands, context);
	gpu->fence_value++;
	assert_status(t_signal_gpu(context, gpu->fence.handle,
				   gpu->fence_value), STATUS_SUCCESS);
	t_wait_fence(gpu->device, &gpu->fence, gpu->fence_value);
}

/* A stable name for each: what it is for, or its number. */
void engines_of_the_gpu_have_times(void **state)
{
	char *text;

	(void)state;
	assert_eventually(has_engines());
	text = fdinfo_own();
	fdinfo_engine(text, "3d");
	fdinfo_engine(text, "node-1");
	fdinfo_engine(text, "copy");
	free(text);
}

void time_grows_where_the_work_is(void **state)
{
	struct t_gpu *gpu = *state;
	uint64_t before[3] = {
		engine_now("3d"), engine_now("node-1"), engine_now("copy"),
	};
	D3DKMT_HANDLE context = t_create_context(gpu->device, 2);

	work(gpu, gpu->context, 5);
	before[0] = engine_after_work("3d", before[0] + 5 * MS_NS);
	assert_int_equal(engine_now("node-1"), before[1]);
	assert_int_equal(engine_now("copy"), before[2]);
	work(gpu, context, 5);
	engine_after_work("copy", before[2] + 5 * MS_NS);
	assert_int_equal(engine_now("node-1"), before[1]);
	assert_int_equal(engine_now("3d"), before[0]);
	t_destroy_context(context);
}

/* A process that only has a GPU, whose parent looks at it. */
struct idle {
	int ready[2];
	int go[2];
};

static void be_idle(void *argument)
{
	const struct idle *idle = argument;
	struct t_gpu *gpu;
	int fd;
	char byte;

	t_setup_gpu((void **)&gpu);
	fd = fdinfo_descriptor();
	assert_int_equal(write(idle->ready[1], &fd, sizeof(fd)), sizeof(fd));
	assert_int_equal(read(idle->go[0], &byte, 1), 1);
}

static bool is_idle(pid_t process, int fd)
{
	char *text = fdinfo_of(process, fd);
	bool is_told = fdinfo_count_engines(text) == 3;

	if (is_told) {
		assert_int_equal(fdinfo_engine(text, "3d"), 0);
		assert_int_equal(fdinfo_engine(text, "node-1"), 0);
		assert_int_equal(fdinfo_engine(text, "copy"), 0);
	}
	free(text);
	return is_told;
}

void time_is_of_the_process_that_has_worked(void **state)
{
	struct t_gpu *gpu = *state;
	struct idle idle;
	pid_t child;
	int fd;

	work(gpu, gpu->context, 5);
	engine_after_work("3d", 5 * MS_NS);
	assert_int_equal(pipe(idle.ready), 0);
	assert_int_equal(pipe(idle.go), 0);
	child = t_start_child(be_idle, &idle);
	assert_int_equal(read(idle.ready[0], &fd, sizeof(fd)), sizeof(fd));
	assert_eventually(is_idle(child, fd));
	assert_int_equal(write(idle.go[1], "x", 1), 1);
	t_expect_child_ok(child);
	close(idle.ready[0]);
	close(idle.ready[1]);
	close(idle.go[0]);
	close(idle.go[1]);
}

static void expect_no_engines(void)
{
	char *text = fdinfo_own();

	assert_int_equal(fdinfo_count_engines(text), 0);
	free(text);
}

static void make_and_destroy_a_device(void *unused)
{
	D3DKMT_HANDLE adapter, device;
	LUID luid;

	(void)unused;
	adapter = t_open_adapter(&luid);
	t_host_or_skip()->message_stats_reset();
	expect_no_engines();
	assert_int_equal(t_host_messages(DXGK_CMD_QUERYSTATISTICS), 0);
	device = t_create_device(adapter);
	assert_eventually(has_engines());
	t_destroy_device(device);
	t_host_or_skip()->message_stats_reset();
	expect_no_engines();
	assert_int_equal(t_host_messages(DXGK_CMD_QUERYSTATISTICS), 0);
}

void who_has_no_device_has_no_engines(void **state)
{
	(void)state;
	t_run_child(make_and_destroy_a_device, NULL);
}

/* Whatever the host says. */
void time_never_falls(void **state)
{
	struct dxghostd_lie lie = {
		.kind = DXGHOSTD_SET,
		.command = DXGK_CMD_QUERYSTATISTICS,
		.offset = offsetof(struct dxgk_wire_querystatistics_reply,
				   result),
		.width = sizeof(uint64_t),
		.value = 1,
	};
	struct t_gpu *gpu = *state;
	uint64_t before, told;

	work(gpu, gpu->context, 5);
	before = engine_after_work("3d", 5 * MS_NS);
	assert_int_equal(t_host_daemon_lie(&lie, &told), 0);
	/* a round is three answers */
	assert_eventually((assert_int_equal(engine_now("3d"), before),
			   t_host_daemon_told(&told), told >= 6));
	lie.kind = DXGHOSTD_HONEST;
	assert_int_equal(t_host_daemon_lie(&lie, &told), 0);
	assert_int_equal(engine_now("3d"), before);
}
