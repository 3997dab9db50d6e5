/* SPDX-License-Identifier: MIT */
/* process: the host hears of it when it is first needed, once, and may refuse. */
#include "slice-test.h"

#include <linux/errno.h>

#include "fake-host.h"

#define THREADS		4
/* For threads to get where they wait. */
#define PAUSE_US	50000

static u32 created(const struct fake_host *host)
{
	return host->messages[DXGK_VMCMD_CREATEPROCESS];
}

static u32 destroyed(const struct fake_host *host)
{
	return host->messages[DXGK_VMCMD_DESTROYPROCESS];
}

static long open_adapter(struct fake_host *host)
{
	struct d3dkmt_openadapterfromluid args = {
		.adapter_luid = {
			.a = host->adapter->luid.low,
			.b = host->adapter->luid.high,
		},
	};

	return fake_ioctl(host, LX_DXOPENADAPTERFROMLUID, &args);
}

/* @count: in: entries, out: what the call says; 0 asks for that alone. */
static long enumerate(struct fake_host *host, u32 *count)
{
	struct d3dkmt_adapterinfo entries[4] = { 0 };
	struct d3dkmt_enumadapters3 args = {
		.adapter_count = *count,
		.adapters = (u64)(unsigned long)entries,
	};
	long ret = fake_ioctl(host, LX_DXENUMADAPTERS3, &args);

	*count = args.adapter_count;
	return ret;
}

static long ask_statistics(struct fake_host *host, u64 process)
{
	struct d3dkmt_querystatistics args = {
		.adapter_luid = {
			.a = host->adapter->luid.low,
			.b = host->adapter->luid.high,
		},
		.process = process,
	};

	return fake_ioctl(host, LX_DXQUERYSTATISTICS, &args);
}

static void open_and_close_tell_the_host_nothing(void **state)
{
	struct fake_host *host = *state;
	u32 before[ARRAY_SIZE(host->messages)];
	struct dxgk_file *second;

	memcpy(before, host->messages, sizeof(before));
	assert_int_equal(dxgk_file_open(host->global, &second), 0);
	dxgk_file_release(second);
	/* the last one, which ends the process */
	dxgk_file_release(host->file);
	assert_memory_equal(before, host->messages, sizeof(before));
	assert_int_equal(dxgk_file_open(host->global, &host->file), 0);
}

static void counting_adapters_tells_it_nothing(void **state)
{
	struct fake_host *host = *state;
	u32 count = 0;

	assert_int_equal(enumerate(host, &count), 0);
	assert_int_equal(count, 1);
	assert_int_equal(created(host), 0);
}

static void first_adapter_tells_it_and_the_last_close_ends_it(void **state)
{
	struct fake_host *host = *state;
	u32 count = 4;

	assert_int_equal(enumerate(host, &count), 0);
	assert_int_equal(count, 1);
	assert_int_equal(open_adapter(host), 0);
	assert_int_equal(created(host), 1);
	dxgk_file_release(host->file);
	assert_int_equal(destroyed(host), 1);
	/* it is another one then */
	assert_int_equal(dxgk_file_open(host->global, &host->file), 0);
	assert_int_equal(open_adapter(host), 0);
	assert_int_equal(created(host), 2);
}

/* In whose name it is asked is what the host goes by. */
static void statistics_tell_it_too(void **state)
{
	struct fake_host *host = *state;
	const struct dxgk_wire_querystatistics *seen = (const void *)host->seen;

	host->watched = DXGK_CMD_QUERYSTATISTICS;
	assert_int_equal(ask_statistics(host, (u64)getpid()), 0);
	assert_int_equal(created(host), 1);
	assert_int_not_equal(seen->hdr.process, 0);
}

