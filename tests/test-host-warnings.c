/* SPDX-License-Identifier: MIT */
/* How often a host can have the kernel complain: GPUs that do not start, again and again. */
#include "lib/t.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include <dxghostd/control.h>

#include "../subprojects/dxgkrnl/wire.h"

#define GPUS		8
#define OFFERS		10
/* What the kernel lets through, and in which time; its two clocks may differ a bit. */
#define BURST		10
#define INTERVAL_US	4000000u

static const char broken_gpu[] = "[adapter]\n"
				 "local_memory = 16M\nnonlocal_memory = 8M\n";

static void write_profile(char *text, size_t size)
{
	size_t length = (size_t)snprintf(text, size,
					 "fail_command = %d 1+ 0xC0000001\n",
					 DXGK_CMD_OPENADAPTER);
	int i;

	for (i = 0; i < GPUS; i++)
		length += (size_t)snprintf(text + length, size - length, "%s",
					   broken_gpu);
	assert_true(length < size);
}

static int follow_log(void)
{
	int log = open("/dev/kmsg", O_RDONLY | O_CLOEXEC | O_NONBLOCK);

	assert_true(log >= 0);
	assert_true(lseek(log, 0, SEEK_END) >= 0);
	return log;
}

/* When the next warning was written, in us; false: there are no more. */
static bool next_warning(int log, unsigned long long *ret_us)
{
	char record[8192];
	ssize_t size;

	while ((size = read(log, record, sizeof(record) - 1)) >= 0) {
		record[size] = '\0';
		if (strstr(record, "virtual GPU does not start")) {
			assert_int_equal(sscanf(record, "%*u,%*u,%llu", ret_us),
					 1);
			return true;
		}
	}
	assert_int_equal(errno, EAGAIN);
	return false;
}

/* Each time that a channel is offered all that do not work are tried. */
static void offer_again(void)
{
	uint64_t before = t_host_messages(DXGK_CMD_OPENADAPTER);

	assert_int_equal(t_host_daemon_bus(DXGHOSTD_RESCIND), 0);
	assert_int_equal(t_host_daemon_bus(DXGHOSTD_OFFER), 0);
	assert_eventually(t_host_messages(DXGK_CMD_OPENADAPTER) >=
			  before + GPUS);
}

static void attempts_without_end_are_not_all_told(void **state)
{
	unsigned long long first = 0, last = 0;
	unsigned int warnings = 0;
	char profile[2048];
	int log, i;

	(void)state;
	write_profile(profile, sizeof(profile));
	log = follow_log();
	t_host_use_profile(profile);
	assert_eventually(t_host_messages(DXGK_CMD_OPENADAPTER) >= GPUS);
	for (i = 0; i < OFFERS; i++)
		offer_again();
	while (next_warning(log, &last)) {
		if (!warnings++)
			first = last;
	}
	close(log);
	print_message("%u warnings of %llu\n", warnings,
		      (unsigned long long)t_host_messages(DXGK_CMD_OPENADAPTER));
	/* but why it does not work is */
	assert_true(warnings > 0);
	assert_true(warnings <= BURST * ((last - first) / INTERVAL_US + 1));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		/* it leaves another host */
		cmocka_unit_test(attempts_without_end_are_not_all_told),
	};

	if (t_device_is_soft() || !t_host_if_any() || geteuid()) {
		puts("skipped: needs a node, the software host behind it, and "
		     "to be root");
		return 77;
	}
	return cmocka_run_group_tests_name("host-warnings", tests, NULL, NULL);
}
