/* SPDX-License-Identifier: MIT */
/* fdinfo of a GPU whose host is silent, or lies about its engines. */
#include "fdinfo.h"
#include "lib/t-freeze.h"

#include <poll.h>

#include <dxghostd/control.h>

#include "../subprojects/dxgkrnl/wire.h"

#define MESSAGES "/sys/kernel/debug/dxgkrnl/messages"
/* More than what a reader waits, so that each could ask anew. */
#define PAUSE_MS 150

static uint64_t lie_as(const struct dxghostd_lie *how)
{
	uint64_t told = 0;

	assert_int_equal(t_host_daemon_lie(how, &told), 0);
	return told;
}

static void lie(uint32_t kind, uint64_t value)
{
	lie_as(&(struct dxghostd_lie){
		.kind = kind,
		.command = DXGK_CMD_QUERYSTATISTICS,
		.value = value,
	});
}

static uint64_t be_honest(void)
{
	return lie_as(&(struct dxghostd_lie){ .kind = DXGHOSTD_HONEST });
}

static unsigned int engines_now(void)
{
	char *text = fdinfo_own();
	unsigned int count = fdinfo_count_engines(text);

	/* what the driver knows by itself is there, whatever the host does */
	assert_non_null(t_text_value(text, "drm-total-gpu"));
	free(text);
	return count;
}

/* a host that is silent */

/* Questions that nobody waits for; 0 where it cannot be seen. */
static unsigned long questions(void)
{
	unsigned long sync, async = 0;
	char *text, *row;

	if (!t_path_exists(MESSAGES))
		return 0;
	text = t_read_text(MESSAGES);
	row = strstr(text, "QUERYSTATISTICS");
	if (row)
		assert_int_equal(sscanf(row, "%*s %lu %lu", &sync, &async), 2);
	free(text);
	return async;
}

struct reader {
	int ready[2];
	int go[2];
	bool has_read;		/* before the host fell silent */
};

static void tell(const struct reader *reader)
{
	assert_int_equal(write(reader->ready[1], "x", 1), 1);
}

static void wait_to_go(const struct reader *reader)
{
	char byte;

	assert_int_equal(read(reader->go[0], &byte, 1), 1);
}

static void read_meanwhile(void *argument)
{
	const struct reader *reader = argument;
	struct t_gpu *gpu;
	int i;

	t_setup_gpu((void **)&gpu);
	if (reader->has_read)
		assert_eventually(engines_now() == 3);
	tell(reader);
	wait_to_go(reader);
	for (i = 0; i < 5; i++) {
		assert_int_equal(engines_now(), reader->has_read ? 3 : 0);
		t_sleep_ms(PAUSE_MS);
	}
	tell(reader);
	wait_to_go(reader);
	/* it is back, and tells what it was asked */
	assert_eventually(engines_now() == 3);
}

static bool hear(const struct reader *reader)
{
	struct pollfd ready = { .fd = reader->ready[0], .events = POLLIN };
	char byte;

	return poll(&ready, 1, T_TIMEOUT_MS) == 1 &&
	       read(reader->ready[0], &byte, 1) == 1;
}

static void let_go(const struct reader *reader)
{
	assert_int_equal(write(reader->go[1], "x", 1), 1);
}

static void read_while_the_host_is_silent(bool has_read)
{
	struct reader reader = { .has_read = has_read };
	unsigned long before, asked;
	bool is_through;
	pid_t child;

	assert_int_equal(pipe(reader.ready), 0);
	assert_int_equal(pipe(reader.go), 0);
	child = t_start_child(read_meanwhile, &reader);
	assert_true(hear(&reader));
	/* no way out from here to where it goes on */
	t_freeze_host();
	/* a round that is under way gets no further than to its next question */
	before = questions();
	let_go(&reader);
	is_through = hear(&reader);
	asked = questions() - before;
	t_thaw_host();
	assert_true(is_through);
	assert_true(asked <= 1);
	let_go(&reader);
	t_expect_child_ok(child);
	close(reader.ready[0]);
	close(reader.ready[1]);
	close(reader.go[0]);
	close(reader.go[1]);
}

