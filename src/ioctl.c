/* SPDX-License-Identifier: MIT */
/* The one ioctl(2) of the library: interrupted calls, and the status. */
#include "ioctl.h"

#include <errno.h>
#include <stdbool.h>

#include <dxg/status.h>

#include "embedded.h"
#include "endpoint.h"
#include "error-text.h"
#include "status.h"
#include "system-call.h"

#define likely(x) __builtin_expect(!!(x), 1)
#define unlikely(x) __builtin_expect(!!(x), 0)

/* Below this layer results are the kernel's: -errno in the last page. */
static bool is_error(long result)
{
	return (unsigned long)result > -4096UL;
}

/*
 * The last four are the kernel's own "restart me": a driver that answers one
 * while no signal is pending any more lets it through to its caller.
 */
static bool is_interruption(int error)
{
	return error == EINTR || error == 512 /* ERESTARTSYS */ ||
	       error == 513 /* ERESTARTNOINTR */ ||
	       error == 514 /* ERESTARTNOHAND */ ||
	       error == 516 /* ERESTART_RESTARTBLOCK */;
}

static long send_once(int word, unsigned long request, void *args)
{
	int fd = dxg_endpoint_fd(word);
	int result;

	switch (dxg_endpoint_way(word)) {
	case DXG_WAY_DIRECT:
		return dxg_direct_ioctl(fd, request, args);
	case DXG_WAY_LIBC:
		return dxg_libc_ioctl(fd, request, args);
	default:
		result = dxg_embedded_ioctl(fd, request, args);
		return result == -1 ? -errno : result;
	}
}

/* Never an interruption. */
static long send(int word, unsigned long request, void *args)
{
	long result;

	do {
		result = send_once(word, request, args);
	} while (unlikely(is_error(result)) && is_interruption((int)-result));
	return result;
}

static NTSTATUS status_of(long result)
{
	return is_error(result) ? dxg_status_from_errno((int)-result) : (NTSTATUS)result;
}

/* First use, the embedded device, or no device at all. */
__attribute__((noinline)) static NTSTATUS ioctl_elsewhere(unsigned long request, void *args)
{
	int word = dxg_endpoint_get();

	if (word == DXG_ENDPOINT_NONE)
		return STATUS_UNSUCCESSFUL;
	return status_of(send(word, request, args));
}

__attribute__((noinline)) static NTSTATUS ioctl_again(int word, unsigned long request, void *args)
{
	return status_of(send(word, request, args));
}

/* No function is called on the way, so that there is none to return from. */
NTSTATUS dxg_ioctl(unsigned long request, void *args)
{
	int word = dxg_endpoint_peek();
	long result;

	if (unlikely(!dxg_endpoint_is_direct(word)))
		return ioctl_elsewhere(request, args);
	result = dxg_direct_ioctl(word, request, args);
	if (likely(!is_error(result)))
		return (NTSTATUS)result;
	if (unlikely(is_interruption((int)-result)))
		return ioctl_again(word, request, args);
	return dxg_status_from_errno((int)-result);
}

NTSTATUS dxg_ioctl_reopen(unsigned long request, void *args)
{
	int word = dxg_endpoint_get();
	long result;

	if (word == DXG_ENDPOINT_NONE)
		return STATUS_UNSUCCESSFUL;
	result = send(word, request, args);
	if (result == -ENOTTY || result == -EBADF) {
		word = dxg_endpoint_reopen(word);
		if (word == DXG_ENDPOINT_NONE)
			return STATUS_INVALID_HANDLE;
		result = send(word, request, args);
		if (result == -ENOTTY)
			dxg_error_text_set("the device opens but knows no such request: it is no "
					   "dxg device, or its driver is older than this call");
	}
	return status_of(result);
}
