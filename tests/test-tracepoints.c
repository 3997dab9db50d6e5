/* SPDX-License-Identifier: MIT */
/* What a kernel's tracepoints tell of calls, messages, fences, and virtual GPUs. */
#include "lib/t.h"

#include <errno.h>
#include <unistd.h>

#include <sys/stat.h>

#include <dxghostd/control.h>

#include "lib/t-text.h"
#include "lib/t-waiter.h"

/* Another buffer, so that nobody else's tracing is disturbed. */
#define TRACING		"/sys/kernel/tracing"
#define INSTANCE	TRACING "/instances/dxg-test"

/* Scripts rely on these: docs/dxgkrnl/events. */
static const struct {
	const char *name;
	const char *fields;
} events[] = {
	{ "dxgk_ioctl_enter", "u64 client;u32 request;u32 nr;" },
	{ "dxgk_ioctl_exit", "u64 client;s64 ret;u32 request;u32 nr;" },
	{ "dxgk_message_send",
	  "u64 luid;u32 command;u32 size;u8 global;u8 async;" },
	{ "dxgk_message_done", "u64 luid;u32 command;s32 ret;u32 status;" },
	{ "dxgk_message_late", "u64 luid;u32 command;u32 size;" },
	{ "dxgk_host_event", "u64 event;u8 known;" },
	{ "dxgk_wait_begin", "u64 client;u64 event;u32 count;u8 any;" },
	{ "dxgk_wait_end", "u64 client;u64 event;s32 ret;" },
	{ "dxgk_adapter_arrival", "u64 luid;u32 version;u8 compute_only;" },
	{ "dxgk_adapter_removal", "u64 luid;u8 lost;" },
};

static int start(void **state)
{
	if (mkdir(INSTANCE, 0700) && errno != EEXIST)
		return -1;
	t_write_text(INSTANCE "/trace", "");
	t_write_text(INSTANCE "/events/dxgkrnl/enable", "1");
	return t_setup_gpu(state);
}

static int stop(void **state)
{
	int left = t_teardown(state);

	t_write_text(INSTANCE "/events/dxgkrnl/enable", "0");
	return rmdir(INSTANCE) ? -1 : left;
}

#define trace_test(name) cmocka_unit_test_setup_teardown(name, start, stop)

static void clear(void)
{
	t_write_text(INSTANCE "/trace", "");
}

static char *read_trace(void)
{
	return t_read_text(INSTANCE "/trace");
}

/*
 * The text behind the name of the next event in @text that is called @name and has
 * @part in it, of any thread; NULL if there is none.
 */
static const char *find_event(const char *text, const char *name,
			      const char *part)
{
	static char found[512];
	char mark[64];
	const char *line;

	snprintf(mark, sizeof(mark), " %s: ", name);
	while ((line = strstr(text, mark))) {
		line += strlen(mark);
		snprintf(found, sizeof(found), "%.*s ",
			 (int)strcspn(line, "\n"), line);
		if (strstr(found, part))
			return found;
		text = line;
	}
	return NULL;
}

/* The number after "NAME=" in an event's text. */
static unsigned long long number(const char *text, const char *name)
{
	char mark[40];
	const char *place;

	assert_non_null(text);
	snprintf(mark, sizeof(mark), "%s=", name);
	place = strstr(text, mark);
	assert_non_null(place);
	return strtoull(place + strlen(mark), NULL, 0);
}

static unsigned int count_events(const char *text, const char *name)
{
	unsigned int count = 0;
	char mark[64];

	snprintf(mark, sizeof(mark), " %s: ", name);
	while ((text = strstr(text, mark))) {
		text += strlen(mark);
		count++;
	}
	return count;
}

/* "TYPE NAME;" of each field that is not common to all events. */
static void read_fields(const char *name, char *fields, size_t room)
{
	char path[200], type[40], field[40];
	char *text, *line, *rest;

	snprintf(path, sizeof(path), TRACING "/events/dxgkrnl/%s/format", name);
	text = t_read_text(path);
	fields[0] = '\0';
	for (line = strtok_r(text, "\n", &rest); line;
	     line = strtok_r(NULL, "\n", &rest)) {
		if (sscanf(line, " field:%39s %39[^;];", type, field) != 2 ||
		    !strncmp(field, "common_", 7) ||
		    strstr(line, " common_"))
			continue;
		snprintf(fields + strlen(fields), room - strlen(fields),
			 "%s %s;", type, field);
	}
	free(text);
}

