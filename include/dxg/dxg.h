/* SPDX-License-Identifier: MIT */
/* What libdxg has beside the D3DKMT functions: device, errors, names, version. */
#ifndef DXG_DXG_H
#define DXG_DXG_H

#include <dxg/wintypes.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * How the library behaves, as far as no single function tells:
 *
 * Device    All calls of a process go to one device, /dev/dxg unless the
 *           environment variable DXG_DEVICE or dxg_set_device() names another:
 *           the path of a node, "soft" for the embedded software device, or
 *           "soft:PROFILE". One is never taken in place of another. It is
 *           opened at the first call that needs it, close-on-exec, and where
 *           that fails the next call tries again. Programs that run with
 *           another user's rights ignore the environment.
 * Trace     With DXG_TRACE=1 in the environment each call is printed to standard
 *           error, with its arguments, status and duration; any other value but
 *           0 names a file that the lines are appended to. Read at the first
 *           call; see docs/trace.md.
 * No device The calls answer STATUS_UNSUCCESSFUL, D3DKMTOpenResource()
 *           STATUS_INVALID_HANDLE, and dxg_last_error_text() says what to do.
 * Threads   Every function may be called from any thread at any time, but
 *           closing the device is for a moment when no other call is under way.
 *           Calls that pass straight to the driver neither lock nor allocate.
 * Signals   A call that a signal interrupts is resumed; it does not fail.
 * fork      A child opens the same device at its first call. It has none of
 *           its parent's objects, whose calls go on undisturbed.
 * Unloading dlclose() of the last reference closes the device. At the end of
 *           the process nothing is closed, so that destructors of other
 *           libraries can still call; the kernel cleans up.
 * errno     Means nothing after a D3DKMT function.
 * Errors    STATUS_TIMEOUT, a success to NT_SUCCESS(), may also mean that the
 *           request was not sent, the channel to the host having stayed full.
 */

#define DXG_VERSION_MAJOR 0
#define DXG_VERSION_MINOR 1
#define DXG_VERSION_PATCH 0
#define DXG_VERSION "0.1.0"

/**
 * dxg_version() - tell the version of the library
 *
 * Return: the DXG_VERSION that the running library was built with.
 */
DXG_API const char *dxg_version(void);

/**
 * dxg_set_device() - choose the device of this process
 * @device: [in] path of a node, "soft" or "soft:PROFILE", as in DXG_DEVICE,
 *          which it overrides; NULL: the choice of the environment
 *
 * Opens nothing: the next call does. A device that is open is not taken away
 * from whoever uses it, but closed with D3DKMTCloseDxCoreDevice() first, after
 * which this is also the one way to open a device again.
 *
 * Owner:  the text is copied.
 * Errors: STATUS_INVALID_PARAMETER: not the name of a device;
 *         STATUS_UNSUCCESSFUL: another device is open;
 *         STATUS_NO_MEMORY.
 */
DXG_API NTSTATUS dxg_set_device(const char *device);

/**
 * dxg_last_error_text() - say why no device could be reached, and what to do
 *
 * Return: one line of English about the calling thread's last failure to reach
 * a device; "" if there was none. Valid until that thread's next failure.
 */
DXG_API const char *dxg_last_error_text(void);

/**
 * dxg_status_name() - spell a status
 * @status: what a D3DKMT function returned
 *
 * Return: the name, such as "STATUS_INVALID_PARAMETER"; "unknown status" for a
 * value that has none. Never NULL.
 */
DXG_API const char *dxg_status_name(NTSTATUS status);

/**
 * dxg_call_name() - tell which function sends a request
 * @request: an ioctl request of dxg/uapi.h, number and size
 *
 * Return: the name, such as "D3DKMTCreateDevice"; NULL for an unknown request.
 */
DXG_API const char *dxg_call_name(unsigned int request);

#ifdef __cplusplus
}
#endif

#endif
