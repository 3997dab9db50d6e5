/* SPDX-License-Identifier: MIT */
/* engine-time: what the host's account of engines becomes, and how it is asked. */
#include "slice-test.h"

#include <unistd.h>

#include <linux/errno.h>
#include <linux/jiffies.h>
#include <linux/limits.h>
#include <linux/slab.h>

#include "engine-time.h"
#include "fake-host.h"

#define TYPE_OTHER	0u
#define TYPE_3D		1u
#define TYPE_DECODE	2u
#define TYPE_COPY	6u
#define TYPE_UNKNOWN	77u

#define NONE		UINT64_MAX
/* Between two looks; also what a slow host takes. */
#define PAUSE_US	5000

/* What the host says. */
static struct {
	u32 count;
	u32 types[4];
	u64 running[4];		/* NONE: it refuses to tell */
	bool no_types;
	bool is_slow;
	u32 short_by;
} gpu;

static int answer_statistics(const struct dxgk_wire_querystatistics *request,
			     struct dxgk_wire_querystatistics_reply *reply)
{
	u32 node = request->args.query_input;
	const u64 nonsense = 999999;

	if (request->args.type == DXG_QUERYSTATISTICS_ADAPTER) {
		memcpy(reply->result + 4, &gpu.count, sizeof(gpu.count));
		return (int)(sizeof(*reply) - gpu.short_by);
	}
	assert_int_equal(request->args.type, DXG_QUERYSTATISTICS_PROCESS_NODE);
	assert_true(request->hdr.process != 0);
	if (node >= ARRAY_SIZE(gpu.running))
		return fake_refuse(reply, FAKE_INVALID_PARAMETER);
	if (gpu.running[node] == NONE) {
		fake_refuse(reply, FAKE_INVALID_PARAMETER);
		memcpy(reply->result, &nonsense, sizeof(nonsense));
		return sizeof(*reply);
	}
	memcpy(reply->result, &gpu.running[node], sizeof(u64));
	return (int)(sizeof(*reply) - gpu.short_by);
}

static int answer(struct fake_host *host, u32 command, const void *request,
		  void *reply, u32 room)
{
	const struct dxgk_wire_queryadapterinfo *query = request;
	u8 *payload = (u8 *)reply + sizeof(s32);
	u32 node;

	(void)host;
	if (gpu.is_slow)
		usleep(PAUSE_US);
	if (command == DXGK_CMD_QUERYSTATISTICS)
		return answer_statistics(request, reply);
	if (command != DXGK_CMD_QUERYADAPTERINFO)
		return FAKE_USUAL;
	memcpy(&node, query + 1, sizeof(node));
	assert_int_equal(room, sizeof(s32) + 78);
	if (node >= ARRAY_SIZE(gpu.types))
		return fake_refuse(reply, FAKE_NOT_SUPPORTED);
	if (gpu.no_types)
		fake_refuse(reply, FAKE_NOT_SUPPORTED);
	memcpy(payload, &node, sizeof(node));
	memcpy(payload + 4, &gpu.types[node], sizeof(u32));
	return (int)room;
}

static u32 asked(const struct fake_host *host)
{
	return host->messages[DXGK_CMD_QUERYSTATISTICS] +
	       host->messages[DXGK_CMD_QUERYADAPTERINFO];
}

static void refresh(struct fake_host *host)
{
	dxgk_engine_times_refresh(host->file->process);
}

/* Until the host has been asked anew, and has told all. */
static void refresh_anew(struct fake_host *host)
{
	u32 before = asked(host);

	while (asked(host) == before || host->open) {
		usleep(PAUSE_US);
		if (asked(host) == before)
			refresh(host);
	}
}

static bool read_engine(struct fake_host *host, u32 index,
			struct dxgk_engine_time *ret_time)
{
	return dxgk_engine_time_read(host->file->process, host->adapter, index,
				     ret_time);
}

static void expect(struct fake_host *host, u32 index, const char *name, u64 ns)
{
	struct dxgk_engine_time time;

	assert_true(read_engine(host, index, &time));
	assert_string_equal(time.name, name);
	assert_int_equal(time.ns, ns);
}

static void expect_none(struct fake_host *host, u32 first)
{
	struct dxgk_engine_time time;
	u32 i;

	for (i = first; i <= DXGK_ENGINES_MAX; i++)
		assert_false(read_engine(host, i, &time));
}

static int setup(void **state)
{
	struct fake_host *host;
	int ret = fake_setup(state);

	host = *state;
	memset(&gpu, 0, sizeof(gpu));
	gpu.count = 3;
	gpu.types[0] = TYPE_3D;
	gpu.types[1] = TYPE_OTHER;
	gpu.types[2] = TYPE_COPY;
	gpu.running[0] = 70;
	gpu.running[2] = 5;
	host->answer = answer;
	return ret;
}

