/* SPDX-License-Identifier: MIT */
/* What a process leaves when it ends, whatever state it is in. */
#include "lib/t.h"
#include "lib/t-heap.h"

#include <dxg/dxg.h>

/* Everything a program may have, nothing of it given back. */
static struct t_gpu *make_a_mess(void)
{
	struct t_gpu *gpu = NULL;
	struct t_buffer buffer;
	struct t_commands commands;
	struct t_fence never;

	t_setup_gpu((void **)&gpu);
	buffer = t_create_buffer(gpu, 0x100000);
	never = t_create_fence(gpu->device, 0);
	t_create_allocation(gpu->device, 0x10000, 0);
	t_create_context(gpu->device, 0);
	t_lock(gpu->device, buffer.allocation);
	t_open_adapter_by_luid(gpu->luid);

	/* running, queued behind it, and queued behind what never comes */
	commands = t_commands(gpu);
	t_spin(&commands, 20000000);
	t_fill(&commands, buffer.gpu, buffer.size, 0x55aa55aa);
	t_submit(&commands, gpu->context);
	t_submit(&commands, gpu->context);
	assert_status(t_wait_gpu(gpu->context, never.handle, 1), STATUS_SUCCESS);
	t_submit(&commands, gpu->context);
	return gpu;
}

/* In the user-space home the last close is the end of the process. */
static void expect_clean_close(void)
{
	struct dxg_soft_object_counts counts, zero;
	const struct t_soft *soft = t_soft_if_any();

	D3DKMTCloseDxCoreDevice();
	if (!soft)
		return;
	memset(&zero, 0, sizeof(zero));
	memset(&counts, 0xff, sizeof(counts));
	assert_true(!soft->host_objects(&counts));
	assert_true(!memcmp(&counts, &zero, sizeof(zero)));
}

static void child_closes_in_mid_work(void *argument)
{
	unsigned int before = t_count_descriptors();
	struct t_gpu *gpu = make_a_mess();

	(void)argument;
	expect_clean_close();
	assert_true(t_count_descriptors() <= before);
	free(gpu);
}

static void close_in_mid_work_leaves_nothing(void **state)
{
	(void)state;
	t_run_child(child_closes_in_mid_work, NULL);
}

static void child_closes_with_a_wait_outstanding(void *argument)
{
	struct t_gpu *gpu = make_a_mess();
	int event = t_create_event();

	(void)argument;
	t_wait_cpu_event(gpu->device, gpu->fence.handle, 5, event);
	expect_clean_close();
	close(event);
	free(gpu);
}

static void close_with_an_outstanding_wait_leaves_nothing(void **state)
{
	(void)state;
	t_run_child(child_closes_with_a_wait_outstanding, NULL);
}

static void child_closes_after_a_loss(void *argument)
{
	struct t_gpu *gpu = make_a_mess();
	D3DKMT_HANDLE context = t_create_context(gpu->device, 0);
	struct t_commands commands = t_commands(gpu);

	(void)argument;
	t_write(&commands, 0x1000, 1);
	t_submit(&commands, context);
	while (t_execution_state(gpu->device) == D3DKMT_DEVICEEXECUTION_ACTIVE)
		t_sleep_ms(1);
	expect_clean_close();
	free(gpu);
}

static void close_after_a_device_loss_leaves_nothing(void **state)
{
	(void)state;
	t_run_child(child_closes_after_a_loss, NULL);
}

/* Caller's pages under a running copy: they are released before the close
 * returns, so unmapping them right after it is safe. */
static void child_closes_with_its_own_pages_in_use(void *argument)
{
	enum { SIZE = 0x10000 };
	struct t_gpu *gpu = make_a_mess();
	void *memory = t_alloc_pages(SIZE);
	D3DKMT_HANDLE context = t_create_context(gpu->device, 0);
	struct t_commands commands = t_commands(gpu);
	struct t_buffer heap = t_create_heap(gpu, memory, SIZE);
	int i;

	(void)argument;
	t_fill(&commands, heap.gpu, SIZE, 0x12345678);
	for (i = 0; i < 50; i++)
		t_submit(&commands, context);
	expect_clean_close();
	t_free_pages(memory, SIZE);
	free(gpu);
}

static void close_with_callers_pages_in_use_leaves_nothing(void **state)
{
	(void)state;
	t_run_child(child_closes_with_its_own_pages_in_use, NULL);
}

static void child_opens_again(void *argument)
{
	struct t_gpu *gpu;
	struct t_commands commands;
	D3DKMT_ENUMADAPTERS2 enumerate = { 0 };
	int i;

	(void)argument;
	for (i = 0; i < 3; i++) {
		gpu = make_a_mess();
		expect_clean_close();
		free(gpu);
		assert_true(D3DKMTEnumAdapters2(&enumerate) == STATUS_UNSUCCESSFUL);
		assert_true(dxg_set_device(NULL) == STATUS_SUCCESS);
	}
	gpu = NULL;
	t_setup_gpu((void **)&gpu);
	commands = t_commands(gpu);
	t_opcode(&commands, DXGHOST_OP_NOP);
	t_submit_and_wait(&commands);
	assert_true(!t_teardown((void **)&gpu));
}

static void a_closed_device_can_be_opened_anew(void **state)
{
	(void)state;
	t_run_child(child_opens_again, NULL);
}

static void child_exits(void *argument)
{
	static struct t_gpu *volatile kept; /* no leak in the eyes of a sanitizer */

	(void)argument;
	kept = make_a_mess();
	exit(kept ? 0 : 1);
}

static void exit_in_mid_work_ends(void **state)
{
	(void)state;
	t_run_child(child_exits, NULL);
}

static void child_makes_a_mess_and_waits(void *argument)
{
	const int *pipe_end = argument;

	make_a_mess();
	assert_true(write(*pipe_end, "x", 1) == 1);
	pause();
}

/* Nobody else notices: the fixture is used, and counted, before and after. */
static void a_killed_process_harms_no_other(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_commands commands;
	int pipe_ends[2];
	char byte;
	pid_t child;

	assert_int_equal(pipe(pipe_ends), 0);
	child = t_start_child(child_makes_a_mess_and_waits, &pipe_ends[1]);
	close(pipe_ends[1]);
	assert_int_equal(read(pipe_ends[0], &byte, 1), 1);
	commands = t_commands(gpu);
	t_opcode(&commands, DXGHOST_OP_NOP);
	t_submit_and_wait(&commands);
	t_kill_child(child);
	commands = t_commands(gpu);
	t_opcode(&commands, DXGHOST_OP_NOP);
	t_submit_and_wait(&commands);
	close(pipe_ends[0]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(close_in_mid_work_leaves_nothing),
		cmocka_unit_test(close_with_an_outstanding_wait_leaves_nothing),
		cmocka_unit_test(close_after_a_device_loss_leaves_nothing),
		cmocka_unit_test(close_with_callers_pages_in_use_leaves_nothing),
		cmocka_unit_test(a_closed_device_can_be_opened_anew),
		cmocka_unit_test(exit_in_mid_work_ends),
		t_gpu_test(a_killed_process_harms_no_other),
	};

	return cmocka_run_group_tests_name("process-death", tests, NULL, NULL);
}
