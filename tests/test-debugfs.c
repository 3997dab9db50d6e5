/* SPDX-License-Identifier: MIT */
/* What a kernel's debugfs tells of adapters, processes, and messages. */
#include "lib/t.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <sys/prctl.h>
#include <sys/stat.h>

#include <dxghostd/control.h>

#include "lib/t-text.h"

#define FOLDER	"/sys/kernel/debug/dxgkrnl"

/* Commands of messages, as in dxghost. */
#define CREATE_DEVICE	0u

static const char profile[] = "[adapter]\n"
			      "local_memory = 256M\nnonlocal_memory = 128M\n";

/* The line of a table that begins with @name, without that; NULL: none. */
static char *find_row(const char *file, const char *name)
{
	char path[100], word[80];
	char *text, *line, *rest, *found = NULL;
	int length;

	snprintf(path, sizeof(path), FOLDER "/%s", file);
	text = t_read_text(path);
	for (line = strtok_r(text, "\n", &rest); line && !found;
	     line = strtok_r(NULL, "\n", &rest))
		if (sscanf(line, " %79s%n", word, &length) == 1 &&
		    !strcmp(word, name))
			found = strdup(line + length);
	free(text);
	return found;
}

struct messages {
	unsigned long sync, async, failed, sent, received;
};

static struct messages messages(const char *command)
{
	struct messages messages = { 0 };
	char *row = find_row("messages", command);

	if (!row)
		return messages;
	assert_int_equal(sscanf(row, "%lu %lu %lu %lu %lu", &messages.sync,
				&messages.async, &messages.failed,
				&messages.sent, &messages.received), 5);
	free(row);
	return messages;
}

struct objects {
	unsigned int pid, files;
	unsigned long adapters, devices, contexts, hwqueues, paging_queues,
		allocations, resources, syncs;
	char name[40];
};

/* False: the process is not there. */
static bool read_objects(pid_t pid, struct objects *ret_objects)
{
	char *text = t_read_text(FOLDER "/processes");
	struct objects got;
	char *line, *rest;
	bool found = false;

	for (line = strtok_r(text, "\n", &rest); line && !found;
	     line = strtok_r(NULL, "\n", &rest)) {
		memset(&got, 0, sizeof(got));
		if (sscanf(line,
			   "%*u %u %u %lu %lu %lu %lu %lu %lu %lu %lu %39[^\n]",
			   &got.pid, &got.files, &got.adapters, &got.devices,
			   &got.contexts, &got.hwqueues, &got.paging_queues,
			   &got.allocations, &got.resources, &got.syncs,
			   got.name) < 10)
			continue;
		found = got.pid == (unsigned int)pid;
		if (found)
			*ret_objects = got;
	}
	free(text);
	return found;
}

static struct objects own_objects(void)
{
	struct objects objects;

	assert_true(read_objects(getpid(), &objects));
	return objects;
}

static void only_root_may_look(void **state)
{
	static const char *const names[] = { "adapters", "processes",
					     "messages" };
	struct stat file;
	char path[100];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(names) / sizeof(*names); i++) {
		snprintf(path, sizeof(path), FOLDER "/%s", names[i]);
		assert_int_equal(stat(path, &file), 0);
		assert_int_equal(file.st_mode & 07777, 0400);
		assert_int_equal(file.st_uid, 0);
	}
}

static void adapters_are_listed(void **state)
{
	const struct t_gpu *gpu = *state;
	char luid[20];
	char *row;

	snprintf(luid, sizeof(luid), "%08x:%08x",
		 (unsigned int)gpu->luid.HighPart,
		 (unsigned int)gpu->luid.LowPart);
	row = find_row("adapters", luid);
	assert_non_null(row);
	assert_non_null(strstr(row, " active "));
	assert_non_null(strstr(row, " render "));
	assert_non_null(strstr(row, "DXG Software GPU"));
	free(row);
}

static void objects_are_counted_by_kind(void **state)
{
	const struct t_gpu *gpu = *state;
	struct objects before = own_objects(), now;
	D3DKMT_HANDLE device = t_create_device(gpu->adapter);
	D3DKMT_HANDLE context = t_create_context(device, 0);
	struct t_fence fence = t_create_fence(device, 0);
	struct t_paging_queue queue;

	t_create_paging_queue(device, &queue);
	t_create_allocation(device, 0x1000, 0);
	t_create_allocation(device, 0x1000, 0);
	now = own_objects();
	assert_int_equal(now.devices, before.devices + 1);
	assert_int_equal(now.contexts, before.contexts + 1);
	assert_int_equal(now.allocations, before.allocations + 2);
	assert_int_equal(now.paging_queues, before.paging_queues + 1);
	/* the queue has one as well */
	assert_int_equal(now.syncs, before.syncs + 2);
	assert_int_equal(now.files, before.files);
	t_destroy_paging_queue(&queue);
	t_destroy_fence(&fence);
	t_destroy_context(context);
	t_destroy_device(device);
	now = own_objects();
	assert_memory_equal(&now, &before, sizeof(now));
}

static void open_and_die(void *argument)
{
	const int *pipes = argument;
	struct t_gpu *gpu;

	/* it ends with the test, also if that fails */
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	/* its name stays on its line */
	prctl(PR_SET_NAME, "two\nlines");
	t_setup_gpu((void **)&gpu);
	assert_int_equal(write(pipes[1], "", 1), 1);
	pause();
}