static void each_engine_has_a_name_and_a_time(void **state)
{
	struct fake_host *host = *state;

	fake_create_device(host);
	refresh_anew(host);
	expect(host, 0, "3d", 7000);
	expect(host, 1, "node-1", 0);
	expect(host, 2, "copy", 500);
	expect_none(host, 3);
}

/* Of a process's first read, some time: another one is no slower than the host. */
static void who_reads_waits_for_an_answer(void **state)
{
	struct fake_host *host = *state;
	struct dxgk_engine_time time;
	bool is_known = false;
	u32 i;

	gpu.is_slow = true;
	for (i = 0; i < 100 && !is_known; i++) {
		dxgk_file_release(host->file);
		while (host->open)
			usleep(PAUSE_US);
		assert_int_equal(dxgk_file_open(host->global, &host->file), 0);
		fake_create_device(host);
		refresh(host);
		is_known = read_engine(host, 2, &time);
	}
	assert_true(is_known);
}

static void engines_of_a_kind_are_numbered(void **state)
{
	struct fake_host *host = *state;

	gpu.count = 4;
	gpu.types[1] = TYPE_COPY;
	gpu.types[2] = TYPE_DECODE;
	gpu.types[3] = TYPE_COPY;
	fake_create_device(host);
	refresh_anew(host);
	expect(host, 0, "3d", 7000);
	expect(host, 1, "copy-0", 0);
	expect(host, 2, "video-decode", 500);
	expect(host, 3, "copy-1", 0);
}

static void types_that_are_not_told_or_not_known_have_numbers(void **state)
{
	struct fake_host *host = *state;

	gpu.no_types = true;
	fake_create_device(host);
	refresh_anew(host);
	expect(host, 0, "node-0", 7000);
	expect(host, 2, "node-2", 500);
	/* a name stays, whatever the host says later */
	gpu.no_types = false;
	refresh_anew(host);
	expect(host, 0, "node-0", 7000);
}

static void a_type_of_tomorrow_has_a_number(void **state)
{
	struct fake_host *host = *state;

	gpu.types[0] = TYPE_UNKNOWN;
	gpu.types[2] = UINT32_MAX;
	fake_create_device(host);
	refresh_anew(host);
	expect(host, 0, "node-0", 7000);
	expect(host, 2, "node-2", 500);
}

static void times_grow_and_never_fall(void **state)
{
	struct fake_host *host = *state;

	fake_create_device(host);
	refresh_anew(host);
	gpu.running[0] = 71;
	gpu.running[2] = 4;
	refresh_anew(host);
	expect(host, 0, "3d", 7100);
	expect(host, 2, "copy", 500);
	gpu.running[2] = 6;
	refresh_anew(host);
	expect(host, 2, "copy", 600);
}

/* No process has run for so long: it cannot be told in nanoseconds. */
static void a_time_without_end_is_none(void **state)
{
	struct fake_host *host = *state;

	gpu.running[1] = UINT64_MAX - 1;
	gpu.running[2] = UINT64_MAX / 100 + 1;
	fake_create_device(host);
	refresh_anew(host);
	expect(host, 0, "3d", 7000);
	assert_false(read_engine(host, 1, &(struct dxgk_engine_time){ 0 }));
	assert_false(read_engine(host, 2, &(struct dxgk_engine_time){ 0 }));
	gpu.running[0] = UINT64_MAX - 1;
	refresh_anew(host);
	expect(host, 0, "3d", 7000);
}

static void an_engine_that_is_not_told_is_left_out(void **state)
{
	struct fake_host *host = *state;

	gpu.running[1] = NONE;
	fake_create_device(host);
	refresh_anew(host);
	expect(host, 0, "3d", 7000);
	assert_false(read_engine(host, 1, &(struct dxgk_engine_time){ 0 }));
	expect(host, 2, "copy", 500);
	/* what was known stays */
	gpu.running[0] = NONE;
	refresh_anew(host);
	expect(host, 0, "3d", 7000);
}

static void short_answers_are_none(void **state)
{
	struct fake_host *host = *state;

	gpu.short_by = 1;
	fake_create_device(host);
	refresh_anew(host);
	expect_none(host, 0);
	gpu.short_by = 0;
	refresh_anew(host);
	expect(host, 0, "3d", 7000);
	gpu.short_by = 1;
	gpu.running[0] = 80;
	refresh_anew(host);
	expect(host, 0, "3d", 7000);
}

