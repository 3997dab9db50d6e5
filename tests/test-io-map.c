/* SPDX-License-Identifier: MIT */
/*
 * The device's memory in a program: it is there for that program, at that place, as
 * a whole, and cannot be got hold of in any other way.
 */
#include "lib/t.h"
#include "lib/t-share.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>

#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/uio.h>
#include <sys/wait.h>

#define SIZE	(4 * T_PAGE_SIZE)
#define SECRET	0x5ec2e75ec2e75ec2ull

/* A locked allocation, and the page of a fence. */
struct places {
	struct t_buffer buffer;
	struct t_fence fence;
	pid_t owner;
};

static struct places make_places(struct t_gpu *gpu)
{
	struct places places = { .owner = getpid() };

	places.buffer = t_create_buffer(gpu, SIZE);
	*(volatile uint64_t *)places.buffer.cpu = SECRET;
	places.fence = t_create_fence(gpu->device, SECRET);
	return places;
}

/* Still as it was, and given back as ever. */
static void end_places(struct t_gpu *gpu, struct places *places)
{
	assert_true(*(volatile uint64_t *)places->buffer.cpu == SECRET);
	assert_true(t_fence_value(&places->fence) == SECRET);
	t_destroy_fence(&places->fence);
	t_destroy_buffer(gpu, &places->buffer);
}

static void look_after_fork(void *data)
{
	const struct places *places = data;

	assert_false(t_is_readable(places->buffer.cpu));
	assert_false(t_is_readable((const void *)places->fence.cpu));
}

static void child_does_not_inherit_it(void **state)
{
	struct places places = make_places(*state);

	/* nor can the program say that it should */
	assert_int_equal(madvise(places.buffer.cpu, SIZE, MADV_DOFORK), -1);
	assert_int_equal(errno, EINVAL);
	t_run_child(look_after_fork, &places);
	end_places(*state, &places);
}

static void expect_no_read(const struct places *places, const void *address)
{
	uint64_t word = 0;
	struct iovec to = { &word, sizeof(word) };
	struct iovec from = { (void *)(uintptr_t)address, sizeof(word) };
	char path[64];
	int memory;

	assert_int_equal(process_vm_readv(places->owner, &to, 1, &from, 1, 0),
			 -1);
	assert_int_equal(errno, EFAULT);
	assert_int_equal(process_vm_writev(places->owner, &to, 1, &from, 1, 0),
			 -1);
	assert_int_equal(errno, EFAULT);
	snprintf(path, sizeof(path), "/proc/%d/mem", (int)places->owner);
	memory = open(path, O_RDWR | O_CLOEXEC);
	assert_true(memory >= 0);
	assert_int_equal(pread(memory, &word, sizeof(word), (off_t)(uintptr_t)address),
			 -1);
	assert_int_equal(errno, EIO);
	assert_int_equal(pwrite(memory, &word, sizeof(word), (off_t)(uintptr_t)address),
			 -1);
	assert_int_equal(errno, EIO);
	close(memory);
}

/* To tell that what is tried does work for memory of the program's own. */
static void expect_read(const struct places *places, const void *address)
{
	uint64_t word = 0;
	struct iovec to = { &word, sizeof(word) };
	struct iovec from = { (void *)(uintptr_t)address, sizeof(word) };

	assert_int_equal(process_vm_readv(places->owner, &to, 1, &from, 1, 0),
			 sizeof(word));
}

static void spy(void *data)
{
	const struct places *places = data;

	expect_read(places, places);
	expect_no_read(places, places->buffer.cpu);
	expect_no_read(places, (const void *)places->fence.cpu);
}

static void spy_by_ptrace(void *data)
{
	const struct places *places = data;
	long word;

	assert_int_equal(ptrace(PTRACE_SEIZE, places->owner, NULL, NULL), 0);
	assert_int_equal(ptrace(PTRACE_INTERRUPT, places->owner, NULL, NULL), 0);
	assert_int_equal(waitpid(places->owner, NULL, 0), places->owner);
	errno = 0;
	word = ptrace(PTRACE_PEEKDATA, places->owner, places->buffer.cpu, NULL);
	assert_int_equal(word, -1);
	assert_int_equal(errno, EIO);
	assert_int_equal(ptrace(PTRACE_DETACH, places->owner, NULL, NULL), 0);
}

/* Even if it is root: a debugger is no way to the device. */
static void other_process_cannot_read_it(void **state)
{
	struct places places = make_places(*state);

	t_run_child(spy, &places);
	t_run_child(spy_by_ptrace, &places);
	end_places(*state, &places);
}

/* Where an area begins and ends, as in /proc/self/maps. */
static void expect_no_file(const void *address, size_t size)
{
	char path[80];

	snprintf(path, sizeof(path), "/proc/self/map_files/%lx-%lx",
		 (unsigned long)(uintptr_t)address,
		 (unsigned long)(uintptr_t)address + size);
	assert_int_equal(access(path, F_OK), 0);
	assert_int_equal(open(path, O_RDWR | O_CLOEXEC), -1);
	assert_int_equal(errno, ENXIO);
}

