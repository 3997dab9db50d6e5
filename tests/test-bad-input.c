/* SPDX-License-Identifier: MIT */
/* Sweeps of wrong arguments over every call: an error, never a crash. */
#include "bad-input.h"
#include "lib/t-spoil.h"

/*
 * Each row makes one test for each sweep, named after both. A test gets the row
 * as its initial state, and the setup puts a fixture before it.
 */
struct sweep_state {
	const struct bad_row *row;
	struct bad_fixture fixture;
};

static void create_live_objects(struct bad_fixture *f)
{
	struct t_gpu *gpu = f->gpu;

	f->live[BAD_ADAPTER] = gpu->adapter;
	f->live[BAD_DEVICE] = gpu->device;
	f->live[BAD_CONTEXT] = gpu->context;
	f->live[BAD_PAGING_QUEUE] = gpu->paging.handle;
	f->live[BAD_ALLOCATION] = gpu->commands.allocation;
	f->live[BAD_SYNC] = gpu->fence.handle;
}

static void create_stale_handles(struct bad_fixture *f)
{
	D3DKMT_HANDLE device = f->gpu->device;
	struct t_paging_queue queue;
	struct t_fence fence;

	f->stale[BAD_ADAPTER] = t_open_adapter_by_luid(f->gpu->luid);
	t_close_adapter(f->stale[BAD_ADAPTER]);
	f->stale[BAD_DEVICE] = t_create_device(f->gpu->adapter);
	t_destroy_device(f->stale[BAD_DEVICE]);
	f->stale[BAD_CONTEXT] = t_create_context(device, 0);
	t_destroy_context(f->stale[BAD_CONTEXT]);
	t_create_paging_queue(device, &queue);
	f->stale[BAD_PAGING_QUEUE] = queue.handle;
	t_destroy_paging_queue(&queue);
	f->stale[BAD_ALLOCATION] = t_create_allocation(device, T_PAGE_SIZE, 0);
	assert_status(t_destroy_allocation(device, f->stale[BAD_ALLOCATION]),
		      STATUS_SUCCESS);
	fence = t_create_fence(device, 0);
	f->stale[BAD_SYNC] = fence.handle;
	t_destroy_fence(&fence);
}

static int setup(void **state)
{
	struct sweep_state *sweep = calloc(1, sizeof(*sweep));

	assert_non_null(sweep);
	sweep->row = *state;
	t_setup_gpu((void **)&sweep->fixture.gpu);
	create_live_objects(&sweep->fixture);
	create_stale_handles(&sweep->fixture);
	*state = sweep;
	return 0;
}

static int teardown(void **state)
{
	struct sweep_state *sweep = *state;
	int result = t_teardown((void **)&sweep->fixture.gpu);

	free(sweep);
	return result;
}

void bad_undo_nothing(struct bad_fixture *fixture, const void *args, bool worked)
{
	(void)fixture;
	(void)args;
	(void)worked;
}

/* The arguments that work, ready to be spoiled. */
static void *begin(struct sweep_state *sweep)
{
	void *args = calloc(1, sweep->row->size);

	assert_non_null(args);
	sweep->row->prepare(&sweep->fixture, args);
	return args;
}

static void end(struct sweep_state *sweep, void *args, NTSTATUS status)
{
	sweep->row->undo(&sweep->fixture, args, status >= 0);
	free(args);
}

/* Says which of the many cases it was before the test fails. */
static void expect(const char *member, const char *what, NTSTATUS got,
		   bool any_error, NTSTATUS want)
{
	if (any_error ? got < 0 : got == want)
		return;
	if (want == STATUS_SUCCESS && got == STATUS_PENDING)
		return;
	print_error("%s: %s\n", member, what);
	if (any_error)
		assert_refused(got);
	else
		assert_status(got, want);
}

static void it_works_with_good_arguments(void **state)
{
	struct sweep_state *sweep = *state;
	void *args = begin(sweep);
	NTSTATUS status = sweep->row->call(args);

	assert_success(status);
	end(sweep, args, status);
}

static void bad_structure_pointers(void **state)
{
	struct sweep_state *sweep = *state;
	int kind;

	/* the library looks into the arguments of some calls itself */
	assert_true(sweep->row->call(NULL) == STATUS_UNSUCCESSFUL ||
		    sweep->row->call(NULL) == STATUS_INVALID_PARAMETER);
	for (kind = 0; kind < T_SPOIL_KINDS; kind++) {
		void *args = begin(sweep);
		struct t_spoiled spoiled = t_spoil(args, sweep->row->size,
						   (enum t_spoil)kind);
		NTSTATUS status = sweep->row->call(spoiled.data);

		if (kind == T_SPOIL_READ_ONLY && !sweep->row->written)
			expect("structure", "read only", status, false,
			       STATUS_SUCCESS);
		else
			expect("structure", t_spoil_names[kind], status, false,
			       STATUS_UNSUCCESSFUL);
		end(sweep, args, status);
		t_unspoil(&spoiled);
	}
}

static bool may_be(const struct bad_member *member, int object)
{
	return (int)member->object == object ||
	       (member->flags & BAD_OR_QUEUE && object == BAD_PAGING_QUEUE);
}

static D3DKMT_HANDLE *handle_at(const struct bad_member *member, void *args)
{
	void *at = (char *)args + member->offset;

	return member->kind == BAD_LIST ? *(D3DKMT_HANDLE **)at : at;
}

