/* SPDX-License-Identifier: MIT */
/*
 * Processes that are killed anywhere, and many at once. DXG_KILLS: how many, 100 if
 * unset; DXG_SEED: of the choices and times, printed when it is not set.
 */
#include "load.h"
#include "lib/t-heap.h"
#include "lib/t-leak.h"

#include <signal.h>
#include <time.h>

#include <dxg/dxg.h>

#include <sys/prctl.h>

#define KILLS		100
#define WORKERS		3
#define THREADS		2
#define BATCH		20
/* So late that a worker has been through every call. */
#define LATEST_US	250000
#define CROWD		60

static struct load loads[LOADS_MAX];
static unsigned int load_count;

/* The embedded device ends with its process, whatever that leaves. */
static void skip_without_a_node(void)
{
	if (!t_device_is_soft() && t_host_if_any())
		return;
	print_message("skipped: needs a node, and the software host behind it\n");
	skip();
}

static unsigned int number_of(const char *variable, unsigned int otherwise)
{
	const char *text = getenv(variable);

	return text ? (unsigned int)strtoul(text, NULL, 0) : otherwise;
}

static void expect_success(const struct load *load, struct t_gpu *gpu)
{
	NTSTATUS status = load->once(gpu);

	if (status < 0)
		print_error("%s: 0x%08x\n", load->name, (unsigned int)status);
	assert_true(status >= 0);
}

/* What a program has when it is killed, besides the call under way. */
static void keep_something(struct t_gpu *gpu)
{
	struct t_fence fence = t_create_fence(gpu->device, 0);

	t_create_buffer(gpu, T_PAGE_SIZE);
	assert_status(t_wait_gpu(gpu->context, fence.handle, 0),
		      STATUS_SUCCESS);
}

static void *call_without_end(void *argument)
{
	unsigned int seed = *(const unsigned int *)argument;
	const struct load *load;
	struct t_gpu *gpu;

	t_setup_gpu((void **)&gpu);
	load_begin(gpu);
	keep_something(gpu);
	for (;;) {
		load = &loads[(unsigned int)rand_r(&seed) % load_count];
		expect_success(load, gpu);
	}
	return NULL;
}

static void work_without_end(void *argument)
{
	unsigned int seeds[THREADS], i, seed = *(unsigned int *)argument;

	/* a test that has failed leaves them to themselves */
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	for (i = 0; i < THREADS; i++)
		seeds[i] = (unsigned int)rand_r(&seed);
	for (i = 1; i < THREADS; i++)
		t_start_thread(call_without_end, &seeds[i]);
	call_without_end(&seeds[0]);
}

static pid_t start_worker(unsigned int *seed)
{
	unsigned int own = (unsigned int)rand_r(seed);

	return t_start_child(work_without_end, &own);
}

/* Half of the times are short, so that the first calls get their share. */
static unsigned int random_us(unsigned int *seed)
{
	unsigned int us = (unsigned int)rand_r(seed) % LATEST_US;

	return (unsigned int)rand_r(seed) & 1 ?
	       us : us >> (unsigned int)rand_r(seed) % 10;
}

/* Some at the same time, so that locks are held when one ends. */
static void kill_a_batch(unsigned int kills, unsigned int *seed)
{
	pid_t workers[WORKERS];
	unsigned int i;

	for (i = 0; i < WORKERS; i++)
		workers[i] = start_worker(seed);
	for (i = 0; i < kills; i++) {
		pid_t *worker = &workers[(unsigned int)rand_r(seed) % WORKERS];

		usleep(random_us(seed) / WORKERS);
		t_kill_child(*worker);
		*worker = start_worker(seed);
	}
	for (i = 0; i < WORKERS; i++)
		t_kill_child(workers[i]);
}

static void call_everything(void *unused)
{
	struct t_gpu *gpu;
	unsigned int i;

	(void)unused;
	t_setup_gpu((void **)&gpu);
	load_begin(gpu);
	for (i = 0; i < 2 * load_count; i++)
		expect_success(&loads[i % load_count], gpu);
	assert_int_equal(t_teardown((void **)&gpu), 0);
	D3DKMTCloseDxCoreDevice();
}

/* What is killed below would do its work otherwise. */
static void every_call_works(void **state)
{
	(void)state;
	t_run_child(call_everything, NULL);
}

/* Without a look at what is left, as others come and go meanwhile. */
static void use_the_gpu(void *unused)
{
	struct t_commands commands;
	struct t_gpu *gpu;

	(void)unused;
	t_setup_gpu((void **)&gpu);
	commands = t_commands(gpu);
	t_opcode(&commands, DXGHOST_OP_NOP);
	t_submit_and_wait(&commands);
}

static void expect_nothing_left(long pinned)
{
	t_expect_empty_host();
	assert_int_equal(t_pinned_pages(), pinned);
	t_run_child(use_the_gpu, NULL);
}

static void killed_processes_leave_nothing(void **state)
{
	unsigned int kills = number_of("DXG_KILLS", KILLS);
	unsigned int seed = number_of("DXG_SEED", (unsigned int)time(NULL));
	unsigned int done, batch;
	long pinned = t_pinned_pages();

	(void)state;
	skip_without_a_node();
	print_message("DXG_KILLS=%u DXG_SEED=%u\n", kills, seed);
	for (done = 0; done < kills; done += batch) {
		batch = kills - done < BATCH ? kills - done : BATCH;
		kill_a_batch(batch, &seed);
		expect_nothing_left(pinned);
	}
}

static void stay(void *data)
{
	const int *told = data;
	struct t_gpu *gpu;

	t_setup_gpu((void **)&gpu);
	keep_something(gpu);
	assert_int_equal(write(*told, "x", 1), 1);
	for (;;)
		pause();
}

/* A driver in use answers EOVERFLOW to each later process: WSL issue 41062. */
static void after_many_ends_at_once_a_process_can_begin(void **state)
{
	long pinned = t_pinned_pages();
	pid_t crowd[CROWD];
	int told[2], i;
	char byte;

	(void)state;
	skip_without_a_node();
	assert_int_equal(pipe(told), 0);
	for (i = 0; i < CROWD; i++)
		crowd[i] = t_start_child(stay, &told[1]);
	for (i = 0; i < CROWD; i++)
		assert_int_equal(read(told[0], &byte, 1), 1);
	for (i = 0; i < CROWD; i++)
		assert_int_equal(kill(crowd[i], SIGKILL), 0);
	/* while they still end */
	t_run_child(use_the_gpu, NULL);
	for (i = 0; i < CROWD; i++)
		t_expect_child_killed(crowd[i]);
	expect_nothing_left(pinned);
	close(told[0]);
	close(told[1]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_call_works),
		cmocka_unit_test(killed_processes_leave_nothing),
		cmocka_unit_test(after_many_ends_at_once_a_process_can_begin),
	};

	load_count = load_list(loads);
	return cmocka_run_group_tests_name("kill", tests, NULL, NULL);
}
