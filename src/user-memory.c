/* SPDX-License-Identifier: MIT */
/* Copies to and from the caller's memory that fail instead of crashing. */
#include "user-memory.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include <sys/uio.h>

/* A sandbox or a kernel without the system call: then as any library does. */
static bool copy_unchecked(void *to, const void *from, size_t size, ssize_t result)
{
	if (result >= 0 || errno == EFAULT)
		return false;
	memcpy(to, from, size);
	return true;
}

bool dxg_copy_from_caller(void *to, const void *from, size_t size)
{
	struct iovec ours = { .iov_base = to, .iov_len = size };
	struct iovec theirs = { .iov_base = (void *)from, .iov_len = size };
	ssize_t result;

	if (!from)
		return false;
	result = process_vm_readv(getpid(), &ours, 1, &theirs, 1, 0);
	return result == (ssize_t)size || copy_unchecked(to, from, size, result);
}

bool dxg_copy_to_caller(void *to, const void *from, size_t size)
{
	struct iovec ours = { .iov_base = (void *)from, .iov_len = size };
	struct iovec theirs = { .iov_base = to, .iov_len = size };
	ssize_t result;

	if (!to)
		return false;
	result = process_vm_writev(getpid(), &ours, 1, &theirs, 1, 0);
	if (result != (ssize_t)size)
		return copy_unchecked(to, from, size, result);
	/* Once more, for valgrind and its like, which do not see the first. */
	memcpy(to, from, size);
	return true;
}
