/* SPDX-License-Identifier: MIT */
/* Stands in for libFuzzer where there is none: runs every file it is given. */
#include <dirent.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "target.h"

#define INPUT_MAX 0x10000u

static unsigned int run;
static bool ran_folder;

static void run_file(const char *path)
{
	FILE *file = fopen(path, "rb");
	uint8_t *bytes;
	size_t size;

	bytes = malloc(INPUT_MAX);
	if (!file || !bytes) {
		perror(path);
		exit(1);
	}
	size = fread(bytes, 1, INPUT_MAX, file);
	fclose(file);
	printf("%s: %zu bytes\n", path, size);
	fflush(stdout);
	/* Of its exact size, so that reading beyond it shows. */
	bytes = realloc(bytes, size ? size : 1);
	LLVMFuzzerTestOneInput(bytes, size);
	free(bytes);
	run++;
}

static int by_name(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

static void run_folder(const char *folder)
{
	struct dirent **entries;
	int count = scandir(folder, &entries, by_name, alphasort), i;
	char path[4096];

	if (count < 0) {
		run_file(folder);
		return;
	}
	ran_folder = true;
	for (i = 0; i < count; i++) {
		snprintf(path, sizeof(path), "%s/%s", folder,
			 entries[i]->d_name);
		run_file(path);
		free(entries[i]);
	}
	free(entries);
}

int main(int argc, char **argv)
{
	int i;

	for (i = 1; i < argc; i++)
		run_folder(argv[i]);
	if (!run) {
		fprintf(stderr, "usage: %s FILE|FOLDER...\n", argv[0]);
		return 2;
	}
	return ran_folder && fuzz_target_is_complete &&
	       !fuzz_target_is_complete();
}
