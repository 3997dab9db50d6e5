/* SPDX-License-Identifier: MIT */
/* One driver store, for the time of the program. */
#include "client-store.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "t.h"

static char folder[] = "/tmp/client-store-XXXXXX";

static const char *path_of(const char *name)
{
	static char path[sizeof(folder) + 64];
	int length = snprintf(path, sizeof(path), "%s/%s", folder, name);

	assert_in_range(length, 1, sizeof(path) - 1);
	return path;
}

const char *client_make_store(const char *const *names)
{
	int fd;

	assert_non_null(mkdtemp(folder));
	for (; *names; names++) {
		fd = open(path_of(*names), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
		assert_true(fd >= 0);
		close(fd);
	}
	return folder;
}

void client_remove_store(const char *const *names)
{
	for (; *names; names++)
		unlink(path_of(*names));
	rmdir(folder);
}