static void fields_are_those_of_the_documentation(void **state)
{
	char fields[400];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(events) / sizeof(*events); i++) {
		read_fields(events[i].name, fields, sizeof(fields));
		assert_string_equal(fields, events[i].fields);
	}
}

static void call_is_told_when_it_begins_and_ends(void **state)
{
	struct t_gpu *gpu = *state;
	unsigned long long client;
	D3DKMT_HANDLE device;
	char *text;

	clear();
	device = t_create_device(gpu->adapter);
	text = read_trace();
	assert_int_equal(count_events(text, "dxgk_ioctl_enter"), 1);
	assert_int_equal(count_events(text, "dxgk_ioctl_exit"), 1);
	/* LX_DXCREATEDEVICE */
	client = number(find_event(text, "dxgk_ioctl_enter", " nr=0x02 "),
			"client");
	assert_int_not_equal(client, 0);
	assert_int_equal(number(find_event(text, "dxgk_ioctl_exit",
					   " nr=0x02 "), "client"), client);
	assert_non_null(find_event(text, "dxgk_ioctl_exit", " ret=0 "));
	free(text);
	t_destroy_device(device);
}

static void call_that_fails_tells_its_errno(void **state)
{
	D3DKMT_DESTROYDEVICE args = { .hDevice = T_UNKNOWN_HANDLE };
	char *text;

	(void)state;
	clear();
	assert_refused(D3DKMTDestroyDevice(&args));
	text = read_trace();
	assert_non_null(find_event(text, "dxgk_ioctl_exit", " ret=-22 "));
	/* the driver knows that by itself */
	assert_int_equal(count_events(text, "dxgk_message_send"), 0);
	free(text);
}

/* As in the events: the high part first. */
static unsigned long long luid_number(LUID luid)
{
	return (unsigned long long)(uint32_t)luid.HighPart << 32 | luid.LowPart;
}

static void message_is_told_when_it_is_sent_and_answered(void **state)
{
	struct t_gpu *gpu = *state;
	const char *event;
	D3DKMT_HANDLE device;
	char *text;

	clear();
	device = t_create_device(gpu->adapter);
	text = read_trace();
	assert_int_equal(count_events(text, "dxgk_message_send"), 1);
	event = find_event(text, "dxgk_message_send", "CREATEDEVICE");
	assert_int_equal(number(event, "luid"), luid_number(gpu->luid));
	assert_true(number(event, "size") >= 24);
	assert_int_equal(number(event, "async"), 0);
	event = find_event(text, "dxgk_message_done", "CREATEDEVICE");
	assert_int_equal(number(event, "luid"), luid_number(gpu->luid));
	/* the handle, at least */
	assert_true(number(event, "ret") >= 4);
	free(text);
	t_destroy_device(device);
}

static void message_that_the_host_refuses_tells_why(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_SETCONTEXTSCHEDULINGPRIORITY args = {
		.hContext = gpu->context,
		.Priority = 1000,
	};
	char *text;

	clear();
	assert_status(D3DKMTSetContextSchedulingPriority(&args),
		      STATUS_INVALID_PARAMETER);
	text = read_trace();
	assert_int_equal(number(find_event(text, "dxgk_message_done",
					   "SETCONTEXTSCHEDULINGPRIORITY"),
				"status"), 0xc000000d);
	free(text);
}

static bool somebody_waits(void)
{
	char *text = read_trace();
	bool is_so = find_event(text, "dxgk_wait_begin", "");

	free(text);
	return is_so;
}

static void wait_and_its_signal_have_one_number(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_fence fence = t_create_fence(gpu->device, 0);
	unsigned long long event;
	struct t_waiter waiter;
	char part[60];
	char *text;

	clear();
	t_waiter_start_for(&waiter, gpu->device, fence.handle, 5);
	assert_eventually(somebody_waits());
	assert_status(t_signal_cpu(gpu->device, fence.handle, 5), STATUS_SUCCESS);
	assert_status(t_waiter_join(&waiter), STATUS_SUCCESS);
	text = read_trace();
	event = number(find_event(text, "dxgk_wait_begin", " count=1 any=0 "),
		       "event");
	snprintf(part, sizeof(part), "event=%llu known=1 ", event);
	assert_non_null(find_event(text, "dxgk_host_event", part));
	snprintf(part, sizeof(part), " event=%llu ret=0 ", event);
	assert_non_null(find_event(text, "dxgk_wait_end", part));
	free(text);
	t_destroy_fence(&fence);
}

