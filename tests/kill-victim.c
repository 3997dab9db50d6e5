/* SPDX-License-Identifier: MIT */
/* Starts and ends them, and looks where they are. */
#include "kill-victim.h"
#include "lib/t-heap.h"
#include "lib/t-leak.h"

#include <fcntl.h>
#include <signal.h>

#include <sys/wait.h>

/* For what is to happen at once. */
#define PATIENCE_MS	3000

static long pinned_before;

#define VICTIMS_MAX 4
static pid_t victims[VICTIMS_MAX];

int victim_setup(void **state)
{
	(void)state;
	pinned_before = t_pinned_pages();
	return 0;
}

/* Also after a failure: whoever asks the host next would wait for ever. */
int victim_teardown(void **state)
{
	int i;

	(void)state;
	t_thaw_host();
	for (i = 0; i < VICTIMS_MAX; i++) {
		if (!victims[i])
			continue;
		kill(victims[i], SIGKILL);
		waitpid(victims[i], NULL, 0);
		victims[i] = 0;
	}
	return 0;
}

/* The place of @was gets @is. */
static void note_victim(pid_t was, pid_t is)
{
	int i;

	for (i = 0; i < VICTIMS_MAX; i++) {
		if (victims[i] == was) {
			victims[i] = is;
			return;
		}
	}
	fail();
}

void victim_tell(const struct victim *victim)
{
	assert_int_equal(write(victim->ready, "x", 1), 1);
}

static void run_victim(void *data)
{
	struct victim *victim = data;

	victim->run(victim);
}

void victim_wait(const struct victim *victim)
{
	char byte;

	assert_int_equal(read(victim->go[0], &byte, 1), 1);
}

void victim_let_go(struct victim *victim)
{
	assert_int_equal(write(victim->go[1], "x", 1), 1);
	close(victim->go[0]);
	close(victim->go[1]);
}

pid_t victim_start(struct victim *victim)
{
	int ready[2];
	pid_t child;
	char byte;

	assert_int_equal(pipe2(ready, O_CLOEXEC), 0);
	if (victim->waits)
		assert_int_equal(pipe2(victim->go, O_CLOEXEC), 0);
	victim->ready = ready[1];
	child = t_start_child(run_victim, victim);
	note_victim(0, child);
	close(ready[1]);
	assert_int_equal(read(ready[0], &byte, 1), 1);
	close(ready[0]);
	return child;
}

bool victim_is_in(pid_t process, const char *function)
{
	char stacks[T_STACK_MAX];

	t_kernel_stacks(process, stacks);
	return strstr(stacks, function) != NULL;
}

void victim_expect_in(const char *stacks, const char *function)
{
	if (strstr(stacks, function))
		return;
	print_error("not in %s, but:\n%s\n", function, stacks);
	fail();
}

/* Of which thread ever: the scheduler's functions are left out there. */
bool victim_waits_in(const char *stacks, const char *function)
{
	char text[80];

	snprintf(text, sizeof(text), T_STACK_BEGIN "[<0>] %s+", function);
	return strstr(stacks, text) != NULL;
}

/* Those are not to be ended half way. */
bool victim_is_taking_down(const char *stacks)
{
	return strstr(stacks, "dxgk_ioctl_destroy") ||
	       strstr(stacks, "dxgk_shared_file_release") ||
	       strstr(stacks, "dxgk_ioctl_unlock") ||
	       strstr(stacks, "dxgk_ioctl_close_adapter");
}

/*
 * The call has been left, for what the end of the file needs; or the host is to
 * take back what it has made in the call.
 */
void victim_expect_call_to_end(pid_t child, const char *what)
{
	char stacks[T_STACK_MAX];
	unsigned int ms;

	for (ms = 0; ms < PATIENCE_MS; ms++) {
		t_kernel_stacks(child, stacks);
		if (!strstr(stacks, "dxgk_file_ioctl") ||
		    strstr(stacks, "dxgk_allocation_send_destroy"))
			return;
		t_sleep_ms(1);
	}
	print_error("%s: not ended by SIGKILL, but in\n%s\n", what, stacks);
	fail();
}

void victim_expect_killed(pid_t child)
{
	note_victim(child, 0);
	t_expect_child_killed(child);
}

void victim_expect_nothing_left(void)
{
	t_expect_empty_host();
	assert_int_equal(t_pinned_pages(), pinned_before);
}

void victim_expect_success(pid_t process)
{
	note_victim(process, 0);
	t_expect_child_ok(process);
}