static void there_are_no_more_engines_than_there_is_room_for(void **state)
{
	struct fake_host *host = *state;
	u32 before;

	gpu.count = UINT32_MAX;
	fake_create_device(host);
	refresh_anew(host);
	assert_int_equal(asked(host), 1 + 2 * DXGK_ENGINES_MAX);
	expect(host, 0, "3d", 7000);
	expect(host, 3, "node-3", 0);
	expect_none(host, 4);
	/* and those that it does not tell are asked for once a round */
	before = asked(host);
	refresh_anew(host);
	assert_int_equal(asked(host), before + DXGK_ENGINES_MAX);
}

static void who_has_no_device_is_not_asked_about(void **state)
{
	struct fake_host *host = *state;
	struct d3dkmt_destroydevice args;

	refresh(host);
	assert_int_equal(asked(host), 0);
	args.device.v = fake_create_device(host);
	assert_int_equal(fake_ioctl(host, LX_DXDESTROYDEVICE, &args), 0);
	refresh(host);
	assert_int_equal(asked(host), 0);
}

/* A round each time that the last one is old, however often it is read. */
static void an_answer_does_for_a_while(void **state)
{
	struct fake_host *host = *state;
	unsigned long begin = jiffies, rounds;
	u32 i, first;

	fake_create_device(host);
	refresh_anew(host);
	first = asked(host);
	for (i = 0; i < 1000; i++)
		refresh(host);
	rounds = (asked(host) - first) / gpu.count;
	assert_true(rounds <= (jiffies - begin) / (HZ / 10));
}

static void types_are_asked_once_for_an_adapter(void **state)
{
	struct fake_host *host = *state;
	u8 data[78] = { 2 };
	u32 device = fake_create_device(host);
	struct d3dkmt_openadapterfromluid open = {
		.adapter_luid = {
			.a = host->adapter->luid.low,
			.b = host->adapter->luid.high,
		},
	};
	struct d3dkmt_queryadapterinfo args = {
		.type = DXG_QAI_NODEMETADATA,
		.private_data = (u64)(unsigned long)data,
		.private_data_size = sizeof(data),
	};

	(void)device;
	assert_int_equal(fake_ioctl(host, LX_DXOPENADAPTERFROMLUID, &open), 0);
	args.adapter = open.adapter_handle;
	assert_int_equal(fake_ioctl(host, LX_DXQUERYADAPTERINFO, &args), 0);
	refresh_anew(host);
	expect(host, 2, "copy", 500);
	assert_int_equal(host->messages[DXGK_CMD_QUERYADAPTERINFO], 3);
	/* the other way round as well */
	data[0] = 0;
	assert_int_equal(fake_ioctl(host, LX_DXQUERYADAPTERINFO, &args), 0);
	assert_int_equal(host->messages[DXGK_CMD_QUERYADAPTERINFO], 3);
	assert_int_equal(data[4], TYPE_3D);
}

/* fake_ask() sees to it that there is one question at a time. */
static void a_silent_host_is_asked_once(void **state)
{
	struct fake_host *host = *state;
	u32 i;

	fake_create_device(host);
	host->silent = true;
	for (i = 0; i < 1000 || !host->held; i++)
		refresh(host);
	expect_none(host, 0);
	usleep(2 * 100000);
	refresh(host);
	assert_int_equal(asked(host), 0);
	/* it is back; nobody has to begin again */
	host->silent = false;
	fake_answer_held(host);
	refresh_anew(host);
	expect(host, 0, "3d", 7000);
}

static void what_was_known_is_there_while_the_host_is_silent(void **state)
{
	struct fake_host *host = *state;

	fake_create_device(host);
	refresh_anew(host);
	host->silent = true;
	gpu.running[0] = 90;
	do {
		usleep(PAUSE_US);
		refresh(host);
	} while (!host->held);
	expect(host, 0, "3d", 7000);
	host->silent = false;
	fake_answer_held(host);
	refresh_anew(host);
	expect(host, 0, "3d", 9000);
}

static void a_full_channel_is_tried_again_later(void **state)
{
	struct fake_host *host = *state;

	fake_create_device(host);
	host->ask_error = -EBUSY;
	refresh(host);
	expect_none(host, 0);
	host->ask_error = 0;
	refresh_anew(host);
	expect(host, 0, "3d", 7000);
}

/* In the middle of a round: what follows waits for the next. */
static void a_channel_that_fills_up_keeps_what_is_known(void **state)
{
	struct fake_host *host = *state;

	fake_create_device(host);
	refresh_anew(host);
	host->silent = true;
	gpu.running[0] = 90;
	gpu.running[2] = 91;
	do {
		usleep(PAUSE_US);
		refresh(host);
	} while (!host->held);
	host->ask_error = -EBUSY;
	fake_answer_held(host);
	expect(host, 0, "3d", 9000);
	expect(host, 2, "copy", 500);
	host->ask_error = 0;
	host->silent = false;
	refresh_anew(host);
	expect(host, 2, "copy", 9100);
}

