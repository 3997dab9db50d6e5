/* SPDX-License-Identifier: MIT */
/* The cases that a row makes as a whole, and what is the same for all cases. */
#include "bad-input-sweep.h"
#include "lib/t-spoil.h"
#include "lib/t-sync-file.h"

#include <dxg/dxg.h>

void *const bad_nowhere[BAD_NOWHERE] = {
	(void *)8, (void *)0xffff800000000000, (void *)0xfffffffffffffff8,
};

/* The one that has begun; it is named if an assertion ends the test. */
static const struct bad_sweep *unfinished;

static void print_case(const struct bad_sweep *s, const char *text)
{
	print_error("%s%s%s, %s, %s: %s\n", s->row->name,
		    s->row->variant ? " of " : "",
		    s->row->variant ? s->row->variant : "", s->member, s->what,
		    text);
}

void bad_name_unfinished_case(void)
{
	if (unfinished)
		print_case(unfinished, "the test ends here");
	unfinished = NULL;
}

static void report(struct bad_sweep *s, const char *text)
{
	print_case(s, text);
	s->failures++;
}

static void count_objects(struct dxg_soft_object_counts *ret_counts)
{
	const struct t_soft *soft = t_soft_if_any();

	memset(ret_counts, 0, sizeof(*ret_counts));
	if (soft && soft->host_objects(ret_counts))
		abort();
}

void *bad_begin(struct bad_sweep *s, const char *member, const char *what)
{
	unfinished = s;
	s->member = member;
	snprintf(s->what, sizeof(s->what), "%s", what);
	s->grown_count = 0;
	count_objects(&s->before);
	s->args = calloc(1, s->row->size);
	assert_non_null(s->args);
	s->row->prepare(&s->f, s->args);
	return s->args;
}

static bool is_as_wanted(NTSTATUS got, NTSTATUS want)
{
	if (want == BAD_ANY_ERROR)
		return got < 0;
	if (want == BAD_NULL_STATUS)
		return got == STATUS_UNSUCCESSFUL ||
		       got == STATUS_INVALID_PARAMETER;
	return got == want || (want == STATUS_SUCCESS && got == STATUS_PENDING);
}

static void check_status(struct bad_sweep *s, NTSTATUS got, NTSTATUS want)
{
	char text[160];

	if (is_as_wanted(got, want))
		return;
	snprintf(text, sizeof(text), "answers %s (0x%08x), expected %s",
		 dxg_status_name(got), (unsigned int)got,
		 want == BAD_ANY_ERROR ? "an error" :
		 want == BAD_NULL_STATUS ? "STATUS_UNSUCCESSFUL" :
		 dxg_status_name(want));
	report(s, text);
}

void bad_undo(struct bad_sweep *s, bool worked)
{
	s->row->undo(&s->f, s->args, worked);
	while (s->grown_count--) {
		memcpy(s->grown[s->grown_count].at,
		       &s->grown[s->grown_count].good, sizeof(void *));
		free(s->grown[s->grown_count].array);
	}
	s->grown_count = 0;
	free(s->args);
	s->args = NULL;
	unfinished = NULL;
}

/* Memory comes back when the GPU has finished with it, so wait a while. */
static void check_leaks(struct bad_sweep *s)
{
	struct dxg_soft_object_counts after;
	unsigned int ms;

	if (s->row->flags & BAD_IN_A_CHILD)
		return;
	for (ms = 0; ms < 5000; ms++) {
		count_objects(&after);
		if (!memcmp(&after, &s->before, sizeof(after)))
			return;
		t_sleep_ms(1);
	}
	report(s, "the host has other objects than before");
}

static void end_fixture(struct bad_sweep *s)
{
	if (bad_fixture_end(&s->f))
		report(s, "something is left behind");
}

static void renew_fixture(struct bad_sweep *s)
{
	end_fixture(s);
	bad_fixture_begin(&s->f, false);
}

static bool device_is_lost(struct bad_sweep *s)
{
	return s->f.gpu->device &&
	       t_execution_state(s->f.gpu->device) !=
	       D3DKMT_DEVICEEXECUTION_ACTIVE;
}

static void check_device(struct bad_sweep *s)
{
	if (device_is_lost(s)) {
		report(s, "the device is in error");
		renew_fixture(s);
	} else {
		check_leaks(s);
	}
}

void bad_end(struct bad_sweep *s, NTSTATUS got, NTSTATUS want)
{
	check_status(s, got, want);
	bad_undo(s, got >= 0);
	check_device(s);
}

void bad_end_with_lost_device(struct bad_sweep *s, NTSTATUS got)
{
	check_status(s, got, STATUS_SUCCESS);
	assert_eventually(device_is_lost(s));
	bad_undo(s, got >= 0);
	renew_fixture(s);
}

static void sweep_good(struct bad_sweep *s)
{
	void *args = bad_begin(s, "nothing", "good arguments");

	bad_end(s, s->row->call(args), s->row->answer);
}

