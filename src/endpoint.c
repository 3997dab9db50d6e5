/* SPDX-License-Identifier: MIT */
/* Which device answers, and its descriptor: first use, threads, fork, exit. */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <dxg/d3dkmthk.h>
#include <dxg/dxg.h>

#include "embedded.h"
#include "endpoint.h"
#include "error-text.h"
#include "exit.h"
#include "open-file.h"
#include "system-call.h"

#define DEFAULT_DEVICE "/dev/dxg"

_Atomic int dxg_endpoint_word = DXG_ENDPOINT_NONE;

/*
 * Invariants, under the lock: @file is what is open at the descriptor in
 * dxg_endpoint_word while that is open; once @is_closed nothing is opened until
 * dxg_set_device(). @device is the choice, NULL until it is made: by
 * dxg_set_device(), or by the first open, so that a forked child opens the same
 * one whatever became of the environment.
 */
static struct {
	pthread_mutex_t lock;
	char *device;
	struct dxg_open_file file;
	bool is_closed;
	bool is_watching_forks;
} endpoint = { .lock = PTHREAD_MUTEX_INITIALIZER };

/* Somebody who closes all descriptors closes ours too; its number lives on. */
static bool is_still_ours(int fd)
{
	return dxg_open_file_is(&endpoint.file, fd);
}

static void publish(int word)
{
	atomic_store_explicit(&dxg_endpoint_word, word, memory_order_release);
}

/*
 * In the child the descriptor is of no use: the driver serves only the process
 * that opened it. The embedded device's number is closed like the other: that
 * device's own handler may not have run yet, so it cannot be called.
 */
static void forget_in_child(void)
{
	int word = dxg_endpoint_peek();

	if (word != DXG_ENDPOINT_NONE) {
		publish(DXG_ENDPOINT_NONE);
		if (is_still_ours(dxg_endpoint_fd(word)))
			close(dxg_endpoint_fd(word));
	}
	pthread_mutex_unlock(&endpoint.lock);
}

static void lock_for_fork(void)
{
	pthread_mutex_lock(&endpoint.lock);
}

static void unlock_in_parent(void)
{
	pthread_mutex_unlock(&endpoint.lock);
}

static bool watch_forks(void)
{
	if (!endpoint.is_watching_forks)
		endpoint.is_watching_forks = !pthread_atfork(lock_for_fork, unlock_in_parent,
							     forget_in_child);
	return endpoint.is_watching_forks;
}

static void explain_node_failure(const char *path, int error)
{
	const char *advice;

	switch (error) {
	case ENOENT:
	case ENXIO:
	case ENODEV:
		advice = "load the dxgkrnl driver and give this machine a GPU (on WSL: wsl "
			 "--update), or set DXG_DEVICE=soft for the built-in software device";
		break;
	case EACCES:
	case EPERM:
		advice = "make the node readable for this user (its mode should be 0666), or "
			 "pass it into the container";
		break;
	case EMFILE:
	case ENFILE:
		advice = "close descriptors or raise the limit (ulimit -n)";
		break;
	case EBADF:
		advice = "the driver is there, but has no memory for its record of this process";
		break;
	default:
		advice = "the kernel's log may tell more";
	}
	dxg_error_text_set("%.200s cannot be opened: %s; %s", path, strerror(error), advice);
}

/* A program that replaces ioctl() does so from its start. */
static enum dxg_way way_to_node(void)
{
	return dxg_system_call_is_ours() ? DXG_WAY_DIRECT : DXG_WAY_LIBC;
}

static int open_node(const char *path)
{
	int fd;

	do {
		fd = open(path, O_RDONLY | O_CLOEXEC);
	} while (fd < 0 && errno == EINTR);
	if (fd < 0)
		explain_node_failure(path, errno);
	return fd;
}

/* NULL: not the embedded device. "": that device, with its own profile. */
static const char *soft_profile(const char *device)
{
	if (!strcmp(device, "soft"))
		return "";
	return strncmp(device, "soft:", 5) ? NULL : device + 5;
}

static bool is_device_name(const char *device)
{
	if (soft_profile(device) || strchr(device, '/'))
		return true;
	dxg_error_text_set("\"%.64s\" is no device: name a node such as " DEFAULT_DEVICE
			   ", or soft, or soft:PROFILE", device);
	return false;
}

static const char *current_device(void)
{
	const char *device = endpoint.device;

	if (!device)
		device = secure_getenv("DXG_DEVICE");
	return device && *device ? device : DEFAULT_DEVICE;
}

/* The word for a newly opened @device. */
static int open_device(const char *device)
{
	const char *profile = soft_profile(device);
	int fd;

	if (!is_device_name(device))
		return DXG_ENDPOINT_NONE;
	fd = profile ? dxg_embedded_open(*profile ? profile : NULL) : open_node(device);
	if (fd < 0)
		return DXG_ENDPOINT_NONE;
	return dxg_endpoint_pack(profile ? DXG_WAY_EMBEDDED : way_to_node(), fd);
}

