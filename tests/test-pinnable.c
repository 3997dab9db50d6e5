/* SPDX-License-Identifier: MIT */
/*
 * Which memory of a program the GPU may have: what cannot be pinned for long, and
 * what is over the limit, is refused and leaves nothing pinned.
 */
#include "lib/t.h"
#include "lib/t-heap.h"

#include <errno.h>
#include <fcntl.h>

#include <sys/mman.h>
#include <sys/resource.h>

#define PAGES		8u
#define SIZE		(PAGES * T_PAGE_SIZE)
#define HUGE_SIZE	(2u << 20)
#define NOBODY		65534

static void expect_refused(struct t_gpu *gpu, void *memory, bool read_only,
			   NTSTATUS status)
{
	long pinned = t_pinned_pages();
	D3DKMT_HANDLE allocation;

	assert_status(t_try_create_heap(gpu->device, memory, SIZE, read_only,
					&allocation), status);
	assert_int_equal(t_pinned_pages(), pinned);
}

/* The GPU adds to each page what the program has written there. */
static void expect_works(struct t_gpu *gpu, void *memory, uint64_t size)
{
	struct t_buffer heap = t_create_heap(gpu, memory, size);
	struct t_commands commands;
	uint64_t at, first = 0, *word;

	for (at = 0; at < size; at += T_PAGE_SIZE)
		*(uint64_t *)((char *)memory + at) = at;
	while (first < size) {
		commands = t_commands(gpu);
		for (at = first; at < size && at < first + 16 * T_PAGE_SIZE;
		     at += T_PAGE_SIZE)
			t_add(&commands, heap.gpu + at, 7);
		first = at;
		t_submit_and_wait(&commands);
	}
	for (at = 0; at < size; at += T_PAGE_SIZE) {
		word = (uint64_t *)((char *)memory + at);
		assert_true(*word == at + 7);
	}
	t_destroy_heap(gpu, &heap);
}

static void hole_is_refused(void **state)
{
	char *memory = t_alloc_pages(SIZE);

	/* last, first, in the middle: some have been pinned by then */
	t_free_pages(memory + SIZE - T_PAGE_SIZE, T_PAGE_SIZE);
	expect_refused(*state, memory, false, STATUS_UNSUCCESSFUL);
	t_free_pages(memory + SIZE / 2, T_PAGE_SIZE);
	expect_refused(*state, memory, false, STATUS_UNSUCCESSFUL);
	t_free_pages(memory, T_PAGE_SIZE);
	expect_refused(*state, memory, true, STATUS_UNSUCCESSFUL);
	munmap(memory, SIZE);
}

static void memory_without_access_is_refused(void **state)
{
	char *memory = t_alloc_pages(SIZE);

	assert_int_equal(mprotect(memory + T_PAGE_SIZE, T_PAGE_SIZE, PROT_NONE),
			 0);
	expect_refused(*state, memory, false, STATUS_UNSUCCESSFUL);
	expect_refused(*state, memory, true, STATUS_UNSUCCESSFUL);
	t_free_pages(memory, SIZE);
}

/* The GPU may do what the program may, and no more. */
static void memory_to_be_read_is_not_written(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_HANDLE allocation;
	char *memory = t_alloc_pages(SIZE);

	assert_int_equal(mprotect(memory, SIZE, PROT_READ), 0);
	expect_refused(gpu, memory, false, STATUS_UNSUCCESSFUL);
	assert_status(t_try_create_heap(gpu->device, memory, SIZE, true,
					&allocation), STATUS_SUCCESS);
	assert_status(t_destroy_allocation(gpu->device, allocation),
		      STATUS_SUCCESS);
	t_free_pages(memory, SIZE);
}

