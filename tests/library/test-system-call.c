/* SPDX-License-Identifier: MIT */
/*
 * The way that programs without an ioctl() of their own take: the system call.
 * A seccomp filter hands the requests of a GPU to a signal handler, which plays
 * the driver; other programs' tests replace ioctl() and so cannot see this.
 */
#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <ucontext.h>
#include <unistd.h>

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

#include <cmocka.h>

#include <dxg/d3dkmthk.h>
#include <dxg/dxg.h>
#include <dxg/uapi.h>

#if defined(__x86_64__)
#define REGISTER_RESULT(context) ((context)->uc_mcontext.gregs[REG_RAX])
#define REGISTER_REQUEST(context) ((context)->uc_mcontext.gregs[REG_RSI])
#define REGISTER_ARGS(context) ((context)->uc_mcontext.gregs[REG_RDX])
#elif defined(__aarch64__)
#define REGISTER_RESULT(context) ((context)->uc_mcontext.regs[0])
#define REGISTER_REQUEST(context) ((context)->uc_mcontext.regs[1])
#define REGISTER_ARGS(context) ((context)->uc_mcontext.regs[2])
#else
#define NO_REGISTERS
#endif

#ifdef NO_REGISTERS
int main(void)
{
	puts("skipped: the registers of this processor are not known here");
	return 77;
}
#else

static volatile sig_atomic_t calls;
static volatile long answers[8]; /* the first, the second ... */
static unsigned long seen_request;
static void *seen_args;

static void play_driver(int number, siginfo_t *info, void *context)
{
	ucontext_t *registers = context;

	(void)number;
	(void)info;
	seen_request = (unsigned long)REGISTER_REQUEST(registers);
	seen_args = (void *)REGISTER_ARGS(registers);
	REGISTER_RESULT(registers) = answers[calls++];
}

/* Requests of type 'G' only: the program's other ioctls are none of ours. */
static int install_filter(void)
{
	struct sock_filter filter[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_ioctl, 0, 4),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[1])),
		BPF_STMT(BPF_ALU | BPF_AND | BPF_K, 0xff00),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 'G' << 8, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRAP),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog program = { sizeof(filter) / sizeof(filter[0]), filter };

	return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) ||
	       prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
}

/* In each test itself: cmocka takes the signal for its own in between. */
static void become_the_driver(void)
{
	struct sigaction action = { .sa_flags = SA_SIGINFO, .sa_sigaction = play_driver };
	size_t i;

	assert_int_equal(sigaction(SIGSYS, &action, NULL), 0);
	for (i = 0; i < sizeof(answers) / sizeof(answers[0]); i++)
		answers[i] = 0;
	calls = 0;
}

static NTSTATUS call(void)
{
	D3DKMT_CLOSEADAPTER args = { 0 };

	return D3DKMTCloseAdapter(&args);
}

static void the_request_and_the_callers_structure_arrive(void **state)
{
	D3DKMT_LOCK2 args = { 0 };

	(void)state;
	become_the_driver();
	assert_int_equal(D3DKMTLock2(&args), STATUS_SUCCESS);
	assert_int_equal(calls, 1);
	assert_int_equal(seen_request, LX_DXLOCK2);
	assert_ptr_equal(seen_args, &args);
	assert_int_equal(D3DKMTDestroyDevice(NULL), STATUS_SUCCESS);
	assert_ptr_equal(seen_args, NULL);
}

static void what_the_driver_answers_is_returned(void **state)
{
	(void)state;
	become_the_driver();
	answers[0] = STATUS_PENDING;
	answers[1] = STATUS_TIMEOUT;
	answers[2] = STATUS_INVALID_PARAMETER; /* a raw error */
	assert_int_equal(call(), STATUS_PENDING);
	assert_int_equal(call(), STATUS_TIMEOUT);
	assert_int_equal(call(), STATUS_INVALID_PARAMETER);
}

static void errors_become_statuses(void **state)
{
	(void)state;
	become_the_driver();
	answers[0] = -EINVAL;
	answers[1] = -ENODEV;
	answers[2] = -EPERM;
	answers[3] = -EFAULT;
	answers[4] = -4095;
	assert_int_equal(call(), STATUS_INVALID_PARAMETER);
	assert_int_equal(call(), STATUS_DEVICE_REMOVED);
	assert_int_equal(call(), STATUS_NOT_SUPPORTED);
	assert_int_equal(call(), STATUS_UNSUCCESSFUL);
	assert_int_equal(call(), STATUS_UNSUCCESSFUL);
	assert_int_equal(calls, 5);
}

static void interruptions_are_resumed(void **state)
{
	(void)state;
	become_the_driver();
	answers[0] = -EINTR;
	answers[1] = -512;
	answers[2] = -516;
	answers[3] = STATUS_PENDING;
	assert_int_equal(call(), STATUS_PENDING);
	assert_int_equal(calls, 4);
	answers[4] = -EINTR;
	answers[5] = -ENOMEM;
	assert_int_equal(call(), STATUS_NO_MEMORY);
	assert_int_equal(calls, 6);
}

static void a_useless_device_is_opened_again(void **state)
{
	D3DKMT_ENUMADAPTERS2 args = { 0 };

	(void)state;
	become_the_driver();
	answers[0] = -ENOTTY;
	answers[1] = STATUS_SUCCESS;
	answers[2] = -ENOTTY;
	assert_int_equal(D3DKMTEnumAdapters2(&args), STATUS_SUCCESS);
	assert_int_equal(calls, 2);
	assert_int_equal(call(), STATUS_UNSUCCESSFUL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_request_and_the_callers_structure_arrive),
		cmocka_unit_test(what_the_driver_answers_is_returned),
		cmocka_unit_test(errors_become_statuses),
		cmocka_unit_test(interruptions_are_resumed),
		cmocka_unit_test(a_useless_device_is_opened_again),
	};

	if (install_filter()) {
		puts("skipped: no seccomp filters here");
		return 77;
	}
	dxg_set_device("/dev/null");
	return cmocka_run_group_tests_name("system-call", tests, NULL, NULL);
}
#endif
