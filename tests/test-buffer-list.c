/* SPDX-License-Identifier: MIT */
/*
 * Pages of a program that are described to the host by a buffer list of the bus, as
 * hosts want it that cannot take page numbers. On a bus that can be asked also: how
 * many lists there are, what the host gets to know of one, and what becomes of pages
 * that the host may still have.
 */
#include "lib/t.h"
#include "lib/t-heap.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include <dxg/dxg.h>
#include <dxghostd/control.h>

#include "lib/t-text.h"

#define PAGES		8u
#define SIZE		(PAGES * T_PAGE_SIZE)
#define MANY		1500u	/* more than the bus tells at once */
#define PARAMETERS	"/sys/module/hvloop/parameters/"

#define COMMON	"map_guest_memory = off\n"
#define ADAPTER	"[adapter]\nlocal_memory = 64M\nnonlocal_memory = 16M\n"
static const char profile[] = COMMON ADAPTER;
/* SETEXISTINGSYSMEMSTORE, STATUS_NOT_SUPPORTED */
#define REFUSING COMMON "fail_command = 45 1+ 0xC00000BB\n" ADAPTER

/* The number of a list that the bus has not withdrawn. */
static uint32_t lost_list;

static void need_bus(void)
{
	if (!t_device_is_soft())
		return;
	print_message("skipped: needs the bus of the virtual machine\n");
	skip();
}

static unsigned int parameter(const char *path)
{
	char *text = t_read_line(path);
	unsigned int value = (unsigned int)strtoul(text, NULL, 10);

	free(text);
	return value;
}

/* Those that there are now; the embedded device does not tell. */
static unsigned int buffer_lists(void)
{
	return t_device_is_soft() ? 0 : parameter(PARAMETERS "gpadls");
}

static void expect_lists(unsigned int count)
{
	if (!t_device_is_soft())
		assert_int_equal(buffer_lists(), count);
}

/* The kernel's own view of the pages, which the bus wants, goes with the list. */
static void expect_views(unsigned int count)
{
	unsigned int views = 0;
	const char *at;
	char *text;

	if (t_device_is_soft())
		return;
	text = t_read_text("/proc/vmallocinfo");
	for (at = text; (at = strstr(at, "dxgk_platform_share")); at++)
		views++;
	free(text);
	assert_int_equal(views, count);
}

/* The embedded device pins nothing, whatever others of the system do. */
static long pinned_pages(void)
{
	return t_device_is_soft() ? 0 : t_pinned_pages();
}

static uint32_t newest_list(void)
{
	return parameter(PARAMETERS "last_gpadl");
}

static void refuse_teardown(const char *answer)
{
	int fd = open(PARAMETERS "refuse_teardown", O_WRONLY | O_CLOEXEC);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, answer, 1), 1);
	close(fd);
}

/* Each word of a heap has another value, so that no page stands for another. */
static uint64_t sample(uint64_t seed, size_t i)
{
	return seed + i * 0x10001;
}

static void fill(volatile uint64_t *words, size_t size, uint64_t seed)
{
	size_t i;

	for (i = 0; i < size / 8; i++)
		words[i] = sample(seed, i);
}

static void expect_filled(const volatile uint64_t *words, size_t size,
			  uint64_t seed)
{
	size_t i;

	for (i = 0; i < size / 8; i++)
		if (words[i] != sample(seed, i))
			fail_msg("word %zu of page %zu is another one",
				 i % (T_PAGE_SIZE / 8), i * 8 / T_PAGE_SIZE);
}

/* Pages that the system has given in another order than that of their addresses. */
static void *alloc_scattered(size_t size)
{
	size_t i, pages = size / T_PAGE_SIZE;
	volatile char *memory = t_alloc_pages(size);

	for (i = 1; i < pages; i += 2)
		memory[i * T_PAGE_SIZE] = 1;
	for (i = pages; i--; )
		memory[i * T_PAGE_SIZE] = 1;
	return (void *)memory;
}

