/* SPDX-License-Identifier: MIT */
/* Stands in for libdxg-soft.so: entry points that note how they are called. */
#include "fake-soft.h"

#include <errno.h>
#include <stdio.h>
#include <unistd.h>

#include <sys/eventfd.h>

#include <dxg/soft.h>

#define EXPORT __attribute__((visibility("default")))

EXPORT struct fake_soft fake_soft;

EXPORT int dxg_soft_open(void)
{
	fake_soft.opens++;
	if (fake_soft.open_errno) {
		errno = fake_soft.open_errno;
		return -1;
	}
	return eventfd(0, EFD_CLOEXEC);
}

EXPORT int dxg_soft_ioctl(int fd, unsigned long request, void *args)
{
	int error = fake_soft.ioctl_errno;

	(void)request;
	(void)args;
	fake_soft.ioctls++;
	fake_soft.last_fd = fd;
	fake_soft.ioctl_errno = 0;
	errno = error;
	return error ? -1 : 0;
}

EXPORT int dxg_soft_close(int fd)
{
	fake_soft.closes++;
	return close(fd);
}

EXPORT int dxg_soft_set_profile(const char *profile)
{
	if (fake_soft.profile_errno) {
		errno = fake_soft.profile_errno;
		return -1;
	}
	snprintf(fake_soft.profile, sizeof(fake_soft.profile), "%s", profile ? profile : "(own)");
	return 0;
}
