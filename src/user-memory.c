/* SPDX-License-Identifier: MIT */
/* Copies to and from the caller's memory that fail instead of crashing. */
#include "user-memory.h"

#include <errno.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include <sys/syscall.h>
#include <sys/uio.h>

/* More questions than pages where they are larger: that does no harm. */
#define SMALLEST_PAGE 4096

/* The call is what is missing, in a sandbox or an old kernel, and not the memory. */
static bool is_refused(ssize_t result)
{
	return result < 0 && errno != EFAULT;
}

/*
 * Any sandbox has this call: the kernel reads a set of signals there, and only then
 * finds that it is told to do nothing sensible with it.
 */
static bool is_word_readable(uintptr_t address)
{
	const long no_operation = -1;

	return !syscall(SYS_rt_sigprocmask, no_operation, address, NULL, sizeof(uint64_t)) ||
	       errno != EFAULT;
}

static bool is_readable(const void *from, size_t size)
{
	uintptr_t first = (uintptr_t)from / SMALLEST_PAGE;
	uintptr_t last = ((uintptr_t)from + size - 1) / SMALLEST_PAGE;
	uintptr_t page;

	if (first > last)
		return false;
	/* Not the first word of each page: at address 0 there would be no set to read. */
	for (page = first; page <= last; page++)
		if (!is_word_readable(page * SMALLEST_PAGE + sizeof(uint64_t)))
			return false;
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
	if (is_refused(result) && is_readable(from, size)) {
		memcpy(to, from, size);
		return true;
	}
	return result == (ssize_t)size;
}

bool dxg_copy_to_caller(void *to, const void *from, size_t size)
{
	struct iovec ours = { .iov_base = (void *)from, .iov_len = size };
	struct iovec theirs = { .iov_base = to, .iov_len = size };
	ssize_t result;

	if (!to)
		return false;
	result = process_vm_writev(getpid(), &ours, 1, &theirs, 1, 0);
	/* Nobody can be asked whether it is writable: then as any library does. */
	if (result != (ssize_t)size && !(is_refused(result) && is_readable(to, size)))
		return false;
	/* Else once more, for valgrind and its like, which do not see the first. */
	memcpy(to, from, size);
	return true;
}
