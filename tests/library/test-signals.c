/* SPDX-License-Identifier: MIT */
/* Interrupted calls go on and do not fail. */
#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include <sys/time.h>

#include <cmocka.h>

#include <dxg/d3dkmthk.h>

#include "fake-device.h"

static int interruption;
static int times;

static int answer_interrupted(unsigned long request, void *args)
{
	(void)request;
	(void)args;
	if (times-- > 0) {
		errno = interruption;
		return -1;
	}
	return STATUS_PENDING;
}

static int reset(void **state)
{
	(void)state;
	fake_reset();
	fake.answer = answer_interrupted;
	return 0;
}

static void expect_resumed(int error)
{
	D3DKMT_WAITFORSYNCHRONIZATIONOBJECTFROMCPU wait = { 0 };
	D3DKMT_ENUMADAPTERS3 enumeration = { 0 };

	interruption = error;
	times = 3;
	fake.ioctls = 0;
	assert_int_equal(D3DKMTWaitForSynchronizationObjectFromCpu(&wait), STATUS_PENDING);
	assert_int_equal(fake.ioctls, 4);
	assert_ptr_equal(fake.args, &wait);
	times = 3;
	assert_int_equal(D3DKMTEnumAdapters3(&enumeration), STATUS_PENDING);
	assert_int_equal(fake.ioctls, 8);
	assert_int_equal(fake.opens, 1);
}

static void an_interrupted_call_is_resumed(void **state)
{
	(void)state;
	expect_resumed(EINTR);
}

static void the_kernels_own_restart_codes_never_reach_the_caller(void **state)
{
	static const int codes[] = { 512, 513, 514, 516 };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(codes) / sizeof(codes[0]); i++) {
		fake_reset();
		fake.answer = answer_interrupted;
		expect_resumed(codes[i]);
	}
}

static int failure_after;

static int answer_failure_after_interruption(unsigned long request, void *args)
{
	(void)request;
	(void)args;
	errno = fake.ioctls == 1 ? EINTR : failure_after;
	return -1;
}

static void an_error_after_an_interruption_is_that_error(void **state)
{
	D3DKMT_CLOSEADAPTER args = { 0 };

	(void)state;
	failure_after = ENODEV;
	fake.answer = answer_failure_after_interruption;
	assert_int_equal(D3DKMTCloseAdapter(&args), STATUS_DEVICE_REMOVED);
	assert_int_equal(fake.ioctls, 2);
}

static volatile sig_atomic_t handled;

static void handle(int number)
{
	(void)number;
	handled++;
}

/* Sleeps until a signal without SA_RESTART ends it, twice. */
static int answer_blocking(unsigned long request, void *args)
{
	struct timespec second = { .tv_sec = 1 };

	(void)request;
	(void)args;
	if (handled >= 2)
		return 0;
	return nanosleep(&second, NULL);
}

static void a_wait_outlives_signal_handlers(void **state)
{
	struct itimerval often = { { 0, 5000 }, { 0, 5000 } };
	struct itimerval never = { { 0, 0 }, { 0, 0 } };
	struct sigaction action = { .sa_handler = handle };
	D3DKMT_WAITFORSYNCHRONIZATIONOBJECTFROMCPU wait = { 0 };
	NTSTATUS status;

	(void)state;
	fake.answer = answer_blocking;
	assert_int_equal(sigaction(SIGALRM, &action, NULL), 0);
	assert_int_equal(setitimer(ITIMER_REAL, &often, NULL), 0);
	status = D3DKMTWaitForSynchronizationObjectFromCpu(&wait);
	setitimer(ITIMER_REAL, &never, NULL);
	assert_int_equal(status, STATUS_SUCCESS);
	assert_true(handled >= 2);
	assert_true(fake.ioctls >= 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(an_interrupted_call_is_resumed, reset),
		cmocka_unit_test_setup(the_kernels_own_restart_codes_never_reach_the_caller, reset),
		cmocka_unit_test_setup(an_error_after_an_interruption_is_that_error, reset),
		cmocka_unit_test_setup(a_wait_outlives_signal_handlers, reset),
	};

	return cmocka_run_group_tests_name("signals", tests, NULL, NULL);
}
