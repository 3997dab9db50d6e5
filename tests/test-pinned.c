/* SPDX-License-Identifier: MIT */
/*
 * The caller's own pages, given to the GPU: they stay the same pages for both,
 * whatever the kernel does with the program's memory. What needs a kernel's own
 * pages is left out on the embedded device, which reads the program's memory.
 */
#include "lib/t.h"
#include "lib/t-heap.h"

#include <fcntl.h>

#include <sys/mman.h>
#include <sys/wait.h>

#define SIZE		(8 * T_PAGE_SIZE)

static int setup_in_kernel(void **state)
{
	*state = NULL;
	return t_device_is_soft() ? 0 : t_setup_gpu(state);
}

static struct t_gpu *gpu_or_skip(void **state)
{
	if (!*state) {
		print_message("skipped: needs pages that a kernel has pinned\n");
		skip();
	}
	return *state;
}

#define kernel_test(name) \
	cmocka_unit_test_setup_teardown(name, setup_in_kernel, t_teardown)

/* A child that does nothing until it is told to end, or is killed. */
struct bystander {
	pid_t child;
	int over[2];
};

static void stand_by(void *data)
{
	struct bystander *bystander = data;
	char byte;

	close(bystander->over[1]);
	assert_int_equal(read(bystander->over[0], &byte, 1), 0);
}

static void start_bystander(struct bystander *bystander)
{
	assert_int_equal(pipe2(bystander->over, O_CLOEXEC), 0);
	bystander->child = t_start_child(stand_by, bystander);
	close(bystander->over[0]);
}

static void end_bystander(struct bystander *bystander)
{
	close(bystander->over[1]);
	t_expect_child_ok(bystander->child);
}

/* All of them, so that none is still the one from before. */
static void fill(volatile uint64_t *memory, uint64_t value)
{
	unsigned int i;

	for (i = 0; i < SIZE / sizeof(*memory); i++)
		memory[i] = value + i;
}

static bool is_filled(const volatile uint64_t *memory, uint64_t value)
{
	unsigned int i;

	for (i = 0; i < SIZE / sizeof(*memory); i++)
		if (memory[i] != value + i)
			return false;
	return true;
}

/* What the program writes the GPU reads, and the other way about. */
static void expect_same_pages(struct t_gpu *gpu, const struct t_buffer *heap,
			      uint64_t seed)
{
	struct t_buffer mirror = t_create_buffer(gpu, SIZE);
	struct t_commands commands;

	fill(heap->cpu, seed);
	commands = t_commands(gpu);
	t_copy(&commands, mirror.gpu, heap->gpu, SIZE);
	t_submit_and_wait(&commands);
	assert_true(is_filled(mirror.cpu, seed));
	fill(mirror.cpu, ~seed);
	commands = t_commands(gpu);
	t_copy(&commands, heap->gpu, mirror.gpu, SIZE);
	t_submit_and_wait(&commands);
	assert_true(is_filled(heap->cpu, ~seed));
	t_destroy_buffer(gpu, &mirror);
}

/*
 * A page that two processes have is copied for the first that writes to it. That
 * must not be the one that the GPU has (WSL issue 11095).
 */
static void parent_keeps_its_pages_when_it_forks(void **state)
{
	struct t_gpu *gpu = *state;
	void *memory = t_alloc_pages(SIZE);
	struct t_buffer heap = t_create_heap(gpu, memory, SIZE);
	struct bystander bystander;

	fill(memory, 1);
	start_bystander(&bystander);
	expect_same_pages(gpu, &heap, 1000);
	end_bystander(&bystander);
	/* the last who has a page may take it over */
	expect_same_pages(gpu, &heap, 2000);
	t_destroy_heap(gpu, &heap);
	t_free_pages(memory, SIZE);
}

static void parent_keeps_its_pages_when_a_child_ends_first(void **state)
{
	struct t_gpu *gpu = *state;
	void *memory = t_alloc_pages(SIZE);
	struct t_buffer heap = t_create_heap(gpu, memory, SIZE);
	struct bystander bystander;

	fill(memory, 1);
	start_bystander(&bystander);
	t_kill_child(bystander.child);
	close(bystander.over[1]);
	expect_same_pages(gpu, &heap, 3000);
	t_destroy_heap(gpu, &heap);
	t_free_pages(memory, SIZE);
}

struct heir {
	void *memory;
	int told[2];
	int over[2];
};

/* Its parent's values, in pages of its own. */
static void write_as_a_child(void *data)
{
	struct heir *heir = data;
	char byte;

	close(heir->over[1]);
	assert_true(is_filled(heir->memory, 7));
	fill(heir->memory, 9000);
	assert_int_equal(write(heir->told[1], "x", 1), 1);
	assert_int_equal(read(heir->over[0], &byte, 1), 0);
	assert_true(is_filled(heir->memory, 9000));
}

/* The child writes first, and the parent and its GPU see nothing of it. */
static void child_that_writes_gets_the_copy(void **state)
{
	struct t_gpu *gpu = *state;
	struct heir heir = { .memory = t_alloc_pages(SIZE) };
	struct t_buffer heap = t_create_heap(gpu, heir.memory, SIZE);
	pid_t child;
	char byte;

	fill(heir.memory, 7);
	assert_int_equal(pipe2(heir.told, O_CLOEXEC), 0);
	assert_int_equal(pipe2(heir.over, O_CLOEXEC), 0);
	child = t_start_child(write_as_a_child, &heir);
	close(heir.told[1]);
	close(heir.over[0]);
	assert_int_equal(read(heir.told[0], &byte, 1), 1);
	assert_true(is_filled(heir.memory, 7));
	expect_same_pages(gpu, &heap, 4000);
	close(heir.over[1]);
	t_expect_child_ok(child);
	expect_same_pages(gpu, &heap, 5000);
	close(heir.told[0]);
	t_destroy_heap(gpu, &heap);
	t_free_pages(heir.memory, SIZE);
}

