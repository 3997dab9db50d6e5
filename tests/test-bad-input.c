/* SPDX-License-Identifier: MIT */
/*
 * Wrong arguments to every function of src/calls.h: the status that the
 * interface has for them, never a crash, and nothing left behind. A test for
 * each row of the table; what fails names its case.
 */
#include "bad-input.h"

#include <fcntl.h>
#include <unistd.h>

static const struct bad_table *const tables[] = {
	&bad_adapter_table, &bad_device_table, &bad_context_table,
	&bad_hwqueue_table, &bad_allocation_table, &bad_residency_table,
	&bad_gpuva_table, &bad_sync_table, &bad_sync_file_table, &bad_share_table,
	&bad_plain_table,
};
#define TABLES (sizeof(tables) / sizeof(tables[0]))

/* Every function that there is. */
#define THUNK(name, type, request)	#name,
#define CUSTOM(name, type, request)	#name,
#define OLDER(name, type)		#name,
#define OTHER(name)			#name,
#define UNSUPPORTED(name, type)		#name,
#define NOOP(name, type)		#name,
static const char *const functions[] = {
#include "../src/calls.h"
};
#define FUNCTIONS (sizeof(functions) / sizeof(functions[0]))

static bool has_row(const char *function)
{
	unsigned int table, row;

	for (table = 0; table < TABLES; table++)
		for (row = 0; row < tables[table]->count; row++)
			if (!strcmp(tables[table]->rows[row].name, function))
				return true;
	return false;
}

/* The one call without arguments has a test of its own. */
static void every_function_has_a_row(void **state)
{
	unsigned int i, missing = 0;

	(void)state;
	for (i = 0; i < FUNCTIONS; i++) {
		if (has_row(functions[i]) ||
		    !strcmp(functions[i], "D3DKMTCloseDxCoreDevice"))
			continue;
		print_error("%s has no row\n", functions[i]);
		missing++;
	}
	assert_int_equal(missing, 0);
}

/* Without arguments there is nothing wrong but the time: it is closed already. */
static void close_twice_in_a_child(void *unused)
{
	D3DKMT_ENUMADAPTERS2 args = { 0 };

	(void)unused;
	assert_status(D3DKMTEnumAdapters2(&args), STATUS_SUCCESS);
	D3DKMTCloseDxCoreDevice();
	D3DKMTCloseDxCoreDevice();
	assert_status(D3DKMTEnumAdapters2(&args), STATUS_UNSUCCESSFUL);
}

static void closing_a_closed_device_is_harmless(void **state)
{
	(void)state;
	t_run_child(close_twice_in_a_child, NULL);
}

static void sweep_in_a_child(void *row)
{
	assert_int_equal(bad_sweep_row(row), 0);
}

/* A test has its row as its initial state. */
static void row_refuses_bad_input(void **state)
{
	const struct bad_row *row = *state;

	if (row->flags & BAD_IN_A_CHILD) {
		/* what the host keeps for ever goes with a host of the child's */
		t_soft_or_skip();
		t_run_child(sweep_in_a_child, (void *)row);
	} else {
		assert_int_equal(bad_sweep_row(row), 0);
	}
}

/* So many that another process's first objects have other numbers. */
#define NUMBERS_USED_UP 512

static void use_up_numbers(const struct bad_fixture *f)
{
	struct t_fence fence;
	int i;

	for (i = 0; i < NUMBERS_USED_UP; i++) {
		fence = t_create_fence(f->live[BAD_DEVICE], 0);
		t_destroy_fence(&fence);
		t_close_adapter(t_open_adapter_by_luid(f->gpu->luid));
	}
}

/* Pipes of two processes: one tells its handles, then lives until it is told. */
struct strangers {
	int told[2];
	int over[2];
	D3DKMT_HANDLE handles[BAD_OBJECTS];
};

static void be_the_stranger(void *data)
{
	static struct bad_fixture first, second;
	struct strangers *strangers = data;
	char byte;

	close(strangers->over[1]);
	bad_fixture_begin(&first, false);
	use_up_numbers(&first);
	bad_fixture_begin(&second, false);
	assert_int_equal(write(strangers->told[1], second.sibling,
			       sizeof(second.sibling)), sizeof(second.sibling));
	assert_int_equal(read(strangers->over[0], &byte, 1), 0);
	assert_int_equal(bad_fixture_end(&second), 0);
	assert_int_equal(bad_fixture_end(&first), 0);
	/* for valgrind, which looks through all memory that is left at the end */
	D3DKMTCloseDxCoreDevice();
}

static void sweep_with_strangers(void *data)
{
	const struct strangers *strangers = data;
	unsigned int table, failures = 0;

	for (table = 0; table < TABLES; table++)
		failures += bad_sweep_strangers(tables[table]->rows,
						tables[table]->count,
						strangers->handles);
	assert_int_equal(failures, 0);
	D3DKMTCloseDxCoreDevice();
}

/*
 * In the embedded device each process has a machine of its own. So there it
 * shows that a process begins with nothing, and not that one driver keeps two
 * of them apart.
 */
static void handles_of_another_process_are_unknown(void **state)
{
	struct strangers strangers;
	pid_t stranger;

	(void)state;
	assert_int_equal(pipe2(strangers.told, O_CLOEXEC), 0);
	assert_int_equal(pipe2(strangers.over, O_CLOEXEC), 0);
	stranger = t_start_child(be_the_stranger, &strangers);
	close(strangers.told[1]);
	assert_int_equal(read(strangers.told[0], strangers.handles,
			      sizeof(strangers.handles)),
			 sizeof(strangers.handles));
	t_run_child(sweep_with_strangers, &strangers);
	close(strangers.over[1]);
	t_expect_child_ok(stranger);
	close(strangers.told[0]);
	close(strangers.over[0]);
}

static int name_unfinished_case(void **state)
{
	(void)state;
	bad_name_unfinished_case();
	return 0;
}

#define MAX_TESTS 160

static struct CMUnitTest tests[MAX_TESTS] = {
	cmocka_unit_test(every_function_has_a_row),
	cmocka_unit_test(closing_a_closed_device_is_harmless),
	cmocka_unit_test(handles_of_another_process_are_unknown),
};
static unsigned int test_count = 3;
static char names[MAX_TESTS][100];

static void add_row(const struct bad_row *row)
{
	char *name = names[test_count];

	if (test_count == MAX_TESTS)
		abort();
	snprintf(name, sizeof(names[0]), "%s_refuses_bad_input%s%s", row->name,
		 row->variant ? ": " : "", row->variant ? row->variant : "");
	tests[test_count].name = name;
	tests[test_count].test_func = row_refuses_bad_input;
	tests[test_count].teardown_func = name_unfinished_case;
	tests[test_count].initial_state = (void *)row;
	test_count++;
}

static void add_rows(bool in_a_child)
{
	const struct bad_row *row;
	unsigned int table, i;

	for (table = 0; table < TABLES; table++) {
		for (i = 0; i < tables[table]->count; i++) {
			row = &tables[table]->rows[i];
			if (bad_row_applies(row) &&
			    !(row->flags & BAD_IN_A_CHILD) == !in_a_child)
				add_row(row);
		}
	}
}

/* Children come first: of a device that is open they would have a copy. */
int main(void)
{
	add_rows(true);
	add_rows(false);
	return _cmocka_run_group_tests("bad-input", tests, test_count, NULL, NULL);
}
