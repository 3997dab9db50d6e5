/* SPDX-License-Identifier: MIT */
/* query-info: which of the caller's bytes reach the host, and come back. */
#include "slice-test.h"

#include <linux/errno.h>

#include "fake-host.h"

#define NODE_SIZE	78u

static u32 open_adapter(struct fake_host *host)
{
	struct d3dkmt_openadapterfromluid args = {
		.adapter_luid = {
			.a = host->adapter->luid.low,
			.b = host->adapter->luid.high,
		},
	};

	assert_int_equal(fake_ioctl(host, LX_DXOPENADAPTERFROMLUID, &args), 0);
	host->watched = DXGK_CMD_QUERYADAPTERINFO;
	return args.adapter_handle.v;
}

static long query(struct fake_host *host, u32 adapter, u32 type, void *data,
		  u32 size)
{
	struct d3dkmt_queryadapterinfo args = {
		.adapter.v = adapter,
		.type = type,
		.private_data = (u64)(unsigned long)data,
		.private_data_size = size,
	};

	return fake_ioctl(host, LX_DXQUERYADAPTERINFO, &args);
}

static const u8 *payload(const struct fake_host *host)
{
	return host->seen + sizeof(struct dxgk_wire_queryadapterinfo);
}

static bool all_are(const u8 *bytes, u32 count, u8 value)
{
	u32 i;

	for (i = 0; i < count; i++)
		if (bytes[i] != value)
			return false;
	return true;
}

/* The host leaves the payload as it is, so what was sent comes back. */
static int answer_echo(struct fake_host *host, u32 command, const void *request,
		       void *reply, u32 room)
{
	const struct dxgk_wire_queryadapterinfo *args = request;

	(void)host;
	if (command != DXGK_CMD_QUERYADAPTERINFO)
		return FAKE_USUAL;
	assert_int_equal(room, sizeof(s32) + args->private_data_size);
	memcpy((u8 *)reply + sizeof(s32), args + 1, args->private_data_size);
	return (int)room;
}

static void only_input_of_a_property_is_sent(void **state)
{
	struct fake_host *host = *state;
	u32 adapter = open_adapter(host);
	u8 data[NODE_SIZE];

	host->answer = answer_echo;
	memset(data, 0xa5, sizeof(data));
	assert_int_equal(query(host, adapter, DXG_QAI_NODEMETADATA, data,
			       NODE_SIZE), 0);
	assert_true(all_are(payload(host), 4, 0xa5));
	assert_true(all_are(payload(host) + 4, NODE_SIZE - 4, 0));
	assert_true(all_are(data, 4, 0xa5));
	assert_true(all_are(data + 4, NODE_SIZE - 4, 0));
}

/* So nothing of the first one's memory gets to the second. */
static void a_kept_answer_has_nothing_of_who_asked_first(void **state)
{
	struct fake_host *host = *state;
	u32 adapter = open_adapter(host);
	u8 first[24], second[24];

	host->answer = answer_echo;
	memset(first, 0x5e, sizeof(first));
	memset(second, 0xa5, sizeof(second));
	assert_int_equal(query(host, adapter, DXG_QAI_GETSEGMENTSIZE, first,
			       24), 0);
	assert_int_equal(query(host, adapter, DXG_QAI_GETSEGMENTSIZE, second,
			       24), 0);
	assert_int_equal(host->messages[DXGK_CMD_QUERYADAPTERINFO], 1);
	assert_true(all_are(second, sizeof(second), 0));
}

static void the_name_of_a_value_stays_here_when_a_path_is_asked_for(void **state)
{
	struct fake_host *host = *state;
	u32 adapter = open_adapter(host);
	u8 data[600];
	u32 i;

	host->answer = answer_echo;
	memset(data, 0x5e, sizeof(data));
	memset(data, 0, 8);
	data[0] = 2;	/* DRIVERSTOREPATH */
	for (i = 1; i <= 2; i++) {
		assert_int_equal(query(host, adapter, DXG_QAI_QUERYREGISTRY,
				       data, sizeof(data)), 0);
		/* The host says FAIL, as it was preset: that is not kept. */
		assert_int_equal(host->messages[DXGK_CMD_QUERYADAPTERINFO], i);
		assert_int_equal(data[540], 2);
	}
	assert_int_equal(payload(host)[0], 2);
	assert_true(all_are(payload(host) + 8, 520, 0));
	assert_true(all_are(payload(host) + 544, sizeof(data) - 544, 0));
}

/* Whatever is not a property goes through as it is. */
static void other_questions_are_sent_whole(void **state)
{
	struct fake_host *host = *state;
	u32 adapter = open_adapter(host);
	u8 data[100];

	host->answer = answer_echo;
	memset(data, 0x5e, sizeof(data));
	assert_int_equal(query(host, adapter, DXG_QAI_UMDRIVERPRIVATE, data,
			       sizeof(data)), 0);
	assert_true(all_are(payload(host), sizeof(data), 0x5e));
	assert_true(all_are(data, sizeof(data), 0x5e));
}

static int answer_refuse(struct fake_host *host, u32 command,
			 const void *request, void *reply, u32 room)
{
	(void)host;
	(void)request;
	(void)room;
	if (command != DXGK_CMD_QUERYADAPTERINFO)
		return FAKE_USUAL;
	return fake_refuse(reply, FAKE_NOT_SUPPORTED);
}

static void a_refusal_is_not_kept(void **state)
{
	struct fake_host *host = *state;
	u32 adapter = open_adapter(host);
	u8 data[16] = { 0 };

	host->answer = answer_refuse;
	assert_int_equal(query(host, adapter, DXG_QAI_ADAPTERGUID, data, 16),
			 -EPERM);
	host->answer = NULL;
	assert_int_equal(query(host, adapter, DXG_QAI_ADAPTERGUID, data, 16), 0);
	assert_int_equal(query(host, adapter, DXG_QAI_ADAPTERGUID, data, 16), 0);
	assert_int_equal(host->messages[DXGK_CMD_QUERYADAPTERINFO], 2);
}

static void nothing_is_answered_when_the_adapter_has_gone(void **state)
{
	struct fake_host *host = *state;
	u32 adapter = open_adapter(host);
	u8 data[16] = { 0 };

	assert_int_equal(query(host, adapter, DXG_QAI_ADAPTERGUID, data, 16), 0);
	fake_remove_adapter(host, false);
	assert_int_equal(query(host, adapter, DXG_QAI_ADAPTERGUID, data, 16),
			 -ENODEV);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		fake_test(only_input_of_a_property_is_sent),
		fake_test(a_kept_answer_has_nothing_of_who_asked_first),
		fake_test(the_name_of_a_value_stays_here_when_a_path_is_asked_for),
		fake_test(other_questions_are_sent_whole),
		fake_test(a_refusal_is_not_kept),
		fake_test(nothing_is_answered_when_the_adapter_has_gone),
	};

	return cmocka_run_group_tests_name("query-input", tests, NULL, NULL);
}