static void copy(struct t_gpu *gpu, uint64_t to, uint64_t from, uint64_t size)
{
	struct t_commands commands = t_commands(gpu);

	t_copy(&commands, to, from, size);
	t_submit_and_wait(&commands);
}

/* What the program writes the GPU reads, and the other way about. */
static void expect_same_pages(struct t_gpu *gpu, const struct t_buffer *heap,
			      uint64_t seed)
{
	struct t_buffer mirror = t_create_buffer(gpu, heap->size);

	fill(heap->cpu, heap->size, seed);
	copy(gpu, mirror.gpu, heap->gpu, heap->size);
	expect_filled(mirror.cpu, heap->size, seed);
	fill(mirror.cpu, heap->size, ~seed);
	copy(gpu, heap->gpu, mirror.gpu, heap->size);
	expect_filled(heap->cpu, heap->size, ~seed);
	t_destroy_buffer(gpu, &mirror);
}

static void gpu_has_the_pages_of_the_program(void **state)
{
	struct t_gpu *gpu = *state;
	void *memory = alloc_scattered(SIZE);
	unsigned int lists = buffer_lists();
	long pinned = pinned_pages();
	struct t_buffer heap = t_create_heap(gpu, memory, SIZE);

	expect_lists(lists + 1);
	expect_views(1);
	expect_same_pages(gpu, &heap, 1000);
	expect_same_pages(gpu, &heap, 2000);
	t_destroy_heap(gpu, &heap);
	expect_lists(lists);
	expect_views(0);
	assert_int_equal(pinned_pages(), pinned);
	t_free_pages(memory, SIZE);
}

/* One page, and a list that is told in several parts. */
static void list_is_as_long_as_it_has_to_be(void **state)
{
	static const size_t sizes[] = { T_PAGE_SIZE, MANY * T_PAGE_SIZE };
	struct t_gpu *gpu = *state;
	struct t_buffer heap;
	void *memory;
	size_t i;

	for (i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		memory = alloc_scattered(sizes[i]);
		heap = t_create_heap(gpu, memory, sizes[i]);
		expect_same_pages(gpu, &heap, 3000);
		t_destroy_heap(gpu, &heap);
		t_free_pages(memory, sizes[i]);
	}
}

/* Its neighbours in the program's memory are not the GPU's. */
static void heap_lies_between_other_pages(void **state)
{
	struct t_gpu *gpu = *state;
	char *memory = alloc_scattered(SIZE + 2 * T_PAGE_SIZE);
	struct t_buffer mirror = t_create_buffer(gpu, SIZE), heap;
	struct t_commands commands = t_commands(gpu);

	fill((uint64_t *)memory, SIZE + 2 * T_PAGE_SIZE, 4000);
	heap = t_create_heap(gpu, memory + T_PAGE_SIZE, SIZE);
	/* from the middle of a page to that of another, at odd addresses */
	fill(mirror.cpu, SIZE, 5000);
	copy(gpu, heap.gpu + 1001, mirror.gpu + 77, 3 * T_PAGE_SIZE + 11);
	assert_memory_equal(memory + T_PAGE_SIZE + 1001,
			    (char *)mirror.cpu + 77, 3 * T_PAGE_SIZE + 11);
	copy(gpu, mirror.gpu + 3, heap.gpu + 2 * T_PAGE_SIZE - 5, 10);
	assert_memory_equal((char *)mirror.cpu + 3, memory + 3 * T_PAGE_SIZE - 5,
			    10);
	t_fill(&commands, heap.gpu, SIZE, 0);
	t_submit_and_wait(&commands);
	t_destroy_heap(gpu, &heap);
	expect_filled((uint64_t *)memory, T_PAGE_SIZE, 4000);
	expect_filled((uint64_t *)(memory + SIZE + T_PAGE_SIZE), T_PAGE_SIZE,
		      sample(4000, (SIZE + T_PAGE_SIZE) / 8));
	t_destroy_buffer(gpu, &mirror);
	t_free_pages(memory, SIZE + 2 * T_PAGE_SIZE);
}

