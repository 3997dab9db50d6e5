/* SPDX-License-Identifier: MIT */
/*
 * SIGKILL in each call that waits, one by one, while the host does not answer: the
 * call ends then and there, unless it is one that takes something down. The process
 * itself ends when the host has let go what it had.
 */
#include "kill-victim.h"

#include <fcntl.h>
#include <glob.h>
#include <signal.h>

#define TRIES		2
/* Each call of a row is met by one try or another. */
#define LATEST_US	20000

static struct load loads[LOADS_MAX];
static unsigned int load_count;

static void call_without_end(struct victim *victim)
{
	struct t_gpu *gpu;

	t_setup_gpu((void **)&gpu);
	load_begin(gpu);
	victim_tell(victim);
	while (victim->load->once(gpu) >= 0)
		;
	pause();
}

/* True if it was in a call that can be killed. */
static bool kill_in(const struct load *load, unsigned int *seed)
{
	struct victim victim = { .load = load, .run = call_without_end };
	char stacks[T_STACK_MAX];
	bool is_killable;
	pid_t child = victim_start(&victim);

	usleep((unsigned int)rand_r(seed) % LATEST_US);
	t_freeze_host();
	assert_true(t_is_stuck(child, stacks));
	victim_expect_in(stacks, "[dxgkrnl]");
	is_killable = !victim_is_taking_down(stacks);
	assert_int_equal(kill(child, SIGKILL), 0);
	if (is_killable)
		victim_expect_call_to_end(child, load->name);
	t_thaw_host();
	victim_expect_killed(child);
	victim_expect_nothing_left();
	return is_killable;
}

static void each_call_is_ended_by_a_kill(void **state)
{
	unsigned int i, try, killable, seed = 1;

	(void)state;
	for (i = 0; i < load_count; i++) {
		/* the driver answers that by itself */
		if (loads[i].by_luid)
			continue;
		killable = 0;
		for (try = 0; try < TRIES || (!killable && try < 30); try++)
			killable += kill_in(&loads[i], &seed);
		print_message("%s: %u of %u in a call that can be killed\n",
			      loads[i].name, killable, try);
		assert_true(killable > 0);
	}
}

/* The host is there, and has nothing to say. */
static void wait_for_ever(struct victim *victim)
{
	struct t_fence fence;
	struct t_gpu *gpu;

	t_setup_gpu((void **)&gpu);
	fence = t_create_fence(gpu->device, 0);
	victim_tell(victim);
	t_wait_cpu(gpu->device, fence.handle, 1);
}

static void wait_is_ended_by_a_kill(void **state)
{
	struct victim victim = { .run = wait_for_ever };
	pid_t child = victim_start(&victim);

	(void)state;
	assert_eventually(victim_is_in(child, "dxgk_ioctl_wait_from_cpu"));
	assert_int_equal(kill(child, SIGKILL), 0);
	victim_expect_killed(child);
	victim_expect_nothing_left();
}

/* Four fill the ring, however large the rest of a message is. */
#define ESCAPE_SIZE	0x10000u
#define ESCAPERS	6

static void *escape_without_end(void *data)
{
	static char buffers[ESCAPERS][ESCAPE_SIZE];
	static int next;
	struct t_gpu *gpu = data;
	D3DKMT_ESCAPE args = {
		.hAdapter = gpu->adapter,
		.hDevice = gpu->device,
		.Type = D3DKMT_ESCAPE_DRIVERPRIVATE,
		.PrivateDriverDataSize = ESCAPE_SIZE,
	};

	args.pPrivateDriverData =
		buffers[__atomic_fetch_add(&next, 1, __ATOMIC_RELAXED)];
	while (D3DKMTEscape(&args) >= 0)
		;
	return NULL;
}

static void fill_the_ring(struct victim *victim)
{
	struct t_gpu *gpu;
	int i;

	t_setup_gpu((void **)&gpu);
	victim_tell(victim);
	/* the host takes nothing out of it any more */
	victim_wait(victim);
	for (i = 1; i < ESCAPERS; i++)
		t_start_thread(escape_without_end, gpu);
	escape_without_end(gpu);
}

static void wait_for_room_is_ended_by_a_kill(void **state)
{
	struct victim full = { .waits = true, .run = fill_the_ring };
	struct victim other = { .run = call_without_end, .load = &loads[0] };
	char stacks[T_STACK_MAX];
	pid_t child, bystander;

	(void)state;
	bystander = victim_start(&other);
	child = victim_start(&full);
	t_freeze_host();
	victim_let_go(&full);
	assert_eventually(victim_is_in(child, "dxgk_channel_send"));
	assert_true(t_is_stuck(child, stacks));
	victim_expect_in(stacks, "dxgk_channel_send");
	assert_int_equal(kill(child, SIGKILL), 0);
	victim_expect_call_to_end(child, "wait for room in the ring");
	t_thaw_host();
	victim_expect_killed(child);
	/* who was not killed goes on */
	assert_eventually(!victim_is_in(bystander, "dxgk_channel"));
	assert_int_equal(kill(bystander, SIGKILL), 0);
	victim_expect_killed(bystander);
	victim_expect_nothing_left();
}

