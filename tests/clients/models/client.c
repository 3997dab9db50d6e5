/* SPDX-License-Identifier: MIT */
/* Loads the library as a client does, and counts what is called. */
#include "client.h"

#include "client-rows.h"

#define COUNTS_MAX 128

/* Of a function, a type of query, or a method with what it asks for. */
struct count {
	const char *row;
	void *symbol;
	unsigned int successes;
	unsigned int refusals;
};

static struct {
	const char *name;
	struct count counts[COUNTS_MAX];
	unsigned int used;
} client;

/* A step runs, or has failed. */
static bool is_unfinished;

int client_begin_step(void **state)
{
	(void)state;
	if (is_unfinished)
		print_error("not run: a step before has failed\n");
	return is_unfinished ? -1 : 0;
}

void client_run_step(void **state)
{
	void (*step)(void);

	memcpy(&step, state, sizeof(step));
	is_unfinished = true;
	step();
	is_unfinished = false;
}

static struct count *find(const char *row)
{
	unsigned int i;

	for (i = 0; i < client.used; i++)
		if (!strcmp(client.counts[i].row, row))
			return &client.counts[i];
	return NULL;
}

static struct count *get(const char *row)
{
	struct count *count = find(row);

	if (count)
		return count;
	assert_true(client.used < COUNTS_MAX);
	count = &client.counts[client.used++];
	count->row = row;
	return count;
}

static bool is_met(const struct client_row *row)
{
	const struct count *count = find(row->call);

	switch (row->wants) {
	case CLIENT_ROW_FOUND:
		return count && count->symbol;
	case CLIENT_ROW_REFUSED:
		return count && count->refusals;
	default:
		return count && count->successes;
	}
}

/* The client's rows that are not met, and what it has called without a row. */
static unsigned int compare(bool print)
{
	unsigned int wrong = 0, i;

	for (i = 0; client_rows[i].client; i++) {
		const struct client_row *row = &client_rows[i];

		if (strcmp(row->client, client.name) || is_met(row))
			continue;
		wrong++;
		if (print)
			print_error("matrix.csv: %s is not done with success\n", row->call);
	}
	return wrong;
}

static bool has_row(const char *call)
{
	unsigned int i;

	for (i = 0; client_rows[i].client; i++)
		if (!strcmp(client_rows[i].client, client.name) &&
		    !strcmp(client_rows[i].call, call))
			return true;
	return false;
}

static unsigned int count_without_row(void)
{
	unsigned int wrong = 0, i;

	for (i = 0; i < client.used; i++) {
		const struct count *count = &client.counts[i];

		if (!(count->successes || count->refusals) || has_row(count->row))
			continue;
		print_error("matrix.csv: has no %s of %s\n", count->row, client.name);
		wrong++;
	}
	return wrong;
}

void calls_what_the_matrix_says(void)
{
	assert_int_equal(compare(true) + count_without_row(), 0);
}

/* The matrix has something to say of it, of which nothing is true yet. */
static void begin(const char *name)
{
	if (client.name)
		return;
	client.name = name;
	assert_true(compare(false) > 0);
}

void client_is_linked(const char *name)
{
	begin(name);
}

void *client_load(const char *name, const char *path, int flags)
{
	void *library;

	if (!client.name)
		assert_null(dlsym(RTLD_DEFAULT, "D3DKMTCloseAdapter"));
	begin(name);
	library = dlopen(path, flags);
	if (!library)
		t_fail(dlerror(), __FILE__, __LINE__);
	return library;
}

const char *client_fixed_path(void)
{
	const char *path = getenv("LIBDXCORE");

	if (!path || *path != '/')
		t_fail("LIBDXCORE is to be the path of the library", __FILE__, __LINE__);
	return path;
}

void client_take_some(void *library, const char *const *symbols)
{
	for (; *symbols; symbols++)
		get(*symbols)->symbol = dlsym(library, *symbols);
}

void client_take(void *library, const char *const *symbols)
{
	client_take_some(library, symbols);
	for (; *symbols; symbols++)
		client_symbol(*symbols);
}

void client_unload(void *library)
{
	assert_int_equal(dlclose(library), 0);
}

void *client_symbol(const char *name)
{
	const struct count *count = find(name);

	if (count && count->symbol)
		return count->symbol;
	print_error("%s: ", name);
	t_fail(count ? "not in the library" : "not looked up", __FILE__, __LINE__);
}

int32_t client_note(const char *row, int32_t answer)
{
	struct count *count = get(row);

	if (answer < 0)
		count->refusals++;
	else
		count->successes++;
	return answer;
}