/* Pages that the program can write, and others, by turns. */
static void memory_to_be_read_may_be_in_pieces(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_buffer mirror = t_create_buffer(gpu, SIZE);
	struct t_commands commands = t_commands(gpu);
	char *memory = t_alloc_pages(SIZE);
	struct t_buffer heap = { .size = SIZE };
	unsigned int i;

	for (i = 0; i < PAGES; i += 2)
		assert_int_equal(mprotect(memory + i * T_PAGE_SIZE, T_PAGE_SIZE,
					  PROT_READ), 0);
	assert_status(t_try_create_heap(gpu->device, memory, SIZE, true,
					&heap.allocation), STATUS_SUCCESS);
	t_make_resident(&gpu->paging, heap.allocation);
	heap.gpu = t_map(&gpu->paging, heap.allocation, SIZE);
	for (i = 1; i < PAGES; i += 2)
		memory[i * T_PAGE_SIZE] = (char)i;
	t_fill(&commands, mirror.gpu, SIZE, 0x55555555);
	t_copy(&commands, mirror.gpu, heap.gpu, SIZE);
	t_submit_and_wait(&commands);
	assert_memory_equal(mirror.cpu, memory, SIZE);
	t_destroy_allocation(gpu->device, heap.allocation);
	t_destroy_buffer(gpu, &mirror);
	t_free_pages(memory, SIZE);
}

/* No pages of the system's, and the host's to take away. */
static void memory_of_the_device_is_refused(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_buffer buffer = t_create_buffer(gpu, SIZE);

	expect_refused(gpu, buffer.cpu, false, STATUS_UNSUCCESSFUL);
	expect_refused(gpu, buffer.cpu, true, STATUS_UNSUCCESSFUL);
	t_destroy_buffer(gpu, &buffer);
}

static void the_kernels_addresses_are_refused(void **state)
{
	expect_refused(*state, (void *)0xffff888000000000ull, false,
		       STATUS_UNSUCCESSFUL);
	expect_refused(*state, (void *)0x7ffffffff000ull, false,
		       STATUS_UNSUCCESSFUL);
	expect_refused(*state, (void *)0xfffffffffffff000ull, false,
		       STATUS_UNSUCCESSFUL);
}

static void *map_file(int fd, int flags)
{
	void *memory = mmap(NULL, SIZE, PROT_READ | PROT_WRITE, flags, fd, 0);

	assert_ptr_not_equal(memory, MAP_FAILED);
	return memory;
}

static int create_file(void)
{
	int fd = memfd_create("pinnable", MFD_CLOEXEC | MFD_ALLOW_SEALING);

	assert_true(fd >= 0);
	assert_int_equal(ftruncate(fd, SIZE), 0);
	return fd;
}

/* The file's pages are the GPU's; who reads the file sees what it writes. */
static void pages_of_a_file_in_memory_work(void **state)
{
	uint64_t word;
	int fd = create_file();
	void *memory = map_file(fd, MAP_SHARED);

	expect_works(*state, memory, SIZE);
	assert_int_equal(pread(fd, &word, sizeof(word), T_PAGE_SIZE),
			 sizeof(word));
	assert_true(word == T_PAGE_SIZE + 7);
	t_free_pages(memory, SIZE);
	/* of a private mapping: copies, which the file knows nothing of */
	memory = map_file(fd, MAP_PRIVATE);
	expect_works(*state, memory, SIZE);
	t_free_pages(memory, SIZE);
	close(fd);
}

static void file_that_is_written_by_the_gpu_is_not_sealed(void **state)
{
	struct t_gpu *gpu = *state;
	int fd = create_file();
	void *memory = map_file(fd, MAP_SHARED);
	struct t_buffer heap = t_create_heap(gpu, memory, SIZE);

	t_free_pages(memory, SIZE);
	assert_int_equal(fcntl(fd, F_ADD_SEALS, F_SEAL_WRITE), -1);
	assert_int_equal(errno, EBUSY);
	t_destroy_heap(gpu, &heap);
	assert_int_equal(fcntl(fd, F_ADD_SEALS, F_SEAL_WRITE), 0);
	close(fd);
}

