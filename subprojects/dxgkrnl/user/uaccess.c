/* SPDX-License-Identifier: MIT */
/* Copies from and to memory of the caller, who may have given any address. */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include <linux/futex.h>
#include <linux/minmax.h>
#include <linux/mm.h>
#include <linux/sched.h>
#include <linux/uaccess.h>

#include "slice.h"

#if defined(__SANITIZE_ADDRESS__)
#define CHECKED
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define CHECKED
#endif
#endif
#ifdef CHECKED
#include <sanitizer/asan_interface.h>
#endif

#ifndef MADV_POPULATE_READ
#define MADV_POPULATE_READ	22
#define MADV_POPULATE_WRITE	23
#endif

/*
 * The system copies for us, and so finds out what is there: by
 * process_vm_readv() on ourselves, or where that is refused (some containers)
 * through a pipe. What lies on the calling thread's own stack above this very
 * call is there for sure, and is what most arguments are: that is copied here.
 */

static bool refused;

struct stack {
	uintptr_t low, high;
};
static __thread struct stack stack;

static void find_stack(void)
{
	pthread_attr_t attr;
	void *base;
	size_t size;

	stack.low = stack.high = 1;
	if (pthread_getattr_np(pthread_self(), &attr))
		return;
	if (!pthread_attr_getstack(&attr, &base, &size)) {
		stack.low = (uintptr_t)base;
		stack.high = stack.low + size;
	}
	pthread_attr_destroy(&attr);
}

/* Not for a thread that runs on a stack of another kind, as in a handler. */
static bool on_own_stack(uintptr_t address, size_t size)
{
	uintptr_t here = (uintptr_t)__builtin_frame_address(0);

	if (unlikely(!stack.high))
		find_stack();
	return here >= stack.low && here < stack.high && address > here &&
	       address < stack.high && size <= stack.high - address;
}

/*
 * The caller's objects as bytes: what he has told us of their size may be
 * wrong, which is his sanitizer's business where he made them, not here.
 */
#if defined(__x86_64__)
static void copy_bytes(void *to, const void *from, size_t size)
{
	__asm__ __volatile__("rep movsb"
			     : "+D"(to), "+S"(from), "+c"(size)
			     :
			     : "memory");
}
#else
__attribute__((__no_sanitize__("address", "thread"))) static void
copy_bytes(void *to, const void *from, size_t size)
{
	volatile char *out = to;
	const volatile char *in = from;

	while (size--)
		*out++ = *in++;
}
#endif

/*
 * The kernel's address checker looks at the driver's end of a copy. So do we:
 * what the system writes, or copy_bytes(), the compiler's checks do not see.
 */
static void check_own_end(const void *at, size_t size)
{
#ifdef CHECKED
	const volatile char *bad = __asan_region_is_poisoned((void *)at, size);

	/* Reported here. */
	if (bad)
		(void)*bad;
#else
	(void)at;
	(void)size;
#endif
}

/* Answers the bytes copied, of one piece; -1 with ENOSYS or EPERM: refused. */
static ssize_t vm_copy(int call, void *local, void *remote, size_t size)
{
	struct iovec ours = { local, size };
	struct iovec theirs = { remote, size };

	if (READ_ONCE(refused)) {
		errno = ENOSYS;
		return -1;
	}
	return syscall(call, current->tgid, &ours, 1UL, &theirs, 1UL, 0UL);
}

/*
 * One page at most, so that the pipe takes it at once. A pipe for each copy: it
 * is slow anyway, and nothing is left in it for others, nor over a fork.
 */
static ssize_t pipe_copy(void *to, const void *from, size_t size)
{
	int ends[2];
	ssize_t moved;

	if (pipe2(ends, O_CLOEXEC | O_NONBLOCK))
		return -1;
	moved = write(ends[1], from, size);
	if (moved > 0)
		moved = read(ends[0], to, (size_t)moved);
	close(ends[0]);
	close(ends[1]);
	return moved;
}

