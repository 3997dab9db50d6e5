/* SPDX-License-Identifier: MIT */
/* Every row of the table: what it sends, and what it answers by itself. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <dxg/d3dkmthk.h>
#include <dxg/dxg.h>
#include <dxg/uapi.h>

#include "fake-device.h"

enum kind { SENDS_AS_IT_IS, SENDS, ANSWERS_ITSELF };

struct row {
	const char *name;
	enum kind kind;
	unsigned long request;
	NTSTATUS status;
	NTSTATUS (*call)(void *args);
};

/* One function of a common type for each. */
#define CALL(name) \
	static NTSTATUS call_##name(void *args) { return name(args); }
#define THUNK(name, type, request) CALL(name)
#define CUSTOM(name, type, request) CALL(name)
#define UNSUPPORTED(name, type) CALL(name)
#define NOOP(name, type) CALL(name)
#define OLDER(name, type)
#define OTHER(name)
#include "calls.h"

#define THUNK(name, type, request) \
	{ #name, SENDS_AS_IT_IS, request, STATUS_SUCCESS, call_##name },
#define CUSTOM(name, type, request) \
	{ #name, SENDS, request, STATUS_SUCCESS, call_##name },
#define UNSUPPORTED(name, type) \
	{ #name, ANSWERS_ITSELF, 0, STATUS_NOT_SUPPORTED, call_##name },
#define NOOP(name, type) \
	{ #name, ANSWERS_ITSELF, 0, STATUS_SUCCESS, call_##name },
#define OLDER(name, type)
#define OTHER(name)
static const struct row rows[] = {
#include "calls.h"
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static int reset(void **state)
{
	(void)state;
	fake_reset();
	return 0;
}

static void each_row_sends_its_own_request_once(void **state)
{
	uint64_t args[1024 / sizeof(uint64_t)] = { 0 };
	unsigned int numbers = 0;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		if (rows[i].kind == ANSWERS_ITSELF)
			continue;
		fake.ioctls = 0;
		if (rows[i].call(args) != STATUS_SUCCESS)
			fail_msg("%s fails", rows[i].name);
		if (fake.ioctls != 1 || fake.request != rows[i].request)
			fail_msg("%s sends %#lx, %d times", rows[i].name,
				 (unsigned long)fake.request, (int)fake.ioctls);
		if (rows[i].kind == SENDS_AS_IT_IS && fake.args != args)
			fail_msg("%s sends another structure", rows[i].name);
		numbers++;
	}
	assert_int_equal(numbers, 0x49);
}

static int answer_pending(unsigned long request, void *args)
{
	(void)request;
	(void)args;
	return STATUS_PENDING;
}

static int answer_raw_error(unsigned long request, void *args)
{
	(void)request;
	(void)args;
	return STATUS_INVALID_PARAMETER;
}

static void each_row_returns_what_the_driver_answers(void **state)
{
	uint64_t args[1024 / sizeof(uint64_t)] = { 0 };
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		if (rows[i].kind == ANSWERS_ITSELF)
			continue;
		fake.answer = answer_pending;
		if (rows[i].call(args) != STATUS_PENDING)
			fail_msg("%s hides a success code", rows[i].name);
		fake.answer = answer_raw_error;
		if (rows[i].call(args) != STATUS_INVALID_PARAMETER)
			fail_msg("%s hides a raw error", rows[i].name);
	}
}

static int answer_fault(unsigned long request, void *args)
{
	(void)request;
	errno = args ? EIO : EFAULT;
	return -1;
}

static void direct_calls_pass_null_to_the_driver(void **state)
{
	size_t i;

	(void)state;
	fake.answer = answer_fault;
	for (i = 0; i < COUNT(rows); i++) {
		if (rows[i].kind != SENDS_AS_IT_IS)
			continue;
		fake.ioctls = 0;
		if (rows[i].call(NULL) != STATUS_UNSUCCESSFUL || fake.ioctls != 1)
			fail_msg("%s does not", rows[i].name);
	}
}

static void calls_outside_gpu_pv_look_at_nothing(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		if (rows[i].kind != ANSWERS_ITSELF)
			continue;
		if (rows[i].call(NULL) != rows[i].status)
			fail_msg("%s answers something else", rows[i].name);
	}
	assert_int_equal(fake.ioctls, 0);
	assert_int_equal(fake.opens, 0);
}

static void requests_have_the_names_of_their_functions(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++)
		if (rows[i].kind != ANSWERS_ITSELF)
			assert_string_equal(dxg_call_name((unsigned int)rows[i].request),
					    rows[i].name);
	assert_null(dxg_call_name(0));
	assert_null(dxg_call_name((unsigned int)LX_DXCREATEDEVICE + (1 << 16)));
	assert_null(dxg_call_name(0xc004474a));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(each_row_sends_its_own_request_once, reset),
		cmocka_unit_test_setup(each_row_returns_what_the_driver_answers, reset),
		cmocka_unit_test_setup(direct_calls_pass_null_to_the_driver, reset),
		cmocka_unit_test_setup(calls_outside_gpu_pv_look_at_nothing, reset),
		cmocka_unit_test(requests_have_the_names_of_their_functions),
	};

	return cmocka_run_group_tests_name("calls", tests, NULL, NULL);
}