/* Its pages go on without it, until the GPU has let them go. */
static void file_may_be_truncated_meanwhile(void **state)
{
	struct t_gpu *gpu = *state;
	int fd = create_file();
	void *memory = map_file(fd, MAP_SHARED);
	struct t_buffer heap = t_create_heap(gpu, memory, SIZE);
	struct t_commands commands = t_commands(gpu);

	assert_int_equal(ftruncate(fd, 0), 0);
	t_fill(&commands, heap.gpu, SIZE, 0x5a5a5a5a);
	t_submit_and_wait(&commands);
	/* and what is not there is not given */
	expect_refused(gpu, memory, false, STATUS_UNSUCCESSFUL);
	t_destroy_heap(gpu, &heap);
	t_free_pages(memory, SIZE);
	close(fd);
}

static void huge_pages_work(void **state)
{
	size_t size = 3 * HUGE_SIZE;
	char *memory = t_alloc_pages(size);
	char *aligned = (char *)(((uintptr_t)memory + HUGE_SIZE - 1) &
				 ~(uintptr_t)(HUGE_SIZE - 1));

	/* a hint: whether it is taken is the kernel's affair */
	madvise(aligned, HUGE_SIZE, MADV_HUGEPAGE);
	expect_works(*state, aligned, HUGE_SIZE);
	/* from the middle of one into what is behind it */
	expect_works(*state, aligned + HUGE_SIZE / 2, HUGE_SIZE);
	t_free_pages(memory, size);
}

static void limit_locked_pages(unsigned int pages)
{
	const struct rlimit limit = {
		.rlim_cur = pages * T_PAGE_SIZE,
		.rlim_max = pages * T_PAGE_SIZE,
	};

	assert_int_equal(setrlimit(RLIMIT_MEMLOCK, &limit), 0);
}

/* With that goes the capability to lock more than the limit. */
static void become_nobody(void)
{
	assert_int_equal(setresuid(NOBODY, NOBODY, NOBODY), 0);
}

static void use_up_the_limit(void *unused)
{
	char *memory = t_alloc_pages(3 * SIZE);
	D3DKMT_HANDLE first, second, third;
	D3DKMT_HANDLE device;
	LUID luid;

	(void)unused;
	device = t_create_device(t_open_adapter(&luid));
	limit_locked_pages(2 * PAGES);
	become_nobody();
	assert_status(t_try_create_heap(device, memory, SIZE, false, &first),
		      STATUS_SUCCESS);
	assert_int_equal(t_locked_pages(), PAGES);
	assert_status(t_try_create_heap(device, memory + SIZE, SIZE, true,
					&second), STATUS_SUCCESS);
	assert_int_equal(t_locked_pages(), 2 * PAGES);
	assert_status(t_try_create_heap(device, memory, T_PAGE_SIZE, false,
					&third), STATUS_NO_MEMORY);
	assert_int_equal(t_locked_pages(), 2 * PAGES);
	/* not only those of the GPU count */
	assert_status(t_destroy_allocation(device, second), STATUS_SUCCESS);
	assert_int_equal(mlock(memory, T_PAGE_SIZE), 0);
	assert_status(t_try_create_heap(device, memory, SIZE, false, &second),
		      STATUS_NO_MEMORY);
	assert_int_equal(munlock(memory, T_PAGE_SIZE), 0);
	assert_status(t_try_create_heap(device, memory, SIZE, false, &second),
		      STATUS_SUCCESS);
	assert_int_equal(t_locked_pages(), 2 * PAGES);
	/* nor is what was refused counted: here for a hole */
	assert_status(t_destroy_allocation(device, second), STATUS_SUCCESS);
	t_free_pages(memory + 2 * SIZE, SIZE);
	assert_status(t_try_create_heap(device, memory + 2 * SIZE, SIZE, false,
					&second), STATUS_UNSUCCESSFUL);
	assert_int_equal(t_locked_pages(), PAGES);
	t_destroy_device(device);
	assert_int_equal(t_locked_pages(), 0);
}

static void limit_of_locked_memory_is_kept(void **state)
{
	(void)state;
	t_run_child(use_up_the_limit, NULL);
}

