/* SPDX-License-Identifier: MIT */
/* Reads fdinfo of descriptors of the node. */
#include "fdinfo.h"

#include <sys/stat.h>

const char *fdinfo_node(void)
{
	const char *path = getenv("DXG_DEVICE");

	return path ? path : "/dev/dxg";
}

char *fdinfo_of(pid_t process, int fd)
{
	char path[60];

	snprintf(path, sizeof(path), "/proc/%d/fdinfo/%d", (int)process, fd);
	return t_read_text(path);
}

char *fdinfo_read(int fd)
{
	return fdinfo_of(getpid(), fd);
}

int fdinfo_descriptor(void)
{
	struct stat device, other;
	int fd;

	assert_int_equal(stat(fdinfo_node(), &device), 0);
	for (fd = 0; fd < 100; fd++)
		if (!fstat(fd, &other) && S_ISCHR(other.st_mode) &&
		    other.st_rdev == device.st_rdev)
			return fd;
	fail_msg("the library has not opened the device");
	return -1;
}

char *fdinfo_own(void)
{
	return fdinfo_read(fdinfo_descriptor());
}

#define ENGINE "drm-engine-"

unsigned int fdinfo_count_engines(const char *text)
{
	unsigned int count = 0;

	while ((text = strstr(text, ENGINE))) {
		text += strlen(ENGINE);
		count++;
	}
	return count;
}

uint64_t fdinfo_engine(const char *text, const char *name)
{
	unsigned long long ns;
	const char *value;
	char key[60];
	int end = 0;

	snprintf(key, sizeof(key), ENGINE "%s", name);
	value = t_text_value(text, key);
	assert_non_null(value);
	assert_int_equal(sscanf(value, "%llu ns%n", &ns, &end), 1);
	assert_int_equal(end, strlen(value));
	return ns;
}
