/* SPDX-License-Identifier: MIT */
/* Runs a program of calls. */
#include "program.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/uio.h>
#include <unistd.h>

#include <dxg/uapi.h>

#include "arena.h"
#include "device.h"
#include "transport.h"

/* So that an input of a megabyte does not take a minute. */
#define CALLS_MAX 200u

/* What else a program does; the numbers go on where those of ioctls end. */
enum op {
	OP_WRITE = 0x50,	/* lock an allocation, write to it, unlock it */
	OP_CLOSE_SHARE,
	OP_PAUSE,		/* until an event comes; a millisecond at most */
	OP_RAW,			/* any request, with any argument */
	OP_REOPEN,
	OP_OPEN_TWICE,		/* and close it again */
	OP_END = 0x7f,		/* what follows are lies */
};

unsigned char fuzz_worked[FUZZ_CALLS];

static bool verbose;

static void account(const struct fuzz_struct *type, int result)
{
	if (result >= 0)
		fuzz_worked[_IOC_NR(type->request)] = 1;
	if (verbose)
		fprintf(stderr, "%s: %s\n", type->name,
			result < 0 ? strerror(errno) : "works");
}

/* A wait for what may never happen: nobody else would end it. */
static bool blocks(const struct fuzz_struct *type, const uint8_t *args,
		   uint64_t place)
{
	struct d3dkmt_waitforsynchronizationobjectfromcpu wait;

	if (type->request != LX_DXWAITFORSYNCHRONIZATIONOBJECTFROMCPU)
		return false;
	memcpy(&wait, args, sizeof(wait));
	return place != (uintptr_t)args || !wait.async_event;
}

static int call(struct fuzz_program *program, const struct fuzz_struct *type,
		uint8_t *args, uint64_t place)
{
	int result;

	fuzz_transport_ends_waits = blocks(type, args, place);
	result = fuzz_device_ioctl(program->fd, type->request,
				(void *)(uintptr_t)place);
	fuzz_transport_ends_waits = false;
	account(type, result);
	if (result >= 0 && type->request == LX_DXSHAREOBJECTWITHHOST)
		program->kept_by_host = true;
	if (result >= 0 && place == (uintptr_t)args)
		fuzz_harvest(program, type, args);
	fuzz_transport_orphans();
	return result;
}

static void do_call(struct fuzz_program *program, uint8_t code)
{
	const struct fuzz_struct *type = fuzz_calls[code & 0x7f];
	uint8_t *args;
	uint64_t place;

	if (!type)
		return;
	args = fuzz_arena_buffer(type->size);
	place = (uintptr_t)args;
	if (code & 0x80)
		place = fuzz_arena_place(program->input, args, type->size);
	fuzz_encode(program, type, args);
	call(program, type, args, place);
}

/* The system writes: what was locked may be read-only memory of the program. */
static void write_user(uint64_t to, void *from, size_t size)
{
	struct iovec local = { from, size };
	struct iovec remote = { (void *)(uintptr_t)to, size };

	if (process_vm_writev(getpid(), &local, 1, &remote, 1, 0) < 0 &&
	    errno != EFAULT)
		fuzz_fail("memory cannot be written");
}

/* A packet or other bytes to somewhere in the first page of an allocation. */
static void do_write(struct fuzz_program *program)
{
	const struct fuzz_struct *lock = fuzz_calls[_IOC_NR(LX_DXLOCK2)];
	const struct fuzz_struct *unlock = fuzz_calls[_IOC_NR(LX_DXUNLOCK2)];
	struct d3dkmt_lock2 locked = { .data = 0 };
	struct d3dkmt_unlock2 undone = { .device.v = 0 };
	size_t at, words, i;
	uint64_t bytes[64];

	fuzz_encode(program, lock, (uint8_t *)&locked);
	at = fuzz_u8(program->input);
	words = fuzz_u8(program->input) % 64;
	for (i = 0; i < words; i++)
		bytes[i] = fuzz_value(program->input, &program->learned);
	if (call(program, lock, (uint8_t *)&locked, (uintptr_t)&locked) < 0)
		return;
	write_user(locked.data + 8 * at, bytes, 8 * words);
	undone.device = locked.device;
	undone.allocation = locked.allocation;
	call(program, unlock, (uint8_t *)&undone, (uintptr_t)&undone);
}

static void close_share(int *share)
{
	if (*share >= 0)
		close(*share);
	*share = -1;
}

