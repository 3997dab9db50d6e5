/* SPDX-License-Identifier: MIT */
/* What a kernel tells in small text files. */
#include "t.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "t-text.h"

static void fail_on(const char *path, const char *what)
{
	char text[400];

	snprintf(text, sizeof(text), "%s: %s: %s", path, what, strerror(errno));
	t_fail(text, __FILE__, __LINE__);
}

/* These files have no size: they end where a read gives nothing. */
char *t_read_text(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	char *text = malloc(T_TEXT_MAX);
	size_t length = 0;
	ssize_t got;

	assert_non_null(text);
	if (fd < 0)
		fail_on(path, "cannot be opened");
	while ((got = read(fd, text + length, T_TEXT_MAX - length)) > 0)
		length += (size_t)got;
	if (got < 0)
		fail_on(path, "cannot be read");
	assert_true(length < T_TEXT_MAX);
	text[length] = '\0';
	close(fd);
	return text;
}

char *t_read_line(const char *path)
{
	char *text = t_read_text(path);
	size_t length = strlen(text);

	assert_true(length > 0);
	assert_ptr_equal(strchr(text, '\n'), text + length - 1);
	text[length - 1] = '\0';
	return text;
}

void t_write_text(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_TRUNC | O_CLOEXEC);

	if (fd < 0)
		fail_on(path, "cannot be opened");
	if (write(fd, text, strlen(text)) != (ssize_t)strlen(text))
		fail_on(path, "cannot be written");
	close(fd);
}

bool t_path_exists(const char *path)
{
	return access(path, F_OK) == 0;
}

const char *t_text_value(const char *text, const char *key)
{
	static char value[256];
	size_t length = strlen(key);
	const char *line, *end;

	for (line = text; *line; line = *end ? end + 1 : end) {
		end = line + strcspn(line, "\n");
		if (strncmp(line, key, length) || line[length] != ':')
			continue;
		line += length + 1;
		line += strspn(line, " \t");
		snprintf(value, sizeof(value), "%.*s", (int)(end - line), line);
		return value;
	}
	return NULL;
}

uint64_t t_text_size(const char *text, const char *key)
{
	const char *value = t_text_value(text, key);
	unsigned long long size;
	char unit[8] = "";

	assert_non_null(value);
	assert_true(sscanf(value, "%llu %7s", &size, unit) >= 1);
	if (!strcmp(unit, "KiB"))
		return size << 10;
	if (!strcmp(unit, "MiB"))
		return size << 20;
	assert_string_equal(unit, "");
	return size;
}