struct forks {
	volatile int over;
	unsigned int count;
};

static void *fork_all_the_time(void *data)
{
	struct forks *forks = data;
	int status;
	pid_t child;

	while (!forks->over) {
		child = fork();
		if (!child)
			_exit(0);
		if (child < 0 || waitpid(child, &status, 0) != child)
			break;
		forks->count++;
	}
	return NULL;
}

/* At any moment, also between the write and the look at it. */
static void threads_that_fork_change_nothing(void **state)
{
	struct t_gpu *gpu = gpu_or_skip(state);
	void *memory = t_alloc_pages(SIZE);
	struct t_buffer heap = t_create_heap(gpu, memory, SIZE);
	/* it goes on when the test fails */
	static struct forks forks;
	pthread_t thread;
	int i;

	thread = t_start_thread(fork_all_the_time, &forks);
	for (i = 0; i < 30; i++)
		expect_same_pages(gpu, &heap, 100000 * (uint64_t)i);
	forks.over = 1;
	t_join_thread(thread);
	assert_true(forks.count > 10);
	t_destroy_heap(gpu, &heap);
	t_free_pages(memory, SIZE);
}

/*
 * Pages that the GPU only reads. Never written, they are all the one page of
 * zeroes, which is nobody's own: the first write must not part the two.
 */
static void pages_to_be_read_are_the_programs_own(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_buffer mirror = t_create_buffer(gpu, SIZE);
	struct t_buffer heap = { .cpu = t_alloc_pages(SIZE), .size = SIZE };
	struct t_commands commands;
	struct bystander bystander;

	assert_status(t_try_create_heap(gpu->device, heap.cpu, SIZE, true,
					&heap.allocation), STATUS_SUCCESS);
	t_make_resident(&gpu->paging, heap.allocation);
	heap.gpu = t_map(&gpu->paging, heap.allocation, SIZE);
	start_bystander(&bystander);
	fill(heap.cpu, 11);
	commands = t_commands(gpu);
	t_copy(&commands, mirror.gpu, heap.gpu, SIZE);
	t_submit_and_wait(&commands);
	assert_true(is_filled(mirror.cpu, 11));
	end_bystander(&bystander);
	t_free_pages(heap.cpu, SIZE);
	t_destroy_heap(gpu, &heap);
	t_destroy_buffer(gpu, &mirror);
}

/* Its pages are elsewhere for the program, and the same for the GPU. */
static void heap_may_be_moved(void **state)
{
	struct t_gpu *gpu = gpu_or_skip(state);
	void *memory = t_alloc_pages(SIZE);
	struct t_buffer heap = t_create_heap(gpu, memory, SIZE);

	heap.cpu = mremap(memory, SIZE, SIZE, MREMAP_MAYMOVE | MREMAP_FIXED,
			  (char *)t_alloc_pages(2 * SIZE) + SIZE);
	assert_ptr_not_equal(heap.cpu, MAP_FAILED);
	expect_same_pages(gpu, &heap, 6000);
	memory = heap.cpu;
	t_destroy_heap(gpu, &heap);
	t_free_pages((char *)memory - SIZE, 2 * SIZE);
}

/* The GPU goes on with pages that nobody else has any more. */
static void heap_may_be_unmapped_before_its_end(void **state)
{
	struct t_gpu *gpu = gpu_or_skip(state);
	void *memory = t_alloc_pages(SIZE);
	struct t_buffer heap = t_create_heap(gpu, memory, SIZE);
	struct t_buffer mirror = t_create_buffer(gpu, SIZE);
	struct t_commands commands;

	fill(memory, 12);
	t_free_pages(memory, SIZE);
	commands = t_commands(gpu);
	t_copy(&commands, mirror.gpu, heap.gpu, SIZE);
	t_fill(&commands, heap.gpu, SIZE, 13);
	t_submit_and_wait(&commands);
	assert_true(is_filled(mirror.cpu, 12));
	t_destroy_heap(gpu, &heap);
	t_destroy_buffer(gpu, &mirror);
}

static long pinned_before;

static int count_pinned(void **state)
{
	(void)state;
	pinned_before = t_pinned_pages();
	return 0;
}

/* Of all the processes that were here. */
static int expect_none_pinned(void **state)
{
	long pinned = t_pinned_pages();

	(void)state;
	if (pinned != pinned_before)
		print_error("pinned: %ld before, %ld after\n", pinned_before,
			    pinned);
	return pinned == pinned_before ? 0 : -1;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		t_gpu_test(parent_keeps_its_pages_when_it_forks),
		t_gpu_test(parent_keeps_its_pages_when_a_child_ends_first),
		t_gpu_test(child_that_writes_gets_the_copy),
		kernel_test(threads_that_fork_change_nothing),
		t_gpu_test(pages_to_be_read_are_the_programs_own),
		kernel_test(heap_may_be_moved),
		kernel_test(heap_may_be_unmapped_before_its_end),
	};

	return cmocka_run_group_tests_name("pinned", tests, count_pinned,
					   expect_none_pinned);
}
