/* SPDX-License-Identifier: MIT */
/*
 * What the driver keeps for a program is counted to the program's memory cgroup, so
 * that whoever has a limit cannot use up the kernel's memory by creating objects.
 */
#include "lib/t.h"

#include <fcntl.h>

#include <sys/stat.h>

#define GROUP	"/sys/fs/cgroup/test-memory-cgroup/"

/* Enough that nothing else of the program hides them; the least that one takes. */
#define COUNT	1024u
#define LEAST	64u

static void tell_group(const char *name, const char *text)
{
	int fd = open(name, O_WRONLY | O_CLOEXEC);

	if (fd < 0 || write(fd, text, strlen(text)) != (ssize_t)strlen(text))
		t_fail(name, __FILE__, __LINE__);
	close(fd);
}

/* A line of memory.stat, in bytes; false: there is none. */
static bool group_stat(const char *name, uint64_t *ret_bytes)
{
	FILE *file = fopen(GROUP "memory.stat", "re");
	size_t length = strlen(name);
	bool found = false;
	char line[128];

	if (!file)
		return false;
	while (!found && fgets(line, sizeof(line), file)) {
		found = !strncmp(line, name, length) && line[length] == ' ';
		if (found)
			*ret_bytes = strtoull(line + length, NULL, 10);
	}
	fclose(file);
	return found;
}

/* Of the kernel's objects. */
static uint64_t group_slab(void)
{
	uint64_t bytes = 0;

	assert_true(group_stat("slab", &bytes));
	return bytes;
}

struct work {
	D3DKMT_HANDLE adapter, device, hw_context;
	struct t_fence fence;
	int event;
};

static void create_device(struct work *work)
{
	t_create_device(work->adapter);
}

static void create_context(struct work *work)
{
	t_create_context(work->device, 0);
}

static void create_hw_queue(struct work *work)
{
	D3DKMT_CREATEHWQUEUE args = { .hHwContext = work->hw_context };

	assert_status(D3DKMTCreateHwQueue(&args), STATUS_SUCCESS);
}

static void create_paging_queue(struct work *work)
{
	struct t_paging_queue queue;

	t_create_paging_queue(work->device, &queue);
}

static void create_allocation(struct work *work)
{
	t_create_allocation(work->device, T_PAGE_SIZE, 0);
}

static void create_mutex(struct work *work)
{
	D3DKMT_CREATESYNCHRONIZATIONOBJECT2 args = {
		.hDevice = work->device,
		.Info.Type = D3DDDI_SYNCHRONIZATION_MUTEX,
	};

	assert_status(D3DKMTCreateSynchronizationObject2(&args), STATUS_SUCCESS);
}

static void wait_with_event(struct work *work)
{
	assert_status(t_wait_cpu_event(work->device, work->fence.handle, 1,
				       work->event), STATUS_SUCCESS);
}

static const struct kind {
	const char *name;
	void (*create)(struct work *work);
} kinds[] = {
	{ "device", create_device },
	{ "context", create_context },
	{ "hardware queue", create_hw_queue },
	{ "paging queue", create_paging_queue },
	{ "allocation", create_allocation },
	{ "mutex", create_mutex },
	{ "wait", wait_with_event },
};

#define KINDS	(sizeof(kinds) / sizeof(kinds[0]))

static D3DKMT_HANDLE create_hw_context(D3DKMT_HANDLE device)
{
	D3DKMT_CREATECONTEXTVIRTUAL args = {
		.hDevice = device,
		.Flags.HwQueueSupported = 1,
	};

	assert_status(D3DKMTCreateContextVirtual(&args), STATUS_SUCCESS);
	return args.hContext;
}

static void create_many(void *argument)
{
	const struct kind *kind = argument;
	struct work work;
	unsigned int i;
	LUID luid;

	tell_group(GROUP "cgroup.procs", "0");
	work.adapter = t_open_adapter(&luid);
	work.device = t_create_device(work.adapter);
	work.hw_context = create_hw_context(work.device);
	work.fence = t_create_fence(work.device, 0);
	work.event = t_create_event();
	for (i = 0; i < COUNT; i++)
		kind->create(&work);
	/* The kernel puts together what its processors have counted now and then. */
	assert_eventually(group_slab() >= COUNT * LEAST);
}

/*
 * Below one that counts memory, as tests/vm/init makes it. A new one has no past. Kernels
 * before 5.18 keep up to 128 KiB for each processor to themselves; they lack a line.
 */
static bool make_group(void)
{
	uint64_t bytes;

	rmdir(GROUP);
	if (mkdir(GROUP, 0755))
		return false;
	if (group_stat("kernel", &bytes))
		return true;
	rmdir(GROUP);
	return false;
}

static void objects_are_counted(void **state)
{
	assert_true(make_group());
	t_run_child(create_many, *state);
	assert_int_equal(rmdir(GROUP), 0);
}

int main(void)
{
	struct CMUnitTest tests[KINDS];
	unsigned int i;

	if (t_device_is_soft() || !make_group()) {
		puts("skipped: needs the kernel module, and memory cgroups");
		return 77;
	}
	rmdir(GROUP);
	for (i = 0; i < KINDS; i++)
		tests[i] = (struct CMUnitTest){
			.name = kinds[i].name,
			.test_func = objects_are_counted,
			.initial_state = (void *)&kinds[i],
		};
	return cmocka_run_group_tests_name("memory-cgroup", tests, NULL, NULL);
}