static void heap_to_be_read_is_read(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_buffer mirror = t_create_buffer(gpu, SIZE);
	struct t_buffer heap = { .size = SIZE, .cpu = alloc_scattered(SIZE) };

	assert_status(t_try_create_heap(gpu->device, heap.cpu, SIZE, true,
					&heap.allocation), STATUS_SUCCESS);
	t_make_resident(&gpu->paging, heap.allocation);
	heap.gpu = t_map(&gpu->paging, heap.allocation, SIZE);
	fill(heap.cpu, SIZE, 6000);
	copy(gpu, mirror.gpu, heap.gpu, SIZE);
	expect_filled(mirror.cpu, SIZE, 6000);
	t_free_pages(heap.cpu, SIZE);
	t_destroy_heap(gpu, &heap);
	t_destroy_buffer(gpu, &mirror);
}

#define HEAPS	5u

/* Of one page more than the one before it. */
static void create_heaps(struct t_gpu *gpu, struct t_buffer heaps[HEAPS])
{
	size_t i, size;

	for (i = 0; i < HEAPS; i++) {
		size = (i + 1) * T_PAGE_SIZE;
		heaps[i] = t_create_heap(gpu, alloc_scattered(size), size);
		fill(heaps[i].cpu, size, 10000 * i);
	}
}

static void lists_are_independent(void **state)
{
	struct t_gpu *gpu = *state;
	unsigned int lists = buffer_lists();
	struct t_buffer heaps[HEAPS], mirror = t_create_buffer(gpu, SIZE);
	void *memory;
	size_t i;

	create_heaps(gpu, heaps);
	expect_lists(lists + HEAPS);
	for (i = 0; i < HEAPS; i++) {
		copy(gpu, mirror.gpu, heaps[i].gpu, heaps[i].size);
		expect_filled(mirror.cpu, heaps[i].size, 10000 * i);
	}
	/* the end of one, and another in its place */
	memory = heaps[2].cpu;
	t_destroy_heap(gpu, &heaps[2]);
	expect_lists(lists + HEAPS - 1);
	heaps[2] = t_create_heap(gpu, memory, T_PAGE_SIZE);
	expect_lists(lists + HEAPS);
	for (i = 0; i < HEAPS; i++)
		expect_same_pages(gpu, &heaps[i], 20000 * i);
	/* from one list into another */
	copy(gpu, heaps[4].gpu, heaps[3].gpu, heaps[3].size);
	assert_memory_equal(heaps[4].cpu, heaps[3].cpu, heaps[3].size);
	for (i = 0; i < HEAPS; i++) {
		memory = heaps[i].cpu;
		t_destroy_heap(gpu, &heaps[i]);
		t_free_pages(memory, (i + 1) * T_PAGE_SIZE);
		expect_lists(lists + HEAPS - 1 - i);
	}
	t_destroy_buffer(gpu, &mirror);
}

/* No heap is destroyed: the device, or the process, takes it along. */
static void leave_heaps(void *destroy_device)
{
	struct t_buffer heaps[HEAPS];
	unsigned int lists = buffer_lists();
	/* left to the end of the process, which is no leak of the test's */
	static struct t_gpu *gpu;

	t_setup_gpu((void **)&gpu);
	create_heaps(gpu, heaps);
	expect_lists(lists + HEAPS);
	if (!destroy_device)
		return;
	t_destroy_device(gpu->device);
	expect_lists(lists);
}

static void lists_end_with_their_owner(void **state)
{
	unsigned int lists = buffer_lists();
	long pinned = pinned_pages();

	t_run_child(leave_heaps, state);
	expect_lists(lists);
	t_run_child(leave_heaps, NULL);
	expect_lists(lists);
	assert_int_equal(pinned_pages(), pinned);
}