/* Wherever it is missing: what had to wait for it is asked the next time. */
static void want_of_memory_is_overcome(void **state)
{
	struct fake_host *host = *state;
	bool has_failed = true;
	u64 nth;

	for (nth = 1; has_failed; nth++) {
		dxgk_file_release(host->file);
		assert_int_equal(dxgk_file_open(host->global, &host->file), 0);
		fake_create_device(host);
		dxgk_user_fail_allocation(nth);
		refresh(host);
		while (host->open)
			usleep(PAUSE_US);
		has_failed = !dxgk_user_fail_allocation(0);
		refresh_anew(host);
		expect(host, 0, "3d", 7000);
		expect(host, 2, "copy", 500);
	}
	assert_true(nth > 4);
}

static void begin_to_ask(struct fake_host *host)
{
	fake_create_device(host);
	host->silent = true;
	refresh(host);
	assert_non_null(host->held);
}

static void an_adapter_may_go_while_it_is_asked(void **state)
{
	struct fake_host *host = *state;

	begin_to_ask(host);
	fake_remove_adapter(host, true);
	fake_lose_held(host);
	refresh(host);
	assert_null(host->held);
}

static void an_adapter_that_has_gone_is_forgotten(void **state)
{
	struct fake_host *host = *state;
	const struct list_head *known = &host->file->process->engine_times;

	fake_create_device(host);
	refresh_anew(host);
	assert_false(list_empty(known));
	fake_remove_adapter(host, true);
	refresh(host);
	assert_true(list_empty(known));
}

/* Its answer comes over another channel, which stays. */
static void an_answer_about_an_adapter_that_has_gone_ends_it(void **state)
{
	struct fake_host *host = *state;

	begin_to_ask(host);
	fake_remove_adapter(host, false);
	fake_answer_held(host);
	assert_null(host->held);
	assert_int_equal(asked(host), 1);
}

/* Nothing more is asked in its name, which may be another's by then. */
static void a_process_may_end_while_it_is_asked_about(void **state)
{
	struct fake_host *host = *state;

	begin_to_ask(host);
	dxgk_file_release(host->file);
	fake_answer_held(host);
	assert_null(host->held);
	assert_int_equal(asked(host), 1);
	assert_int_equal(dxgk_file_open(host->global, &host->file), 0);
}

/* The transport drops the question when all else has gone. */
static void a_question_may_outlive_everything(void **state)
{
	begin_to_ask(*state);
}

static void each_adapter_has_engines_of_its_own(void **state)
{
	struct fake_host *host = *state;
	struct dxgk_adapter *other;
	struct dxgk_engine_time time;

	other = dxgk_adapter_add(host->global, false, NULL);
	fake_create_device(host);
	refresh_anew(host);
	expect(host, 0, "3d", 7000);
	assert_false(dxgk_engine_time_read(host->file->process, other, 0,
					   &time));
	dxgk_adapter_remove(other, true);
}

#define engine_test(name) \
	cmocka_unit_test_setup_teardown(name, setup, fake_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		engine_test(each_engine_has_a_name_and_a_time),
		engine_test(who_reads_waits_for_an_answer),
		engine_test(engines_of_a_kind_are_numbered),
		engine_test(types_that_are_not_told_or_not_known_have_numbers),
		engine_test(a_type_of_tomorrow_has_a_number),
		engine_test(times_grow_and_never_fall),
		engine_test(a_time_without_end_is_none),
		engine_test(an_engine_that_is_not_told_is_left_out),
		engine_test(short_answers_are_none),
		engine_test(there_are_no_more_engines_than_there_is_room_for),
		engine_test(who_has_no_device_is_not_asked_about),
		engine_test(an_answer_does_for_a_while),
		engine_test(types_are_asked_once_for_an_adapter),
		engine_test(a_silent_host_is_asked_once),
		engine_test(what_was_known_is_there_while_the_host_is_silent),
		engine_test(a_full_channel_is_tried_again_later),
		engine_test(a_channel_that_fills_up_keeps_what_is_known),
		engine_test(want_of_memory_is_overcome),
		engine_test(an_adapter_may_go_while_it_is_asked),
		engine_test(an_adapter_that_has_gone_is_forgotten),
		engine_test(an_answer_about_an_adapter_that_has_gone_ends_it),
		engine_test(a_process_may_end_while_it_is_asked_about),
		engine_test(a_question_may_outlive_everything),
		engine_test(each_adapter_has_engines_of_its_own),
	};

	return cmocka_run_group_tests_name("engine-time", tests, NULL, NULL);
}