static bool was_refused(ssize_t copied)
{
	return copied < 0 && (errno == ENOSYS || errno == EPERM);
}

/* Bytes up to the next page of the address, so that a copy is whole or not. */
static size_t piece_at(const void *address, size_t left)
{
	return min(left, (size_t)(PAGE_SIZE - offset_in_page(address)));
}

/*
 * In one go where that works. Else page by page: the system may do less than
 * it could where a part is missing.
 */
static size_t copy_out(int call, char *local, char *remote, size_t size)
{
	size_t done = 0;
	ssize_t copied = vm_copy(call, local, remote, size);

	if (copied == (ssize_t)size)
		return size;
	while (done < size) {
		size_t piece = piece_at(remote + done, size - done);

		copied = vm_copy(call, local + done, remote + done, piece);
		if (was_refused(copied))
			copied = call == SYS_process_vm_readv ?
				pipe_copy(local + done, remote + done, piece) :
				pipe_copy(remote + done, local + done, piece);
		if (copied <= 0)
			break;
		done += (size_t)copied;
	}
	return done;
}

unsigned long copy_from_user(void *to, const void __user *from,
			     unsigned long size)
{
	size_t done;

	if (!size)
		return 0;
	check_own_end(to, size);
	if (on_own_stack((uintptr_t)from, size)) {
		copy_bytes(to, from, size);
		return 0;
	}
	done = access_ok(from, size) ?
		copy_out(SYS_process_vm_readv, to, (char *)from, size) : 0;
	memset((char *)to + done, 0, size - done);
	return size - done;
}

unsigned long copy_to_user(void __user *to, const void *from,
			   unsigned long size)
{
	if (!size)
		return 0;
	check_own_end(from, size);
	if (on_own_stack((uintptr_t)to, size)) {
		copy_bytes(to, from, size);
		return 0;
	}
	if (!access_ok(to, size))
		return size;
	return size - copy_out(SYS_process_vm_writev, (char *)from, to, size);
}

unsigned long clear_user(void __user *to, unsigned long size)
{
	static const char zeros[4096];
	unsigned long piece, left;

	while (size) {
		piece = min(size, (unsigned long)sizeof(zeros));
		left = copy_to_user(to, zeros, piece);
		size -= piece - left;
		if (left)
			break;
		to = (char *)to + piece;
	}
	return size;
}

/* One byte of each page tells. */
static bool probe_read(const char *at)
{
	char byte;

	return !copy_from_user(&byte, at, 1);
}

/*
 * An atomic addition of 0, made by the system: a write that changes nothing,
 * whatever other threads do there. That it may wake a waiter on the word, who
 * has to expect that anyway, is a side effect.
 */
static bool probe_write(const char *at)
{
	static u32 unused;
	const char *word = PTR_ALIGN_DOWN(at, sizeof(u32));

	return syscall(SYS_futex, &unused, FUTEX_WAKE_OP | FUTEX_PRIVATE_FLAG,
		       0, 0UL, word,
		       FUTEX_OP(FUTEX_OP_ADD, 0, FUTEX_OP_CMP_LT, -2048)) >= 0;
}

/* The whole range in one call where the system has it, else page by page. */
static bool probe(const char *at, size_t size, int advice,
		  bool (*probe_at)(const char *at))
{
	size_t done;

	if (!access_ok(at, size))
		return false;
	if (size >= PAGE_SIZE && !madvise((void *)at, size, advice))
		return true;
	for (done = 0; done < size; done += piece_at(at + done, size - done))
		if (!probe_at(at + done))
			return false;
	return true;
}

bool dxgk_user_readable(const void __user *from, unsigned long size)
{
	return probe(from, size, MADV_POPULATE_READ, probe_read);
}

bool dxgk_user_writable(void __user *to, unsigned long size)
{
	return probe(to, size, MADV_POPULATE_WRITE, probe_write);
}

void dxgk_user_uaccess_refuse(bool refuse)
{
	WRITE_ONCE(refused, refuse);
}