/* One whose opener has got no further is not known to it: as if it were not. */
static void statistics_of_who_has_no_adapter_are_refused(void **state)
{
	struct fake_host *host = *state;
	struct dxgk_process *other;

	other = dxgk_process_alloc(host->global);
	assert_non_null(other);
	/* in place of the caller's, which asks by the number of both */
	list_replace(&host->file->process->node, &other->node);
	assert_int_equal(ask_statistics(host, (u64)getpid()), -EINVAL);
	assert_int_equal(host->messages[DXGK_CMD_QUERYSTATISTICS], 0);
	list_replace(&other->node, &host->file->process->node);
	dxgk_process_put(other);
}

/* Bytes of the first answer, or -errno of the transport. */
static int refusal_size;

static int refuse_once(struct fake_host *host, u32 command,
		       const void *request, void *reply, u32 room)
{
	(void)request;
	if (command != DXGK_VMCMD_CREATEPROCESS || created(host) > 1)
		return FAKE_USUAL;
	/* what would be a handle, if all of it were there */
	memset(reply, refusal_size == (int)room ? 0 : 0x11,
	       (size_t)max(refusal_size, 0));
	return refusal_size;
}

static void try_refused(struct fake_host *host, int size, int want)
{
	u32 count = 4;

	host->messages[DXGK_VMCMD_CREATEPROCESS] = 0;
	refusal_size = size;
	host->answer = refuse_once;
	/* not taken for too little room, which would tell a number */
	assert_int_equal(enumerate(host, &count), want);
	assert_int_equal(count, 4);
	assert_int_equal(created(host), 1);
	assert_int_equal(enumerate(host, &count), 0);
	assert_int_equal(count, 1);
	assert_int_equal(created(host), 2);
	dxgk_file_release(host->file);
	assert_int_equal(dxgk_file_open(host->global, &host->file), 0);
}

static void refusal_is_told_and_may_be_followed_by_another_try(void **state)
{
	struct fake_host *host = *state;

	try_refused(host, sizeof(u32), -ENOTRECOVERABLE);
	try_refused(host, sizeof(u32) - 1, -ENOTRECOVERABLE);
	try_refused(host, 0, -ENOTRECOVERABLE);
	try_refused(host, -ENODEV, -ENODEV);
	try_refused(host, -EINTR, -EINTR);
	assert_int_equal(destroyed(host), 5);
}

static void refused_process_is_not_destroyed(void **state)
{
	struct fake_host *host = *state;

	refusal_size = 0;
	host->answer = refuse_once;
	assert_int_equal(open_adapter(host), -ENOTRECOVERABLE);
	dxgk_file_release(host->file);
	assert_int_equal(destroyed(host), 0);
	assert_int_equal(dxgk_file_open(host->global, &host->file), 0);
}

static int answer_slowly(struct fake_host *host, u32 command,
			 const void *request, void *reply, u32 room)
{
	(void)host;
	(void)request;
	(void)reply;
	(void)room;
	if (command == DXGK_VMCMD_CREATEPROCESS)
		usleep(PAUSE_US);
	return FAKE_USUAL;
}

static void *open_in_thread(void *argument)
{
	return (void *)open_adapter(argument);
}

static void threads_that_come_together_tell_it_once(void **state)
{
	struct fake_host *host = *state;
	pthread_t threads[THREADS];
	int i;

	host->answer = answer_slowly;
	for (i = 0; i < THREADS; i++)
		threads[i] = t_start(open_in_thread, host);
	for (i = 0; i < THREADS; i++)
		assert_null(t_join(threads[i]));
	assert_int_equal(created(host), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		fake_test(open_and_close_tell_the_host_nothing),
		fake_test(counting_adapters_tells_it_nothing),
		fake_test(first_adapter_tells_it_and_the_last_close_ends_it),
		fake_test(statistics_tell_it_too),
		fake_test(statistics_of_who_has_no_adapter_are_refused),
		fake_test(refusal_is_told_and_may_be_followed_by_another_try),
		fake_test(refused_process_is_not_destroyed),
		fake_test(threads_that_come_together_tell_it_once),
	};

	return cmocka_run_group_tests_name("process-start", tests, NULL, NULL);
}
