/* SPDX-License-Identifier: MIT */
/*
 * Fuzzer of the kernel module: any calls with any arguments, on an honest host. What
 * reaches code where none was before becomes something to begin with, if the kernel
 * tells (KCOV, as that of scripts/vm --debug-kernel).
 *
 * fuzz-node            for FUZZ_SECONDS (10), from the seeds in FUZZ_SEEDS (/seeds)
 * fuzz-node HEX ...    runs these inputs
 *
 * FUZZ_SEED: number to begin with (1). A finding is printed as HEX.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../lib/t-check.h"
#include "../lib/t-host.h"
#include "node.h"
#include "program.h"

#define CORPUS_MAX 4096u

struct entry {
	uint8_t *data;
	size_t size;
};

static struct entry corpus[CORPUS_MAX];
static size_t corpus_size;
static const uint8_t *running;
static size_t running_size;
static int kernel_log = -1;

void fuzz_node_show_input(void)
{
	size_t i;

	fprintf(stderr, "fuzz: again with: fuzz-node ");
	for (i = 0; i < running_size; i++)
		fprintf(stderr, "%02x", running[i]);
	fprintf(stderr, "\n");
}

/* Not that this machine is slow. */
static bool is_of_interest(const char *record)
{
	return strstr(record, "dxgk") || strstr(record, "WARNING") ||
	       strstr(record, "BUG");
}

/* What it means others decide. */
static void look_at_kernel_log(void)
{
	char record[2048];
	bool shown = false;
	ssize_t size;

	/* EPIPE: some were lost. */
	while ((size = read(kernel_log, record, sizeof(record) - 1)) > 0 ||
	       (size < 0 && errno == EPIPE)) {
		if (size < 0)
			continue;
		record[size] = '\0';
		if (shown || !is_of_interest(record))
			continue;
		fprintf(stderr, "fuzz: the kernel says: %s", record);
		fuzz_node_show_input();
		shown = true;
	}
}

static bool run(const uint8_t *data, size_t size)
{
	struct fuzz_input input = { data, data + size };
	bool is_new;

	running = data;
	running_size = size;
	fuzz_cover_begin();
	fuzz_program_run(&input, true);
	is_new = fuzz_cover_end();
	look_at_kernel_log();
	return is_new;
}

static void keep(const uint8_t *data, size_t size)
{
	struct entry *entry = &corpus[corpus_size];

	if (corpus_size == CORPUS_MAX)
		entry = &corpus[fuzz_mutate_below(CORPUS_MAX)];
	else
		corpus_size++;
	free(entry->data);
	entry->data = malloc(size ? size : 1);
	if (!entry->data)
		abort();
	memcpy(entry->data, data, size);
	entry->size = size;
}

static void read_seed(const char *path)
{
	uint8_t data[FUZZ_NODE_INPUT_MAX];
	FILE *file = fopen(path, "rbe");
	size_t size;

	if (!file)
		return;
	size = fread(data, 1, sizeof(data), file);
	fclose(file);
	run(data, size);
	keep(data, size);
}

static void read_seeds(const char *folder)
{
	struct dirent **entries;
	int count = scandir(folder, &entries, NULL, alphasort), i;
	char path[4096];

	for (i = 0; i < count; i++) {
		if (entries[i]->d_name[0] != '.') {
			snprintf(path, sizeof(path), "%s/%s", folder,
				 entries[i]->d_name);
			read_seed(path);
		}
		free(entries[i]);
	}
	if (count >= 0)
		free(entries);
}

static uint64_t number(const char *name, uint64_t otherwise)
{
	const char *text = getenv(name);

	return text && *text ? strtoull(text, NULL, 0) : otherwise;
}

static int fuzz(void)
{
	const char *folder = getenv("FUZZ_SEEDS");
	uint64_t end, seed = number("FUZZ_SEED", 1), inputs = 0;
	uint8_t data[FUZZ_NODE_INPUT_MAX];
	const struct entry *of, *other;
	bool covered = fuzz_cover_start();
	size_t size;

	fuzz_mutate_seed(seed);
	end = t_now_ms() + number("FUZZ_SECONDS", 10) * 1000;
	read_seeds(folder ? folder : "/seeds");
	if (!corpus_size) {
		fprintf(stderr, "fuzz: there are no seeds\n");
		return 1;
	}
	for (; t_now_ms() < end; inputs++) {
		of = &corpus[fuzz_mutate_below(corpus_size)];
		other = &corpus[fuzz_mutate_below(corpus_size)];
		memcpy(data, of->data, of->size);
		size = fuzz_mutate(data, of->size, other->data, other->size);
		if (run(data, size))
			keep(data, size);
	}
	printf("fuzz: FUZZ_SEED=%llu, %llu inputs, %zu kept, ",
	       (unsigned long long)seed, (unsigned long long)inputs, corpus_size);
	if (covered)
		printf("%u places of the modules\n", fuzz_cover_count());
	else
		printf("without KCOV\n");
	return 0;
}

static void run_hex(const char *text)
{
	uint8_t data[FUZZ_NODE_INPUT_MAX];
	size_t size = 0;
	unsigned int byte;

	for (; size < sizeof(data) && sscanf(text, "%2x", &byte) == 1; text += 2)
		data[size++] = (uint8_t)byte;
	run(data, size);
}

int main(int argc, char **argv)
{
	int i, status = 0;

	if (t_device_is_soft() || !t_host_daemon()) {
		puts("skipped: needs the kernel module, with the software host");
		return 77;
	}
	kernel_log = open("/dev/kmsg", O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	if (kernel_log >= 0)
		lseek(kernel_log, 0, SEEK_END);
	fuzz_node_start();
	if (argc < 2)
		status = fuzz();
	for (i = 1; i < argc; i++)
		run_hex(argv[i]);
	fuzz_node_end();
	return status;
}