static void try_handle(struct sweep_state *sweep, const struct bad_member *member,
		       D3DKMT_HANDLE handle, const char *what)
{
	void *args = begin(sweep);
	NTSTATUS status;

	*handle_at(member, args) = handle;
	status = sweep->row->call(args);
	expect(member->name, what, status, false,
	       !handle && member->flags & BAD_0_IS_FINE ?
	       STATUS_SUCCESS : STATUS_INVALID_PARAMETER);
	/* a close of 0 works, and leaves what prepare() has opened */
	end(sweep, args, handle ? status : STATUS_UNSUCCESSFUL);
}

static void bad_handles(void **state)
{
	static const char *const names[] = {
		"an adapter", "a device", "a context", "a paging queue",
		"an allocation", "a sync object",
	};
	struct sweep_state *sweep = *state;
	const struct bad_member *member;
	int object;

	for (member = sweep->row->members; member->kind; member++) {
		if (member->kind != BAD_HANDLE && member->kind != BAD_LIST)
			continue;
		try_handle(sweep, member, 0, "0");
		try_handle(sweep, member, T_UNKNOWN_HANDLE, "unknown");
		try_handle(sweep, member, 0xffffffff, "all ones");
		try_handle(sweep, member, sweep->fixture.stale[member->object],
			   "stale");
		for (object = 0; object < BAD_OBJECTS; object++)
			if (!may_be(member, object))
				try_handle(sweep, member,
					   sweep->fixture.live[object],
					   names[object]);
	}
}

static void try_count(struct sweep_state *sweep, const struct bad_member *member,
		      unsigned int count, const char *what)
{
	void *args = begin(sweep);
	NTSTATUS status;

	memcpy((char *)args + member->offset, &count, sizeof(count));
	status = sweep->row->call(args);
	expect(member->name, what, status, true, 0);
	end(sweep, args, status);
}

static void bad_counts(void **state)
{
	struct sweep_state *sweep = *state;
	const struct bad_member *member;

	for (member = sweep->row->members; member->kind; member++) {
		if (member->kind != BAD_COUNT)
			continue;
		if (!(member->flags & BAD_0_IS_FINE))
			try_count(sweep, member, 0, "0");
		try_count(sweep, member, member->max + 1, "one above the maximum");
		try_count(sweep, member, 0x40000001, "overflows times 4");
		try_count(sweep, member, UINT32_MAX, "all ones");
	}
}

static void try_pointer(struct sweep_state *sweep, const struct bad_member *member,
			int kind)
{
	void *args = begin(sweep), *good;
	struct t_spoiled spoiled;
	NTSTATUS status;

	memcpy(&good, (char *)args + member->offset, sizeof(good));
	spoiled = t_spoil(good, member->size, (enum t_spoil)kind);
	memcpy((char *)args + member->offset, &spoiled.data, sizeof(good));
	status = sweep->row->call(args);
	if (kind == T_SPOIL_READ_ONLY && !(member->flags & BAD_WRITTEN))
		expect(member->name, "read only", status, false, STATUS_SUCCESS);
	else
		expect(member->name, t_spoil_names[kind], status, false,
		       STATUS_UNSUCCESSFUL);
	memcpy((char *)args + member->offset, &good, sizeof(good));
	end(sweep, args, status);
	t_unspoil(&spoiled);
}

static void try_null(struct sweep_state *sweep, const struct bad_member *member)
{
	void *args = begin(sweep), *good;
	NTSTATUS status;

	memcpy(&good, (char *)args + member->offset, sizeof(good));
	memset((char *)args + member->offset, 0, sizeof(good));
	status = sweep->row->call(args);
	expect(member->name, "NULL", status, true, 0);
	memcpy((char *)args + member->offset, &good, sizeof(good));
	end(sweep, args, status);
}

static void bad_pointers(void **state)
{
	struct sweep_state *sweep = *state;
	const struct bad_member *member;
	int kind;

	for (member = sweep->row->members; member->kind; member++) {
		if (member->kind != BAD_POINTER && member->kind != BAD_LIST)
			continue;
		if (!(member->flags & BAD_0_IS_FINE))
			try_null(sweep, member);
		for (kind = 0; kind < T_SPOIL_KINDS; kind++)
			try_pointer(sweep, member, kind);
	}
}

static const struct {
	const char *name;
	void (*test)(void **state);
} sweeps[] = {
	{ "good arguments", it_works_with_good_arguments },
	{ "structure", bad_structure_pointers },
	{ "handles", bad_handles },
	{ "counts", bad_counts },
	{ "pointers", bad_pointers },
};

#define SWEEPS (sizeof(sweeps) / sizeof(sweeps[0]))
#define MAX_TESTS 256

static struct CMUnitTest tests[MAX_TESTS];
static char names[MAX_TESTS][80];
static unsigned int test_count;

static void add_rows(const struct bad_row *rows, unsigned int count)
{
	unsigned int row, sweep;

	for (row = 0; row < count; row++) {
		for (sweep = 0; sweep < SWEEPS; sweep++) {
			if (test_count == MAX_TESTS)
				abort();
			snprintf(names[test_count], sizeof(names[0]), "%s: %s",
				 rows[row].name, sweeps[sweep].name);
			tests[test_count].name = names[test_count];
			tests[test_count].test_func = sweeps[sweep].test;
			tests[test_count].setup_func = setup;
			tests[test_count].teardown_func = teardown;
			tests[test_count].initial_state = (void *)&rows[row];
			test_count++;
		}
	}
}

int main(void)
{
	add_rows(bad_object_rows, bad_object_row_count);
	add_rows(bad_memory_rows, bad_memory_row_count);
	add_rows(bad_sync_rows, bad_sync_row_count);
	return _cmocka_run_group_tests("bad-input", tests, test_count, NULL, NULL);
}