/* Root's: as for mlock(). */
static void ignore_the_limit(void *unused)
{
	char *memory = t_alloc_pages(SIZE);
	D3DKMT_HANDLE allocation;
	D3DKMT_HANDLE device;
	LUID luid;

	(void)unused;
	device = t_create_device(t_open_adapter(&luid));
	limit_locked_pages(1);
	assert_status(t_try_create_heap(device, memory, SIZE, false,
					&allocation), STATUS_SUCCESS);
	/* counted all the same */
	assert_int_equal(t_locked_pages(), PAGES);
	/* and given back though the capability has gone meanwhile */
	become_nobody();
	assert_status(t_destroy_allocation(device, allocation),
		      STATUS_SUCCESS);
	assert_int_equal(t_locked_pages(), 0);
}

static void capability_to_lock_is_honoured(void **state)
{
	(void)state;
	t_run_child(ignore_the_limit, NULL);
}

/* Each has a count of its own, which fork does not copy. */
static void look_at_the_child(void *unused)
{
	(void)unused;
	assert_int_equal(t_locked_pages(), 0);
}

static void child_has_locked_nothing(void **state)
{
	struct t_gpu *gpu = *state;
	void *memory = t_alloc_pages(SIZE);
	struct t_buffer heap = t_create_heap(gpu, memory, SIZE);

	assert_int_equal(t_locked_pages(), PAGES);
	t_run_child(look_at_the_child, NULL);
	assert_int_equal(t_locked_pages(), PAGES);
	t_destroy_heap(gpu, &heap);
	assert_int_equal(t_locked_pages(), 0);
	t_free_pages(memory, SIZE);
}

static struct t_gpu *give_pages(void)
{
	struct t_gpu *gpu;

	t_setup_gpu((void **)&gpu);
	t_create_heap(gpu, t_alloc_pages(SIZE), SIZE);
	return gpu;
}

static void give_pages_and_exit(void *unused)
{
	(void)unused;
	give_pages();
}

/* The file is closed by exec. That one looks at nothing, it only has to end. */
static void give_pages_and_exec(void *unused)
{
	(void)unused;
	give_pages();
	execl("/proc/self/exe", "test-pinnable", "exec", (char *)NULL);
	_exit(1);
}

static void nothing_stays_pinned_after_the_end(void **state)
{
	long pinned = t_pinned_pages();

	(void)state;
	t_run_child(give_pages_and_exit, NULL);
	assert_int_equal(t_pinned_pages(), pinned);
	t_run_child(give_pages_and_exec, NULL);
	assert_int_equal(t_pinned_pages(), pinned);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		t_gpu_test(hole_is_refused),
		t_gpu_test(memory_without_access_is_refused),
		t_gpu_test(memory_to_be_read_is_not_written),
		t_gpu_test(memory_to_be_read_may_be_in_pieces),
		t_gpu_test(memory_of_the_device_is_refused),
		t_gpu_test(the_kernels_addresses_are_refused),
		t_gpu_test(pages_of_a_file_in_memory_work),
		t_gpu_test(file_that_is_written_by_the_gpu_is_not_sealed),
		t_gpu_test(file_may_be_truncated_meanwhile),
		t_gpu_test(huge_pages_work),
		t_bare_test(limit_of_locked_memory_is_kept),
		t_bare_test(capability_to_lock_is_honoured),
		t_gpu_test(child_has_locked_nothing),
		t_bare_test(nothing_stays_pinned_after_the_end),
	};

	/* after exec, with its parent's file closed */
	if (argc > 1 && !strcmp(argv[1], "exec"))
		return t_locked_pages() != 0;
	/* The embedded device reads the program's memory, whatever that is. */
	if (t_device_is_soft() || geteuid()) {
		puts("skipped: needs a node in a kernel, and to be root");
		return 77;
	}
	return cmocka_run_group_tests_name("pinnable", tests, NULL, NULL);
}