static void process_is_listed_until_it_ends(void **state)
{
	struct objects objects;
	int pipes[2];
	char byte;
	pid_t child;

	(void)state;
	assert_int_equal(pipe(pipes), 0);
	child = t_start_child(open_and_die, pipes);
	assert_int_equal(read(pipes[0], &byte, 1), 1);
	assert_true(read_objects(child, &objects));
	assert_string_equal(objects.name, "two\\nlines");
	assert_int_equal(objects.devices, 1);
	t_kill_child(child);
	assert_false(read_objects(child, &objects));
	close(pipes[0]);
	close(pipes[1]);
}

static void messages_are_counted(void **state)
{
	const struct t_gpu *gpu = *state;
	const struct t_host *host = t_host_or_skip();
	struct messages before = messages("CREATEDEVICE"), now;
	struct dxg_soft_message_stats stats;
	int i;

	host->message_stats_reset();
	for (i = 0; i < 3; i++)
		t_destroy_device(t_create_device(gpu->adapter));
	now = messages("CREATEDEVICE");
	assert_int_equal(now.sync, before.sync + 3);
	assert_int_equal(now.async, before.async);
	assert_int_equal(now.failed, before.failed);
	/* as many as have come there, and as large */
	assert_int_equal(host->message_stats(DXG_SOFT_CHANNEL_VGPU,
					     CREATE_DEVICE, &stats), 0);
	assert_int_equal(stats.messages, 3);
	assert_int_equal(now.sent - before.sent, stats.bytes_to_host);
	/* packets of the bus are padded */
	assert_int_equal(now.received - before.received,
			 3 * ((stats.bytes_to_guest / 3 + 7) & ~7ull));
}

static void work_goes_one_way(void **state)
{
	struct t_gpu *gpu = *state;
	struct messages before = messages("SUBMITCOMMAND"), now;
	struct t_commands commands = t_commands(gpu);

	t_submit_and_wait(&commands);
	now = messages("SUBMITCOMMAND");
	assert_int_equal(now.async, before.async + 1);
	assert_int_equal(now.sync, before.sync);
	assert_int_equal(now.received, before.received);
}

/* Nor one that the host has chosen: all numbers here are small ones. */
static void nothing_here_is_an_address_or_a_handle(void **state)
{
	static const char *const names[] = { "adapters", "processes",
					     "messages" };
	const struct t_gpu *gpu = *state;
	char path[100], handles[4][16];
	char *text;
	size_t i;

	snprintf(handles[0], sizeof(handles[0]), "%x", gpu->device);
	snprintf(handles[1], sizeof(handles[1]), "%u", gpu->device);
	snprintf(handles[2], sizeof(handles[2]), "%x", gpu->context);
	snprintf(handles[3], sizeof(handles[3]), "%u", gpu->context);
	for (i = 0; i < sizeof(names) / sizeof(*names); i++) {
		snprintf(path, sizeof(path), FOLDER "/%s", names[i]);
		text = t_read_text(path);
		assert_null(strstr(text, "ffff"));
		assert_null(strstr(text, "0x"));
		assert_null(strstr(text, handles[0]));
		assert_null(strstr(text, handles[1]));
		assert_null(strstr(text, handles[2]));
		assert_null(strstr(text, handles[3]));
		free(text);
	}
}

static void *read_without_end(void *argument)
{
	static const char *const paths[] = { FOLDER "/adapters",
					     FOLDER "/processes",
					     FOLDER "/messages" };
	const bool *is_over = argument;
	char text[4096];
	unsigned int i;
	int fd;

	for (i = 0; !__atomic_load_n(is_over, __ATOMIC_RELAXED); i++) {
		fd = open(paths[i % 3], O_RDONLY | O_CLOEXEC);
		if (fd < 0)
			continue;
		while (read(fd, text, sizeof(text)) > 0)
			;
		close(fd);
	}
	return NULL;
}

static void lose_the_host(void *argument)
{
	int fd = open(FOLDER "/processes", O_RDONLY | O_CLOEXEC);
	bool is_over = false;
	pthread_t reader;
	char byte;
	int i;

	(void)argument;
	assert_true(fd >= 0);
	reader = t_start_thread(read_without_end, &is_over);
	for (i = 0; i < 5; i++) {
		assert_int_equal(t_host_daemon_bus(DXGHOSTD_UNPLUG), 0);
		assert_int_equal(t_host_daemon_bus(DXGHOSTD_PLUG), 0);
	}
	t_host_use_profile(profile);
	__atomic_store_n(&is_over, true, __ATOMIC_RELAXED);
	t_join_thread(reader);
	/* it was of the host that has gone */
	assert_int_equal(read(fd, &byte, 1), -1);
	assert_int_equal(errno, EIO);
	close(fd);
	/* and the new one begins to count anew */
	assert_true(messages("OPENADAPTER").sync == 1);
}

static void who_reads_does_not_hold_the_host(void **state)
{
	(void)state;
	t_run_child(lose_the_host, NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		t_gpu_test(only_root_may_look),
		t_gpu_test(adapters_are_listed),
		t_gpu_test(objects_are_counted_by_kind),
		t_bare_test(process_is_listed_until_it_ends),
		t_gpu_test(messages_are_counted),
		t_gpu_test(work_goes_one_way),
		t_gpu_test(nothing_here_is_an_address_or_a_handle),
		/* last: it leaves another host */
		cmocka_unit_test(who_reads_does_not_hold_the_host),
	};

	if (t_device_is_soft() || !t_host_if_any()) {
		puts("skipped: needs a node, and the software host behind it");
		return 77;
	}
	if (!t_path_exists(FOLDER)) {
		puts("skipped: the kernel has no debugfs, or it is not mounted");
		return 77;
	}
	return cmocka_run_group_tests_name("debugfs", tests, NULL, NULL);
}