static int open_endpoint(void)
{
	const char *device;
	int word;

	if (endpoint.is_closed) {
		dxg_error_text_set("the device was closed by D3DKMTCloseDxCoreDevice(); "
				   "dxg_set_device() allows another");
		return DXG_ENDPOINT_NONE;
	}
	if (!watch_forks()) {
		dxg_error_text_set("no memory for a fork handler");
		return DXG_ENDPOINT_NONE;
	}
	device = current_device();
	word = open_device(device);
	if (word == DXG_ENDPOINT_NONE)
		return word;
	endpoint.file = dxg_open_file_at(dxg_endpoint_fd(word));
	if (!endpoint.device)
		endpoint.device = strdup(device);
	publish(word);
	return word;
}

static void close_word(int word)
{
	int fd = dxg_endpoint_fd(word);

	if (word == DXG_ENDPOINT_NONE || !is_still_ours(fd))
		return;
	if (dxg_endpoint_way(word) == DXG_WAY_EMBEDDED)
		dxg_embedded_close(fd);
	else
		close(fd);
}

static void close_endpoint(void)
{
	int word = dxg_endpoint_peek();

	publish(DXG_ENDPOINT_NONE);
	close_word(word);
}

int dxg_endpoint_get(void)
{
	int word = dxg_endpoint_peek();

	if (word != DXG_ENDPOINT_NONE)
		return word;
	pthread_mutex_lock(&endpoint.lock);
	word = dxg_endpoint_peek();
	if (word == DXG_ENDPOINT_NONE)
		word = open_endpoint();
	pthread_mutex_unlock(&endpoint.lock);
	return word;
}

/*
 * The new file takes the stale one's number, so that a thread that has just
 * read that number is served too. It is opened before the stale one goes: where
 * that one was good after all, the process keeps its objects.
 */
static int replace_node(int stale)
{
	int stale_fd = dxg_endpoint_fd(stale);
	int fd = open_node(current_device());
	int fresh;

	if (fd < 0) {
		close_endpoint();
		return DXG_ENDPOINT_NONE;
	}
	if (is_still_ours(stale_fd) && dup3(fd, stale_fd, O_CLOEXEC) == stale_fd) {
		close(fd);
		fd = stale_fd;
	}
	endpoint.file = dxg_open_file_at(fd);
	fresh = dxg_endpoint_pack(dxg_endpoint_way(stale), fd);
	publish(fresh);
	return fresh;
}

static int replace_embedded(int stale)
{
	int fd = dxg_embedded_open_again();
	int fresh;

	if (fd < 0) {
		close_endpoint();
		return DXG_ENDPOINT_NONE;
	}
	fresh = dxg_endpoint_pack(DXG_WAY_EMBEDDED, fd);
	publish(fresh);
	close_word(stale);
	endpoint.file = dxg_open_file_at(fd);
	return fresh;
}

int dxg_endpoint_reopen(int stale)
{
	int word;

	pthread_mutex_lock(&endpoint.lock);
	word = dxg_endpoint_peek();
	if (word == DXG_ENDPOINT_NONE)
		word = open_endpoint();
	else if (word == stale)
		word = dxg_endpoint_way(stale) == DXG_WAY_EMBEDDED ? replace_embedded(stale) :
								     replace_node(stale);
	pthread_mutex_unlock(&endpoint.lock);
	return word;
}

void dxg_endpoint_close(void)
{
	pthread_mutex_lock(&endpoint.lock);
	close_endpoint();
	endpoint.is_closed = true;
	pthread_mutex_unlock(&endpoint.lock);
}

static NTSTATUS choose_device(const char *device)
{
	char *copy = NULL;

	if (dxg_endpoint_peek() != DXG_ENDPOINT_NONE) {
		if (device && !strcmp(device, current_device()))
			return STATUS_SUCCESS;
		dxg_error_text_set("%.200s is open: close it with D3DKMTCloseDxCoreDevice() first",
				   current_device());
		return STATUS_UNSUCCESSFUL;
	}
	if (device) {
		copy = strdup(device);
		if (!copy)
			return STATUS_NO_MEMORY;
	}
	free(endpoint.device);
	endpoint.device = copy;
	endpoint.is_closed = false;
	return STATUS_SUCCESS;
}

NTSTATUS dxg_set_device(const char *device)
{
	NTSTATUS status;

	if (device && !is_device_name(device))
		return STATUS_INVALID_PARAMETER;
	pthread_mutex_lock(&endpoint.lock);
	status = choose_device(device);
	pthread_mutex_unlock(&endpoint.lock);
	return status;
}

/*
 * At exit everything stays: destructors of other libraries may still call, and
 * the kernel closes what is open.
 */
__attribute__((destructor)) static void unload(void)
{
	if (dxg_is_exiting())
		return;
	close_endpoint();
	dxg_embedded_unload();
	free(endpoint.device);
}