/* Structures that nobody could read, or write where they are written. */
static void try_structure(struct bad_sweep *s, enum t_spoil kind)
{
	void *args = bad_begin(s, "structure", t_spoil_names[kind]);
	struct t_spoiled spoiled = t_spoil(args, s->row->size, kind);
	NTSTATUS status = s->row->call(spoiled.data);
	NTSTATUS want = STATUS_UNSUCCESSFUL;

	if (kind == T_SPOIL_NOT || s->row->flags & BAD_IGNORES_ARGS ||
	    (kind == T_SPOIL_READ_ONLY && !(s->row->flags & BAD_ARGS_WRITTEN)))
		want = s->row->answer;
	if (status >= 0 && kind != T_SPOIL_NO_ACCESS && kind != T_SPOIL_TOO_SHORT)
		memcpy(args, spoiled.data, s->row->size);
	bad_end(s, status, want);
	t_unspoil(&spoiled);
}

static void try_structure_at(struct bad_sweep *s, void *address, const char *what,
			     NTSTATUS want)
{
	bad_begin(s, "structure", what);
	if (s->row->flags & BAD_IGNORES_ARGS)
		want = s->row->answer;
	bad_end(s, s->row->call(address), want);
}

/* Nothing is made of it even where it means something. */
static void try_structure_of(struct bad_sweep *s, int byte, const char *what,
			     NTSTATUS want)
{
	void *filled = malloc(s->row->size);

	assert_non_null(filled);
	memset(filled, byte, s->row->size);
	bad_begin(s, "structure", what);
	check_status(s, s->row->call(filled), want);
	bad_undo(s, false);
	check_device(s);
	free(filled);
}

/*
 * Windows says INVALID_PARAMETER to a NULL, the guest's driver finds memory
 * that it cannot read; either will do where the library does not look itself.
 */
static void sweep_structure(struct bad_sweep *s)
{
	NTSTATUS null_status = s->row->flags & BAD_ARGS_CHECKED ?
			       STATUS_INVALID_PARAMETER : BAD_NULL_STATUS;
	unsigned int i;

	if (s->row->flags & BAD_ARGS_LOOSE)
		return;
	try_structure_at(s, NULL, "NULL", null_status);
	for (i = 0; i < BAD_NOWHERE; i++)
		try_structure_at(s, bad_nowhere[i], "nowhere", STATUS_UNSUCCESSFUL);
	for (i = 0; i < T_SPOIL_KINDS; i++)
		try_structure(s, (enum t_spoil)i);
	if (s->row->flags & BAD_IGNORES_ARGS) {
		try_structure_of(s, 0, "zeroed", s->row->answer);
		try_structure_of(s, 0xff, "all ones", s->row->answer);
	} else {
		try_structure_of(s, 0, "zeroed",
				 s->row->flags & BAD_ZEROED_IS_FINE ?
				 STATUS_SUCCESS : BAD_ANY_ERROR);
		try_structure_of(s, 0xff, "all ones", BAD_ANY_ERROR);
	}
}

bool bad_row_applies(const struct bad_row *row)
{
	return !(row->flags & (t_has_sync_files() ? BAD_NO_SYNC_FILES :
						    BAD_WITH_SYNC_FILES));
}

unsigned int bad_sweep_row(const struct bad_row *row)
{
	struct bad_sweep *s = calloc(1, sizeof(*s));
	const struct bad_member *member;
	unsigned int failures;

	assert_non_null(s);
	s->row = row;
	bad_fixture_begin(&s->f, row->flags & BAD_IGNORES_ARGS);
	sweep_good(s);
	/* with arguments that are wrong already nothing could be seen */
	if (!s->failures) {
		sweep_structure(s);
		for (member = row->members; member->kind; member++)
			bad_sweep_member(s, member);
	}
	if (row->flags & BAD_IN_A_CHILD)
		bad_fixture_abandon(&s->f);
	else
		end_fixture(s);
	failures = s->failures;
	free(s);
	return failures;
}

/*
 * With the handles of another process in the place of each. One fixture does for
 * all rows, as all of them are to be refused.
 */
unsigned int bad_sweep_strangers(const struct bad_row *rows, unsigned int count,
				 const D3DKMT_HANDLE strangers[])
{
	struct bad_sweep *s = calloc(1, sizeof(*s));
	const struct bad_member *member;
	unsigned int failures, row;

	assert_non_null(s);
	bad_fixture_begin(&s->f, false);
	s->member = "handles";
	for (row = 0; row < count; row++) {
		s->row = &rows[row];
		if (s->row->flags & (BAD_IGNORES_ARGS | BAD_IN_A_CHILD) ||
		    !bad_row_applies(s->row))
			continue;
		for (member = s->row->members; member->kind; member++)
			bad_try_stranger(s, member, strangers);
	}
	end_fixture(s);
	failures = s->failures;
	free(s);
	return failures;
}