void silent_host_keeps_no_reader(void **state)
{
	(void)state;
	read_while_the_host_is_silent(false);
}

void silent_host_keeps_what_is_known(void **state)
{
	(void)state;
	read_while_the_host_is_silent(true);
}

/* a host that lies */

static void be_told_of_too_many(void *unused)
{
	const struct dxghostd_lie how = {
		.kind = DXGHOSTD_SET,
		.command = DXGK_CMD_QUERYSTATISTICS,
		/* the number of nodes is what is asked first */
		.count = 1,
		.offset = offsetof(struct dxgk_wire_querystatistics_reply,
				   result) + 4,
		.width = sizeof(uint32_t),
		.value = UINT32_MAX,
	};
	struct t_gpu *gpu;
	char *text;

	(void)unused;
	t_setup_gpu((void **)&gpu);
	lie_as(&how);
	assert_eventually(engines_now() == 3);
	assert_int_equal(be_honest(), 1);
	text = fdinfo_own();
	fdinfo_engine(text, "3d");
	fdinfo_engine(text, "node-1");
	fdinfo_engine(text, "copy");
	free(text);
}

void engines_that_there_are_not_are_left_out(void **state)
{
	(void)state;
	t_run_child(be_told_of_too_many, NULL);
}

static void be_told_too_little(void *unused)
{
	static const unsigned int sizes[] = { 0, 3, 4, 12, 16, 776 };
	struct t_gpu *gpu;
	uint64_t told;
	size_t i;

	(void)unused;
	t_setup_gpu((void **)&gpu);
	for (i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		lie(DXGHOSTD_SHORT, sizes[i]);
		assert_eventually((assert_int_equal(engines_now(), 0),
				   t_host_daemon_told(&told), told > 0));
	}
	be_honest();
	assert_eventually(engines_now() == 3);
}

void short_answers_are_no_times(void **state)
{
	(void)state;
	t_run_child(be_told_too_little, NULL);
}

static void be_told_nothing(void *argument)
{
	bool unplug = argument;
	struct t_gpu *gpu;
	uint64_t told;
	char *text;
	int fd;

	t_setup_gpu((void **)&gpu);
	fd = fdinfo_descriptor();
	lie(DXGHOSTD_NEVER, 0);
	assert_eventually((assert_int_equal(engines_now(), 0),
			   t_host_daemon_told(&told), told > 0));
	be_honest();
	assert_int_equal(engines_now(), 0);
	if (!unplug)
		return;
	assert_int_equal(t_host_daemon_bus(DXGHOSTD_UNPLUG), 0);
	text = fdinfo_read(fd);
	assert_null(t_text_value(text, "drm-pdev"));
	assert_int_equal(fdinfo_count_engines(text), 0);
	free(text);
	assert_int_equal(t_host_daemon_bus(DXGHOSTD_PLUG), 0);
	assert_eventually(t_path_exists("/sys/class/dxg/dxg0"));
}

static void be_told_all(void *unused)
{
	struct t_gpu *gpu;

	(void)unused;
	t_setup_gpu((void **)&gpu);
	assert_eventually(engines_now() == 3);
}

/* Neither the process, which can end, nor the GPU, which can go. */
void lost_answer_holds_up_nothing(void **state)
{
	static bool unplug = true;

	(void)state;
	t_run_child(be_told_nothing, NULL);
	t_run_child(be_told_nothing, &unplug);
	t_run_child(be_told_all, NULL);
}

static void be_told_late(void *unused)
{
	struct t_gpu *gpu;

	(void)unused;
	t_setup_gpu((void **)&gpu);
	lie(DXGHOSTD_LATE, 2 * PAUSE_MS);
	assert_eventually(engines_now() == 3);
	be_honest();
}

void late_answer_is_there_the_next_time(void **state)
{
	(void)state;
	t_run_child(be_told_late, NULL);
}