static void do_pause(struct fuzz_program *program)
{
	struct pollfd event = { .fd = program->events[0], .events = POLLIN };
	uint64_t count;

	if (poll(&event, 1, 1) == 1 &&
	    read(program->events[0], &count, sizeof(count)) < 0)
		fuzz_fail("an event cannot be read");
}

static void do_raw(struct fuzz_program *program)
{
	unsigned long request = fuzz_raw(program->input, 4);
	size_t size = _IOC_SIZE(request), i;
	uint8_t *args = fuzz_arena_buffer(size);
	uint64_t place = fuzz_arena_place(program->input, args, size), word;

	for (i = 0; i + 8 <= size && !fuzz_input_ended(program->input);
	     i += 8) {
		word = fuzz_arena_harmless(fuzz_raw(program->input, 8));
		memcpy(args + i, &word, sizeof(word));
	}
	fuzz_device_ioctl(program->fd, request, (void *)(uintptr_t)place);
	fuzz_transport_orphans();
}

static void reopen(struct fuzz_program *program)
{
	if (program->fd >= 0)
		fuzz_device_close(program->fd);
	program->fd = fuzz_device_open();
	fuzz_transport_forget();
}

static void open_twice(void)
{
	int fd = fuzz_device_open();

	if (fd >= 0)
		fuzz_device_close(fd);
	fuzz_transport_forget();
}

static bool step(struct fuzz_program *program)
{
	uint8_t code = fuzz_u8(program->input);

	fuzz_arena_reset();
	if ((code & 0x7f) < FUZZ_CALLS) {
		do_call(program, code);
		return true;
	}
	switch (code) {
	case OP_WRITE:
		do_write(program);
		break;
	case OP_CLOSE_SHARE:
		close_share(&program->shares[fuzz_u8(program->input) %
					     FUZZ_SHARES]);
		break;
	case OP_PAUSE:
		do_pause(program);
		break;
	case OP_RAW:
		do_raw(program);
		break;
	case OP_REOPEN:
		reopen(program);
		break;
	case OP_OPEN_TWICE:
		open_twice();
		break;
	default:
		break;
	}
	return code != OP_END;
}

/* The lowest number that is free: grows with each one that is forgotten. */
static int next_descriptor(void)
{
	int fd = fcntl(0, F_DUPFD, 3);

	if (fd < 0)
		fuzz_fail("no descriptor");
	close(fd);
	return fd;
}

/* Descriptors of shared objects before or after the device's. */
static void finish(struct fuzz_program *program, bool shares_first)
{
	unsigned int i;

	for (i = 0; shares_first && i < FUZZ_SHARES; i++)
		close_share(&program->shares[i]);
	if (program->fd >= 0)
		fuzz_device_close(program->fd);
	for (i = 0; i < FUZZ_SHARES; i++)
		close_share(&program->shares[i]);
	for (i = 0; i < FUZZ_EVENTS; i++)
		close(program->events[i]);
	fuzz_device_settle();
}

static void start(struct fuzz_program *program)
{
	unsigned int i;

	fuzz_arena_start();
	for (i = 0; i < FUZZ_SHARES; i++)
		program->shares[i] = -1;
	for (i = 0; i < FUZZ_EVENTS; i++)
		program->events[i] = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	program->fd = fuzz_device_open();
	fuzz_transport_forget();
}

void fuzz_program_run(struct fuzz_input *input, bool honest)
{
	struct fuzz_program program = { .input = input };
	unsigned int choice = fuzz_u8(input), count;
	bool early = !honest && (fuzz_last_u8(input) & 7) == 1;
	int descriptor;

	verbose = getenv("FUZZ_VERBOSE");
	fuzz_device_choose(choice & 0x7f, early);
	descriptor = next_descriptor();
	fuzz_transport_lies(honest ? NULL : input, early);
	start(&program);
	for (count = 0; count < CALLS_MAX && !fuzz_input_ended(input); count++)
		if (!step(&program))
			break;
	finish(&program, choice & 0x80);
	fuzz_transport_lies(NULL, false);
	fuzz_transport_forget();
	if (next_descriptor() != descriptor)
		fuzz_fail("a descriptor is left open");
	if (program.kept_by_host)
		fuzz_device_stop();
	else if (honest && !fuzz_device_is_clean(true))
		fuzz_fail("objects are left on the host");
	else if (!honest && !fuzz_device_is_clean(false))
		fuzz_device_stop();
}