static void fence_that_is_signalled_is_not_waited_for(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_fence fence = t_create_fence(gpu->device, 7);
	char *text;

	clear();
	t_wait_fence(gpu->device, &fence, 7);
	text = read_trace();
	assert_int_equal(count_events(text, "dxgk_wait_begin"), 0);
	free(text);
	t_destroy_fence(&fence);
}

/* Whatever the fixture and its end have sent: all of it has a name. */
static void commands_have_names(void **state)
{
	static const char mark[] = " command=";
	struct t_gpu *other;
	const char *place;
	char *text;

	(void)state;
	clear();
	t_setup_gpu((void **)&other);
	assert_int_equal(t_teardown((void **)&other), 0);
	text = read_trace();
	assert_true(count_events(text, "dxgk_message_send") > 10);
	for (place = text; (place = strstr(place, mark)); place++) {
		assert_true(place[sizeof(mark) - 1] >= 'A');
		assert_true(place[sizeof(mark) - 1] <= 'Z');
	}
	free(text);
}

static void nothing_is_told_when_they_are_off(void **state)
{
	struct t_gpu *gpu = *state;
	char *text;

	t_write_text(INSTANCE "/events/dxgkrnl/enable", "0");
	clear();
	t_destroy_device(t_create_device(gpu->adapter));
	text = read_trace();
	assert_null(strstr(text, "dxgk_"));
	free(text);
}

/* @argument: what takes it away and what brings it back, and whether it was lost */
static void lose_the_gpu(void *argument)
{
	const uint32_t *questions = argument;
	struct t_gpu *gpu;
	const char *event;
	char part[20];
	char *text;

	t_setup_gpu((void **)&gpu);
	clear();
	assert_int_equal(t_host_daemon_bus(questions[0]), 0);
	assert_int_equal(t_host_daemon_bus(questions[1]), 0);
	assert_eventually(t_path_exists("/sys/class/dxg/dxg0"));
	text = read_trace();
	snprintf(part, sizeof(part), " lost=%u ", questions[2]);
	event = find_event(text, "dxgk_adapter_removal", part);
	assert_int_equal(number(event, "luid"), luid_number(gpu->luid));
	event = find_event(text, "dxgk_adapter_arrival", " compute_only=0 ");
	assert_int_equal(number(event, "luid"), luid_number(gpu->luid));
	assert_int_equal(number(event, "version"), 40);
	free(text);
}

static void gpu_that_comes_and_goes_is_told(void **state)
{
	static uint32_t unplug[] = { DXGHOSTD_UNPLUG, DXGHOSTD_PLUG, 0 };
	static uint32_t rescind[] = { DXGHOSTD_RESCIND, DXGHOSTD_OFFER, 1 };

	(void)state;
	t_run_child(lose_the_gpu, unplug);
	t_run_child(lose_the_gpu, rescind);
}

/* Only the events: the test has no GPU of its own, which would be lost. */
static int start_bare(void **state)
{
	int ret = start(state);

	return ret ? ret : t_teardown(state) ? -1 : t_setup_bare(state);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		trace_test(fields_are_those_of_the_documentation),
		trace_test(call_is_told_when_it_begins_and_ends),
		trace_test(call_that_fails_tells_its_errno),
		trace_test(message_is_told_when_it_is_sent_and_answered),
		trace_test(message_that_the_host_refuses_tells_why),
		trace_test(wait_and_its_signal_have_one_number),
		trace_test(fence_that_is_signalled_is_not_waited_for),
		trace_test(commands_have_names),
		trace_test(nothing_is_told_when_they_are_off),
		cmocka_unit_test_setup_teardown(gpu_that_comes_and_goes_is_told,
						start_bare, stop),
	};

	if (t_device_is_soft() || !t_host_if_any()) {
		puts("skipped: needs a node, and the software host behind it");
		return 77;
	}
	if (!t_path_exists(TRACING "/events/dxgkrnl")) {
		puts("skipped: the kernel has no tracefs, or it is not mounted");
		return 77;
	}
	return cmocka_run_group_tests_name("tracepoints", tests, NULL, NULL);
}
