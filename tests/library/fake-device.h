/* SPDX-License-Identifier: MIT */
/*
 * A device node that exists in the test program only: the program's own open(),
 * ioctl(), dup3() and close() come before libc's, also for libdxg. As with the driver,
 * a descriptor serves the process that opened it; others get ENOTTY.
 */
#ifndef FAKE_DEVICE_H
#define FAKE_DEVICE_H

#include <stdatomic.h>

/* Paths that begin so are the device, and so is the default one. */
#define FAKE_NODE "/fake/dxg"

struct fake_device {
	atomic_int opens;
	atomic_int closes;
	atomic_int ioctls;
	atomic_int open_flags;
	atomic_int open_errno;		/* not 0: opening fails with it */
	_Atomic(unsigned long) request;	/* of the last ioctl */
	_Atomic(void *) args;
	/* -1 and errno, or a value; NULL answers 0. */
	int (*answer)(unsigned long request, void *args);
};

extern struct fake_device fake;

/* A fresh device; what libdxg had open is closed. */
void fake_reset(void);

/* 0 where @fd is no descriptor of the device. */
int fake_is_open(int fd);

/* Descriptors of the device that this process has open. */
int fake_count_open(void);

#endif