static void its_file_cannot_be_opened(void **state)
{
	struct places places = make_places(*state);

	expect_no_file(places.buffer.cpu, SIZE);
	expect_no_file((const void *)((uintptr_t)places.fence.cpu &
				      ~(uintptr_t)(T_PAGE_SIZE - 1)),
		       T_PAGE_SIZE);
	end_places(*state, &places);
}

static void expect_errno(long result, int wanted)
{
	assert_int_equal(result, -1);
	assert_int_equal(errno, wanted);
}

/* The driver has to find it when it is taken away. */
static void it_cannot_be_moved_or_cut(void **state)
{
	struct places places = make_places(*state);
	char *memory = places.buffer.cpu;

	expect_errno((long)mremap(memory, SIZE, 2 * SIZE, MREMAP_MAYMOVE),
		     EFAULT);
	expect_errno((long)mremap(memory, 0, SIZE, MREMAP_MAYMOVE), EFAULT);
	expect_errno((long)mremap(memory, SIZE, SIZE,
				  MREMAP_MAYMOVE | MREMAP_FIXED,
				  memory + 64 * SIZE), EINVAL);
	expect_errno(munmap(memory, T_PAGE_SIZE), EINVAL);
	expect_errno(munmap(memory + T_PAGE_SIZE, T_PAGE_SIZE), EINVAL);
	expect_errno(mprotect(memory + T_PAGE_SIZE, T_PAGE_SIZE, PROT_READ),
		     EINVAL);
	expect_errno(madvise(memory, SIZE, MADV_DONTNEED), EINVAL);
	expect_errno(madvise(memory, SIZE, MADV_DODUMP), EINVAL);
	end_places(*state, &places);
}

/* What the program may do: the area goes, and the driver is not confused. */
static void it_may_be_unmapped_by_the_program(void **state)
{
	struct t_gpu *gpu = *state;
	struct places places = make_places(gpu);
	void *memory = places.buffer.cpu, *own;

	assert_int_equal(munmap(memory, SIZE), 0);
	own = mmap(memory, SIZE, PROT_READ | PROT_WRITE,
		   MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
	assert_ptr_equal(own, memory);
	memset(own, 0x77, SIZE);
	assert_status(t_unlock(gpu->device, places.buffer.allocation),
		      STATUS_SUCCESS);
	/* not what the program has put there meanwhile */
	assert_int_equal(*((unsigned char *)own + SIZE - 1), 0x77);
	assert_int_equal(munmap(own, SIZE), 0);
	places.buffer.cpu = t_lock(gpu->device, places.buffer.allocation);
	end_places(gpu, &places);
}

/* Nor by a system call that writes there, nor after a change of mind. */
static void fence_not_to_be_signalled_is_read_only(void **state)
{
	enum { NO_SIGNAL = 0x10 };
	struct t_gpu *gpu = *state;
	struct t_fence fence = t_create_shared_fence(gpu->device, 5);
	int fd = t_share(fence.handle);
	struct t_fence reader;
	uintptr_t page;
	int ends[2];

	assert_status(t_try_open_fence(gpu->device, fd, NO_SIGNAL, &reader),
		      STATUS_SUCCESS);
	page = (uintptr_t)reader.cpu & ~(uintptr_t)(T_PAGE_SIZE - 1);
	assert_int_equal(pipe(ends), 0);
	assert_int_equal(write(ends[1], "12345678", 8), 8);
	expect_errno(read(ends[0], (void *)(uintptr_t)reader.cpu, 8), EFAULT);
	expect_errno(mprotect((void *)page, T_PAGE_SIZE, PROT_READ | PROT_WRITE),
		     EACCES);
	assert_true(t_fence_value(&reader) == 5);
	/* its creator goes on writing, and the reader sees it */
	*(volatile uint64_t *)(uintptr_t)fence.cpu = 6;
	assert_true(t_fence_value(&reader) == 6);
	close(ends[0]);
	close(ends[1]);
	close(fd);
	t_destroy_fence(&reader);
	t_destroy_fence(&fence);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		t_gpu_test(child_does_not_inherit_it),
		t_gpu_test(other_process_cannot_read_it),
		t_gpu_test(its_file_cannot_be_opened),
		t_gpu_test(it_cannot_be_moved_or_cut),
		t_gpu_test(it_may_be_unmapped_by_the_program),
		t_gpu_test(fence_not_to_be_signalled_is_read_only),
	};

	if (t_device_is_soft() || geteuid()) {
		puts("skipped: needs a node in a kernel, and to be root");
		return 77;
	}
	return cmocka_run_group_tests_name("io-map", tests, NULL, NULL);
}