static void *lock_again_and_again(void *data)
{
	const D3DKMT_LOCK2 *wanted = data;
	D3DKMT_LOCK2 args;

	do {
		args = *wanted;
	} while (D3DKMTLock2(&args) >= 0 &&
		 t_unlock(args.hDevice, args.hAllocation) >= 0);
	return NULL;
}

/* One asks the host, the others wait for that one. */
static void lock_in_threads(struct victim *victim)
{
	D3DKMT_LOCK2 args = { 0 };
	struct t_gpu *gpu;

	t_setup_gpu((void **)&gpu);
	args.hDevice = gpu->device;
	args.hAllocation = t_create_allocation(gpu->device, T_PAGE_SIZE, 0);
	t_start_thread(lock_again_and_again, &args);
	t_start_thread(lock_again_and_again, &args);
	victim_tell(victim);
	lock_again_and_again(&args);
}

static void wait_for_another_thread_is_ended_by_a_kill(void **state)
{
	struct victim victim = { .run = lock_in_threads };
	char stacks[T_STACK_MAX];
	bool is_killable = false;
	pid_t child;
	int i;

	(void)state;
	for (i = 0; i < 30 && !is_killable; i++) {
		child = victim_start(&victim);
		usleep(1000 * (unsigned int)i);
		t_freeze_host();
		assert_true(t_is_stuck(child, stacks));
		is_killable = !victim_is_taking_down(stacks) &&
			      victim_waits_in(stacks, "dxgk_ioctl_lock");
		assert_int_equal(kill(child, SIGKILL), 0);
		if (is_killable)
			victim_expect_call_to_end(child, "wait for a lock");
		t_thaw_host();
		victim_expect_killed(child);
	}
	assert_true(is_killable);
	victim_expect_nothing_left();
}

/* The function's driver lets it go, or takes it; waits until that is done. */
static void write_driver_file(const char *file)
{
	char path[128];
	glob_t found;
	int fd;

	assert_int_equal(glob("/sys/bus/pci/devices/10000:*", 0, NULL, &found),
			 0);
	snprintf(path, sizeof(path), "/sys/bus/pci/drivers/dxgkrnl/%s", file);
	fd = open(path, O_WRONLY | O_CLOEXEC);
	assert_true(fd >= 0);
	assert_true(write(fd, basename(found.gl_pathv[0]),
			  strlen(basename(found.gl_pathv[0]))) > 0);
	close(fd);
	globfree(&found);
}

static void take_the_gpu_away(struct victim *victim)
{
	victim_tell(victim);
	write_driver_file("unbind");
}

/* Everything is there, but the call. */
static void call_when_told(struct victim *victim)
{
	struct t_gpu *gpu;

	t_setup_gpu((void **)&gpu);
	load_begin(gpu);
	victim_tell(victim);
	victim_wait(victim);
	victim->load->once(gpu);
	pause();
}

/* That waits for calls under way, and those that begin later wait for it. */
static void wait_for_a_removal_is_ended_by_a_kill(void **state)
{
	struct victim late = {
		.load = &loads[1], .waits = true, .run = call_when_told,
	};
	struct victim first = { .load = &loads[1], .run = call_without_end };
	struct victim remover = { .run = take_the_gpu_away };
	pid_t under_way, waiting, removal;

	(void)state;
	waiting = victim_start(&late);
	under_way = victim_start(&first);
	t_freeze_host();
	assert_eventually(victim_is_in(under_way, "dxgk_channel_request"));
	removal = victim_start(&remover);
	assert_eventually(victim_is_in(removal, "dxgk_adapter_remove"));
	victim_let_go(&late);
	assert_eventually(victim_is_in(waiting, "dxgk_file_ioctl"));
	assert_false(victim_is_in(waiting, "dxgk_channel_request"));
	assert_int_equal(kill(waiting, SIGKILL), 0);
	victim_expect_call_to_end(waiting, "wait for a removal");
	assert_int_equal(kill(under_way, SIGKILL), 0);
	t_thaw_host();
	victim_expect_killed(waiting);
	victim_expect_killed(under_way);
	victim_expect_success(removal);
	write_driver_file("bind");
	victim_expect_nothing_left();
}

#define blocked_test(name) \
	cmocka_unit_test_setup_teardown(name, victim_setup, victim_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		blocked_test(each_call_is_ended_by_a_kill),
		blocked_test(wait_is_ended_by_a_kill),
		blocked_test(wait_for_room_is_ended_by_a_kill),
		blocked_test(wait_for_another_thread_is_ended_by_a_kill),
		blocked_test(wait_for_a_removal_is_ended_by_a_kill),
	};

	if (t_device_is_soft() || !t_host_if_any() || geteuid()) {
		puts("skipped: needs a node, the software host behind it, and "
		     "to be root");
		return 77;
	}
	load_count = load_list(loads);
	return cmocka_run_group_tests_name("kill-blocked", tests, NULL, NULL);
}
