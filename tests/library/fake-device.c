/* SPDX-License-Identifier: MIT */
/* The device node of the tests: the program's own open(), ioctl() and close(). */
#include "fake-device.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <string.h>
#include <unistd.h>

#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>

#include <dxg/d3dkmthk.h>
#include <dxg/dxg.h>

#define MAX_FD 1024

struct fake_device fake;

/* The process that opened it. */
static atomic_int opener[MAX_FD];

/* Told from the open file, as numbers change hands. */
static int is_memfd(int fd)
{
	char link[64];
	char path[32] = "/proc/self/fd/";
	char digits[12];
	int length = 0;
	int used = (int)strlen(path);
	ssize_t size;

	do {
		digits[length++] = (char)('0' + fd % 10);
		fd /= 10;
	} while (fd);
	while (length)
		path[used++] = digits[--length];
	path[used] = 0;
	size = readlink(path, link, sizeof(link) - 1);
	if (size < 0)
		return 0;
	link[size] = 0;
	return !!strstr(link, "memfd:dxg");
}

int fake_is_open(int fd)
{
	return fd >= 0 && fd < MAX_FD && is_memfd(fd);
}

int fake_count_open(void)
{
	int count = 0;
	int fd;

	for (fd = 0; fd < MAX_FD; fd++)
		count += fake_is_open(fd);
	return count;
}

void fake_reset(void)
{
	D3DKMTCloseDxCoreDevice();
	dxg_set_device(FAKE_NODE);
	memset(&fake, 0, sizeof(fake));
}

static int open_fake(int flags)
{
	int fd;

	fake.opens++;
	fake.open_flags = flags;
	if (fake.open_errno) {
		errno = fake.open_errno;
		return -1;
	}
	fd = memfd_create("dxg", MFD_CLOEXEC);
	if (fd >= 0 && fd < MAX_FD)
		opener[fd] = getpid();
	return fd;
}

int open(const char *path, int flags, ...)
{
	mode_t mode = 0;
	va_list arguments;

	if (!strncmp(path, FAKE_NODE, strlen(FAKE_NODE)) || !strcmp(path, "/dev/dxg"))
		return open_fake(flags);
	if (flags & (O_CREAT | O_TMPFILE)) {
		va_start(arguments, flags);
		mode = va_arg(arguments, mode_t);
		va_end(arguments);
	}
	return (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
}

int close(int fd)
{
	if (fake_is_open(fd))
		fake.closes++;
	return (int)syscall(SYS_close, fd);
}

int dup3(int fd, int other, int flags)
{
	if (fake_is_open(fd) && other >= 0 && other < MAX_FD)
		opener[other] = opener[fd];
	return (int)syscall(SYS_dup3, fd, other, flags);
}

int ioctl(int fd, unsigned long request, ...)
{
	va_list arguments;
	void *args;

	va_start(arguments, request);
	args = va_arg(arguments, void *);
	va_end(arguments);
	if (!fake_is_open(fd))
		return (int)syscall(SYS_ioctl, fd, request, args);
	fake.ioctls++;
	fake.request = request;
	fake.args = args;
	if (opener[fd] != getpid()) {
		errno = ENOTTY;
		return -1;
	}
	return fake.answer ? fake.answer(request, args) : 0;
}
