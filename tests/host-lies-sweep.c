/* SPDX-License-Identifier: MIT */
/* Every call with every reply to it a lie, of each kind that leaves an order. */
#include "host-lies.h"

#include <hvloop.h>

#define POISON	0x5c

/* All that a call may write to: its arguments, and what they point to. */
struct __attribute__((aligned(8))) area {
	unsigned char args[EVERY_CALL_ARGS];
	unsigned char behind[sizeof(struct bad_fixture) -
			     offsetof(struct bad_fixture, handles)];
};

struct sweep {
	const struct bad_row *row;
	struct lied_call call;
	struct area before, after;
	struct area honest[2];	/* what differs between them is not known */
};

static void look(const struct sweep *sweep, struct area *ret_area)
{
	memcpy(ret_area->args, sweep->call.args, sizeof(ret_area->args));
	memcpy(ret_area->behind, sweep->call.f.handles,
	       sizeof(ret_area->behind));
}

static void call(struct sweep *sweep, const struct dxghostd_lie *how)
{
	struct lied_call *call = &sweep->call;

	memset(call->args, 0, sizeof(call->args));
	memset(call->f.bytes, POISON, sizeof(call->f.bytes));
	memset(call->f.words, POISON, sizeof(call->f.words));
	sweep->row->prepare(&call->f, call->args);
	look(sweep, &sweep->before);
	lied_call(call, sweep->row, how);
	look(sweep, &sweep->after);
}

static void explain(const struct sweep *sweep, const struct dxghostd_lie *how,
		    const char *what)
{
	print_error("%s%s%s, lie %u, value %llu, status 0x%08x: %s\n",
		    sweep->row->name, sweep->row->variant ? ", " : "",
		    sweep->row->variant ? sweep->row->variant : "", how->kind,
		    (unsigned long long)how->value,
		    (unsigned int)sweep->call.status, what);
}

/* Handles, addresses, times: words that are others each time. */
static bool is_known(const struct sweep *sweep, size_t at)
{
	const unsigned char *first = (const unsigned char *)&sweep->honest[0];
	const unsigned char *second = (const unsigned char *)&sweep->honest[1];
	size_t word = at & ~(sizeof(uint64_t) - 1);

	return !memcmp(first + word, second + word, sizeof(uint64_t));
}

/* A byte is as it was, nothing, or what an honest host has said. */
static bool is_harmless(const struct sweep *sweep, size_t at)
{
	const unsigned char *after = (const unsigned char *)&sweep->after;
	const unsigned char *before = (const unsigned char *)&sweep->before;
	const unsigned char *honest = (const unsigned char *)&sweep->honest[0];

	if (after[at] == before[at] || !after[at])
		return true;
	return is_known(sweep, at) ? after[at] == honest[at] :
				     sweep->call.status >= 0;
}

static void check_leak(const struct sweep *sweep, const struct dxghostd_lie *how)
{
	size_t at;

	for (at = 0; at < sizeof(struct area); at++) {
		if (is_harmless(sweep, at))
			continue;
		explain(sweep, how, "bytes that nobody has said");
		print_error("  first at %zu: 0x%02x\n", at,
			    ((const unsigned char *)&sweep->after)[at]);
		assert_true(is_harmless(sweep, at));
	}
}

static void expect_answer(const struct sweep *sweep,
			  const struct dxghostd_lie *how)
{
	NTSTATUS status = sweep->call.status;

	if (!every_call_is_answer(sweep->row, status))
		explain(sweep, how, "another answer");
	assert_true(every_call_is_answer(sweep->row, status));
}

static void call_honestly(struct sweep *sweep)
{
	const struct dxghostd_lie honest = { .kind = DXGHOSTD_HONEST };
	int i;

	for (i = 0; i < 2; i++) {
		call(sweep, NULL);
		expect_answer(sweep, &honest);
		sweep->honest[i] = sweep->after;
	}
}

typedef void lies(struct sweep *sweep, uint64_t *told);

/* With what the last call has left lying, which the end of the child takes. */
static void sweep_in_child(void *argument)
{
	lies *const *function = argument;
	struct sweep *sweep = calloc(1, sizeof(*sweep));
	uint64_t told = 0;
	unsigned int i;

	assert_non_null(sweep);
	bad_fixture_begin(&sweep->call.f, false);
	for (i = 0; (sweep->row = every_call(i)) != NULL; i++) {
		call_honestly(sweep);
		(*function)(sweep, &told);
	}
	/* a sweep that tells no lies shows nothing */
	assert_true(told > i);
}

static void sweep_all(lies *function)
{
	t_run_child(sweep_in_child, &function);
}

static void shorten(struct sweep *sweep, uint64_t *told)
{
	static const uint64_t sizes[] = { 0, 1, 4, 7, 8, 12, 16, 20, 24, 40 };
	struct dxghostd_lie how = {
		.kind = DXGHOSTD_SHORT,
		.command = DXGHOSTD_ANY_COMMAND,
	};
	size_t i;

	for (i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		how.value = sizes[i];
		call(sweep, &how);
		*told += sweep->call.told;
		check_leak(sweep, &how);
		if (!sweep->call.told)
			break;
	}
}

void short_replies_tell_nothing_else(void **state)
{
	(void)state;
	sweep_all(shorten);
}

/* As if nothing had happened. */
static void expect_honest_result(struct sweep *sweep, uint32_t kind,
				 uint64_t value, uint64_t *told)
{
	struct dxghostd_lie how = {
		.kind = kind,
		.command = DXGHOSTD_ANY_COMMAND,
		.value = value,
		.seed = 1,
	};

	call(sweep, &how);
	*told += sweep->call.told;
	expect_answer(sweep, &how);
	check_leak(sweep, &how);
}

static void lengthen(struct sweep *sweep, uint64_t *told)
{
	expect_honest_result(sweep, DXGHOSTD_LONG, 8, told);
	expect_honest_result(sweep, DXGHOSTD_LONG, HVLOOP_MAX_PAYLOAD, told);
}

void long_replies_are_cut(void **state)
{
	(void)state;
	sweep_all(lengthen);
}

static void complete_more_than_once(struct sweep *sweep, uint64_t *told)
{
	expect_honest_result(sweep, DXGHOSTD_TWICE, 0, told);
	expect_honest_result(sweep, DXGHOSTD_STRANGE_FIRST, 0, told);
}

void second_and_strange_completions_are_nobodys(void **state)
{
	(void)state;
	sweep_all(complete_more_than_once);
}