static void lose_the_gpu(void *unused)
{
	struct t_buffer heaps[HEAPS];
	unsigned int lists = buffer_lists();
	static struct t_gpu *gpu;

	(void)unused;
	t_setup_gpu((void **)&gpu);
	create_heaps(gpu, heaps);
	if (t_device_is_soft()) {
		assert_int_equal(t_soft_or_skip()->remove_adapter(0), 0);
		assert_int_equal(t_soft_or_skip()->return_adapter(0), 0);
	} else {
		assert_int_equal(t_host_daemon_bus(DXGHOSTD_UNPLUG), 0);
		expect_lists(lists);
		assert_int_equal(t_host_daemon_bus(DXGHOSTD_PLUG), 0);
	}
}

static void lists_end_with_the_gpu(void **state)
{
	unsigned int lists = buffer_lists();
	long pinned = pinned_pages();

	(void)state;
	t_run_child(lose_the_gpu, NULL);
	expect_lists(lists);
	assert_int_equal(pinned_pages(), pinned);
}

/* What the bus answers to the host. */
static int ask(uint32_t channel, uint32_t gpadl, uint32_t first, uint32_t count,
	       struct dxghostd_reply *ret_reply)
{
	const struct hvloop_pages pages = {
		.channel = channel,
		.gpadl = gpadl,
		.first = first,
		.count = count,
	};

	return t_host_daemon_pages(&pages, ret_reply);
}

/* An errno. Where that is EFAULT the rest is right. */
static int ask_with_bad_address(uint32_t gpadl, uint32_t count)
{
	const struct hvloop_pages pages = {
		.gpadl = gpadl, .count = count, .pfns = 1,
	};
	struct dxghostd_reply reply;

	return t_host_daemon_pages(&pages, &reply);
}

static void host_learns_what_is_in_a_list_and_no_more(void **state)
{
	struct t_gpu *gpu = *state;
	struct dxghostd_reply all, some;
	struct t_buffer heap;
	void *memory;
	uint32_t list;

	need_bus();
	memory = alloc_scattered(SIZE);
	heap = t_create_heap(gpu, memory, SIZE);
	list = newest_list();
	assert_int_equal(ask(0, list, 0, PAGES, &all), 0);
	assert_int_equal(all.pages, PAGES);
	assert_int_equal(ask(0, list, 3, 2, &some), 0);
	assert_int_equal(some.pages, PAGES);
	assert_memory_equal(some.pfns, &all.pfns[3], 2 * sizeof(some.pfns[0]));
	assert_true(some.pfns[2] == 0);
	assert_int_equal(ask(0, list, PAGES, 0, &some), 0);
	/* beyond its end */
	assert_int_equal(ask(0, list, 0, PAGES + 1, &some), ERANGE);
	assert_int_equal(ask(0, list, PAGES, 1, &some), ERANGE);
	assert_int_equal(ask(0, list, PAGES + 1, 0, &some), ERANGE);
	assert_int_equal(ask(0, list, UINT32_MAX, 2, &some), ERANGE);
	assert_true(some.pfns[0] == 0);
	/* numbers that no list has, or one of another channel */
	assert_int_equal(ask(0, list + 1, 0, 1, &some), ENOENT);
	assert_int_equal(ask(0, 0, 0, 1, &some), ENOENT);
	assert_int_equal(ask(1, list, 0, 1, &some), ENOENT);
	assert_int_equal(ask(HVLOOP_CHANNELS, list, 0, 1, &some), EINVAL);
	/* the place for the answer */
	assert_int_equal(ask_with_bad_address(list, 1), EFAULT);
	assert_int_equal(ask_with_bad_address(list, HVLOOP_PFNS_MAX + 1), EINVAL);
	/* and after its end */
	t_destroy_heap(gpu, &heap);
	assert_int_equal(ask(0, list, 0, 1, &some), ENOENT);
	t_free_pages(memory, SIZE);
}

