/* SPDX-License-Identifier: MIT */
/* Keeps the costs of calls, and prints them as a table. */
#include "economy.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include <dxg/dxg.h>

#include "message-count.h"

#define MAX_ROWS 160

struct row {
	const char *function;
	const char *note;
	bool is_refused;
	struct economy_cost cost;
	struct economy_cost plain;
};

static struct row rows[MAX_ROWS];
static size_t row_count;

/* Every call that has a request of its own, in the order of THE table. */
static const char *const calls[] = {
#define THUNK(name, type, request) #name,
#define CUSTOM(name, type, request) #name,
#define OLDER(name, type)
#define OTHER(name)
#define UNSUPPORTED(name, type)
#define NOOP(name, type)
#include "../src/calls.h"
};

/* What is being measured. */
static struct dxg_soft_message_stats started;
static struct economy_cost cost, plain;

static struct economy_cost no_cost(void)
{
	return (struct economy_cost){ 0 };
}

void economy_begin(void)
{
	cost = no_cost();
	plain = no_cost();
	economy_resume();
}

void economy_resume(void)
{
	started = message_count_all();
}

void economy_pause(void)
{
	struct dxg_soft_message_stats now = message_count_all();
	struct dxg_soft_message_stats sent =
		message_count_between(&started, &now);

	cost.waited += sent.round_trips;
	cost.one_way += sent.messages - sent.round_trips;
	cost.to_host += sent.bytes_to_host;
	cost.to_guest += sent.bytes_to_guest;
}

void economy_call(NTSTATUS status, const char *call, struct economy_plain price)
{
	common_check(status, call);
	cost.calls++;
	plain.calls++;
	plain.waited++;
	plain.to_host += price.to_host;
	plain.to_guest += price.to_guest;
}

void economy_end(struct economy_cost *ret_cost, struct economy_cost *ret_plain)
{
	economy_pause();
	*ret_cost = cost;
	*ret_plain = plain;
}

static struct row *add_row(const char *function, const char *note)
{
	struct row *row = &rows[row_count];

	if (row_count == MAX_ROWS)
		common_die("economy: too many rows, see MAX_ROWS");
	row_count++;
	row->function = function;
	row->note = note;
	economy_end(&row->cost, &row->plain);
	return row;
}

/* A call that is one message has to be the one that the layout describes. */
static void check_plain(const struct row *row)
{
	if (row->cost.waited + row->cost.one_way != 1)
		return;
	if (row->cost.to_host == row->plain.to_host &&
	    (row->cost.one_way || row->cost.to_guest == row->plain.to_guest))
		return;
	fprintf(stderr, "%s (%s): %" PRIu64 " bytes and %" PRIu64
		" back, but the layout says %" PRIu64 " and %" PRIu64 "\n",
		row->function, row->note, row->cost.to_host, row->cost.to_guest,
		row->plain.to_host, row->plain.to_guest);
	common_die("economy: economy-plain.h and the driver disagree");
}

void economy_row(const char *function, const char *note)
{
	check_plain(add_row(function, note));
}

void economy_refused(const char *function, NTSTATUS status)
{
	struct row *row = add_row(function, "");

	if (status >= 0 || row->cost.waited || row->cost.one_way) {
		fprintf(stderr, "%s: %s, %" PRIu64 " messages\n", function,
			dxg_status_name(status),
			row->cost.waited + row->cost.one_way);
		common_die("economy: not refused by the driver itself");
	}
	row->is_refused = true;
}

/* The driver's figure, and beside it the plain protocol's. */
static void print_pair(uint64_t is, uint64_t would)
{
	printf(" | %" PRIu64 " / %" PRIu64, is, would);
}

static void print_costs(const struct economy_cost *is,
			const struct economy_cost *would)
{
	print_pair(is->waited, would->waited);
	print_pair(is->one_way, would->one_way);
	print_pair(is->to_host, would->to_host);
	print_pair(is->to_guest, would->to_guest);
	printf(" |\n");
}

/* Without the prefix that all of them have. */
static const char *short_name(const char *function)
{
	return function + strlen("D3DKMT");
}

static void print_row(const struct row *row)
{
	printf("| %s%s%s", short_name(row->function), *row->note ? ", " : "",
	       row->note);
	print_costs(&row->cost, &row->plain);
}

static bool print_rows_of(const char *function)
{
	bool found = false;
	size_t i;

	for (i = 0; i < row_count; i++) {
		if (strcmp(rows[i].function, function))
			continue;
		found = true;
		if (!rows[i].is_refused)
			print_row(&rows[i]);
	}
	return found;
}

static void print_refused(void)
{
	const char *before = "\nRefused by the driver itself, without a message: ";
	size_t i;

	for (i = 0; i < row_count; i++) {
		if (!rows[i].is_refused)
			continue;
		printf("%s%s", before, short_name(rows[i].function));
		before = ",\n";
	}
	printf(".\n");
}

bool economy_print_rows(void)
{
	bool is_complete = true;
	size_t i;

	printf("| call | waited for | one-way | bytes to the host | bytes back |\n"
	       "|---|---:|---:|---:|---:|\n");
	for (i = 0; i < sizeof(calls) / sizeof(calls[0]); i++) {
		if (print_rows_of(calls[i]))
			continue;
		fprintf(stderr, "economy: no row for %s\n", calls[i]);
		is_complete = false;
	}
	print_refused();
	return is_complete;
}

void economy_print_work(const char *name, const struct economy_cost *is,
			const struct economy_cost *would)
{
	printf("| %s | %" PRIu64, name, is->calls);
	print_costs(is, would);
}