static void lose_pages(void *unused)
{
	void *memory = t_alloc_pages(SIZE);
	struct dxghostd_reply reply;
	struct t_buffer heap;
	struct t_gpu *gpu;

	(void)unused;
	t_setup_gpu((void **)&gpu);
	heap = t_create_heap(gpu, memory, SIZE);
	refuse_teardown("Y");
	t_destroy_heap(gpu, &heap);
	assert_int_equal(t_locked_pages(), PAGES);
	assert_int_equal(ask(0, newest_list(), 0, PAGES, &reply), 0);
	refuse_teardown("N");
	/* the next ones are not among them */
	heap = t_create_heap(gpu, memory, SIZE);
	expect_same_pages(gpu, &heap, 7000);
	assert_int_equal(t_locked_pages(), 2 * PAGES);
	t_destroy_heap(gpu, &heap);
	assert_int_equal(t_locked_pages(), PAGES);
	t_destroy_device(gpu->device);
	assert_int_equal(t_locked_pages(), PAGES);
}

/* Whoever has lost them, and is gone. */
static void pages_that_the_host_may_have_stay_pinned(void **state)
{
	unsigned int lists = buffer_lists();
	long pinned = pinned_pages();
	struct dxghostd_reply reply;

	(void)state;
	need_bus();
	lost_list = newest_list() + 1;
	t_run_child(lose_pages, NULL);
	expect_lists(lists + 1);
	expect_views(0);
	assert_int_equal(pinned_pages(), pinned + PAGES);
	assert_int_equal(ask(0, lost_list, 0, PAGES, &reply), 0);
}

static int accept_teardown(void **state)
{
	(void)state;
	if (!t_device_is_soft())
		refuse_teardown("N");
	return 0;
}

static void use_refusing_host(void)
{
	if (!t_device_is_soft()) {
		t_host_use_profile(REFUSING);
		return;
	}
	D3DKMTCloseDxCoreDevice();
	assert_status(dxg_set_device("soft:" REFUSING), STATUS_SUCCESS);
}

static void be_refused(void *unused)
{
	void *memory = t_alloc_pages(SIZE);
	unsigned int lists = buffer_lists();
	D3DKMT_HANDLE device, allocation;
	struct dxghostd_reply reply;
	long pinned = pinned_pages();
	LUID luid;

	(void)unused;
	use_refusing_host();
	device = t_create_device(t_open_adapter(&luid));
	assert_status(t_try_create_heap(device, memory, SIZE, false, &allocation),
		      STATUS_NOT_SUPPORTED);
	assert_int_equal(t_locked_pages(), 0);
	assert_int_equal(pinned_pages(), pinned);
	expect_lists(lists);
	expect_views(0);
	if (t_device_is_soft())
		return;
	/* it was one: and another host does not know those of the one before it */
	assert_int_equal(ask(0, newest_list(), 0, 1, &reply), ENOENT);
	assert_int_equal(ask(0, lost_list, 0, 1, &reply), ENOENT);
}

static void pages_go_back_when_the_host_refuses_the_list(void **state)
{
	(void)state;
	t_run_child(be_refused, NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		t_gpu_test(gpu_has_the_pages_of_the_program),
		t_gpu_test(list_is_as_long_as_it_has_to_be),
		t_gpu_test(heap_lies_between_other_pages),
		t_gpu_test(heap_to_be_read_is_read),
		t_gpu_test(lists_are_independent),
		cmocka_unit_test(lists_end_with_their_owner),
		cmocka_unit_test(lists_end_with_the_gpu),
		t_gpu_test(host_learns_what_is_in_a_list_and_no_more),
		cmocka_unit_test_teardown(
			pages_that_the_host_may_have_stay_pinned,
			accept_teardown),
		/* last: it leaves another host */
		cmocka_unit_test(pages_go_back_when_the_host_refuses_the_list),
	};

	if (!t_device_is_soft() && access(PARAMETERS "refuse_teardown", W_OK)) {
		puts("skipped: needs the bus of the virtual machine");
		return 77;
	}
	/* a list that the embedded device has kept is one */
	setenv("DXG_SOFT_PANIC_ON_WARN", "1", 1);
	t_host_use_profile(profile);
	return cmocka_run_group_tests_name("buffer-list", tests, NULL, NULL);
}
