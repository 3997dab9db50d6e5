/* SPDX-License-Identifier: MIT */
/* adapter: enumerating, opening and closing. W001..W007. */
#include "lib/t.h"

#define CAPACITY 64

static unsigned int enumerate(D3DKMT_ADAPTERINFO *adapters)
{
	D3DKMT_ENUMADAPTERS2 args = {
		.NumAdapters = CAPACITY,
		.pAdapters = adapters,
	};

	assert_status(D3DKMTEnumAdapters2(&args), STATUS_SUCCESS);
	assert_true(args.NumAdapters <= CAPACITY);
	return args.NumAdapters;
}

static unsigned int enumerate_all(D3DKMT_ADAPTERINFO *adapters)
{
	D3DKMT_ENUMADAPTERS3 args = {
		.Filter = { .IncludeComputeOnly = 1, .IncludeDisplayOnly = 1 },
		.NumAdapters = CAPACITY,
		.pAdapters = adapters,
	};

	assert_status(D3DKMTEnumAdapters3(&args), STATUS_SUCCESS);
	assert_true(args.NumAdapters <= CAPACITY);
	return args.NumAdapters;
}

static void close_all(const D3DKMT_ADAPTERINFO *adapters, unsigned int count)
{
	while (count--)
		t_close_adapter(adapters[count].hAdapter);
}

static bool same_luid(LUID a, LUID b)
{
	return a.LowPart == b.LowPart && a.HighPart == b.HighPart;
}

static bool is_known(D3DKMT_HANDLE adapter)
{
	D3DKMT_ADAPTERTYPE type = { 0 };

	return t_query_adapter(adapter, KMTQAITYPE_ADAPTERTYPE, &type,
			       sizeof(type)) == STATUS_SUCCESS;
}

/* W001; the guest's driver is given the NULL and answers EFAULT. */
static void enumerate_with_null_arguments_fails(void **state)
{
	(void)state;
	assert_status(D3DKMTEnumAdapters2(NULL), STATUS_UNSUCCESSFUL);
	assert_status(D3DKMTEnumAdapters3(NULL), STATUS_UNSUCCESSFUL);
}

/* W002; in the guest the number of adapters there are now. */
static void enumerate_without_an_array_tells_the_number(void **state)
{
	D3DKMT_ADAPTERINFO adapters[CAPACITY];
	D3DKMT_ENUMADAPTERS2 args2 = { .NumAdapters = 12345 };
	D3DKMT_ENUMADAPTERS3 args3 = { .NumAdapters = 12345 };
	unsigned int count;

	(void)state;
	assert_status(D3DKMTEnumAdapters2(&args2), STATUS_SUCCESS);
	assert_status(D3DKMTEnumAdapters3(&args3), STATUS_SUCCESS);
	count = enumerate_all(adapters);
	assert_int_equal(args2.NumAdapters, count);
	assert_int_equal(args3.NumAdapters, count);
	close_all(adapters, count);
}

/* W003, W006 */
static void an_array_of_the_number_told_is_filled(void **state)
{
	D3DKMT_ADAPTERINFO adapters[CAPACITY];
	D3DKMT_ENUMADAPTERS2 args = { 0 };
	unsigned int room, i;

	(void)state;
	assert_status(D3DKMTEnumAdapters2(&args), STATUS_SUCCESS);
	room = args.NumAdapters;
	assert_true(room < CAPACITY);
	memset(adapters, 0xa5, sizeof(adapters));
	args.pAdapters = adapters;
	assert_status(D3DKMTEnumAdapters2(&args), STATUS_SUCCESS);
	assert_true(args.NumAdapters <= room);
	if (!args.NumAdapters)
		skip(); /* a machine of compute-only adapters */
	for (i = 0; i < args.NumAdapters; i++) {
		assert_local_handle(adapters[i].hAdapter);
		assert_true(adapters[i].AdapterLuid.LowPart ||
			    adapters[i].AdapterLuid.HighPart);
		assert_true(is_known(adapters[i].hAdapter));
	}
	assert_int_equal(adapters[i].hAdapter, 0xa5a5a5a5);
	close_all(adapters, args.NumAdapters);
}

/* Shows 0x14 */
static void enumerated_adapters_have_handles_and_luids(void **state)
{
	D3DKMT_ADAPTERINFO adapters[CAPACITY];
	unsigned int count, i, j;

	(void)state;
	count = enumerate_all(adapters);
	assert_true(count > 0);
	for (i = 0; i < count; i++) {
		assert_local_handle(adapters[i].hAdapter);
		assert_true(adapters[i].AdapterLuid.LowPart ||
			    adapters[i].AdapterLuid.HighPart);
		assert_int_equal(adapters[i].NumOfSources, 0);
		assert_int_equal(adapters[i].bPrecisePresentRegionsPreferred, 0);
		for (j = 0; j < i; j++) {
			assert_int_not_equal(adapters[i].hAdapter,
					     adapters[j].hAdapter);
			assert_false(same_luid(adapters[i].AdapterLuid,
					       adapters[j].AdapterLuid));
		}
	}
	close_all(adapters, count);
}

static void adapters_keep_their_luids(void **state)
{
	D3DKMT_ADAPTERINFO first[CAPACITY], second[CAPACITY];
	unsigned int count, i;

	(void)state;
	count = enumerate_all(first);
	assert_int_equal(enumerate_all(second), count);
	for (i = 0; i < count; i++) {
		assert_true(same_luid(first[i].AdapterLuid,
				      second[i].AdapterLuid));
		assert_int_not_equal(first[i].hAdapter, second[i].hAdapter);
	}
	close_all(first, count);
	close_all(second, count);
}

/* W004 */
static void enumerate_into_too_small_an_array_fails(void **state)
{
	D3DKMT_ADAPTERINFO adapters[1];
	D3DKMT_ENUMADAPTERS2 args = { .NumAdapters = 0, .pAdapters = adapters };

	(void)state;
	memset(adapters, 0xa5, sizeof(adapters));
	assert_status(D3DKMTEnumAdapters2(&args), STATUS_BUFFER_TOO_SMALL);
	assert_int_equal(adapters[0].hAdapter, 0xa5a5a5a5);
}

/* With the newer call this is a query in the guest: nothing is opened. */
static void enumerate3_with_count_0_tells_the_number(void **state)
{
	D3DKMT_ADAPTERINFO adapters[CAPACITY];
	D3DKMT_ENUMADAPTERS3 args = { .NumAdapters = 0, .pAdapters = adapters };
	unsigned int count;

	(void)state;
	memset(adapters, 0xa5, sizeof(adapters));
	assert_status(D3DKMTEnumAdapters3(&args), STATUS_SUCCESS);
	assert_int_equal(adapters[0].hAdapter, 0xa5a5a5a5);
	count = enumerate_all(adapters);
	assert_int_equal(args.NumAdapters, count);
	close_all(adapters, count);
}

static void enumerate_with_too_large_a_count_fails(void **state)
{
	D3DKMT_ADAPTERINFO adapters[1];
	D3DKMT_ENUMADAPTERS2 args2 = { .NumAdapters = 65, .pAdapters = adapters };
	D3DKMT_ENUMADAPTERS3 args3 = { .NumAdapters = 65536, .pAdapters = adapters };

	(void)state;
	assert_status(D3DKMTEnumAdapters2(&args2), STATUS_INVALID_PARAMETER);
	assert_status(D3DKMTEnumAdapters3(&args3), STATUS_INVALID_PARAMETER);
}

/* The second enumeration finds as many handles as the first: none is lost. */
static void enumerate_into_unwritable_memory_opens_nothing(void **state)
{
	D3DKMT_ENUMADAPTERS2 args2 = {
		.NumAdapters = CAPACITY,
		.pAdapters = t_no_access_page(),
	};
	D3DKMT_ENUMADAPTERS3 args3 = {
		.Filter = { .IncludeComputeOnly = 1 },
		.NumAdapters = CAPACITY,
		.pAdapters = t_read_only_page(),
	};
	D3DKMT_ADAPTERINFO adapters[CAPACITY];
	D3DKMT_HANDLE before, after;
	unsigned int count;

	(void)state;
	count = enumerate(adapters);
	if (!count)
		skip();
	before = adapters[0].hAdapter;
	close_all(adapters, count);
	assert_status(D3DKMTEnumAdapters2(&args2), STATUS_UNSUCCESSFUL);
	assert_status(D3DKMTEnumAdapters3(&args3), STATUS_UNSUCCESSFUL);
	count = enumerate(adapters);
	after = adapters[0].hAdapter;
	close_all(adapters, count);
	assert_false(is_known(before));
	assert_false(is_known(after));
}

/* W005: EFAULT in the guest, as for all direct calls. */
static void close_with_null_arguments_fails(void **state)
{
	(void)state;
	assert_status(D3DKMTCloseAdapter(NULL), STATUS_UNSUCCESSFUL);
}

/* Shows 0x15 */
static void a_closed_adapter_is_unknown(void **state)
{
	D3DKMT_ADAPTERINFO adapters[CAPACITY];
	D3DKMT_CLOSEADAPTER args;
	unsigned int count;

	(void)state;
	count = enumerate_all(adapters);
	close_all(adapters, count);
	assert_false(is_known(adapters[0].hAdapter));
	args.hAdapter = adapters[0].hAdapter;
	assert_status(D3DKMTCloseAdapter(&args), STATUS_INVALID_PARAMETER);
}

/* Shows 0x01. W007 */
static void open_adapter_with_its_luid_gives_another_handle(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_HANDLE second = t_open_adapter_by_luid(gpu->luid);

	assert_local_handle(second);
	assert_int_not_equal(second, gpu->adapter);
	assert_true(is_known(second));
	t_close_adapter(second);
	assert_false(is_known(second));
	assert_true(is_known(gpu->adapter));
}

static void open_adapter_with_unknown_luid_fails(void **state)
{
	D3DKMT_OPENADAPTERFROMLUID args = {
		.AdapterLuid = { .LowPart = 0xdeadbeef, .HighPart = 0x1234567 },
		.hAdapter = 0xa5a5a5a5,
	};

	(void)state;
	assert_status(D3DKMTOpenAdapterFromLuid(&args), STATUS_INVALID_PARAMETER);
	assert_int_equal(args.hAdapter, 0xa5a5a5a5);
}

static void devices_outlive_one_of_two_adapter_handles(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_HANDLE second = t_open_adapter_by_luid(gpu->luid);
	D3DKMT_HANDLE device = t_create_device(second);

	t_close_adapter(second);
	assert_int_equal(t_execution_state(device), D3DKMT_DEVICEEXECUTION_ACTIVE);
	t_destroy_device(device);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		t_bare_test(enumerate_with_null_arguments_fails),
		t_bare_test(enumerate_without_an_array_tells_the_number),
		t_bare_test(an_array_of_the_number_told_is_filled),
		t_bare_test(enumerated_adapters_have_handles_and_luids),
		t_bare_test(adapters_keep_their_luids),
		t_bare_test(enumerate_into_too_small_an_array_fails),
		t_bare_test(enumerate3_with_count_0_tells_the_number),
		t_bare_test(enumerate_with_too_large_a_count_fails),
		t_bare_test(enumerate_into_unwritable_memory_opens_nothing),
		t_bare_test(close_with_null_arguments_fails),
		t_bare_test(a_closed_adapter_is_unknown),
		t_device_test(open_adapter_with_its_luid_gives_another_handle),
		t_bare_test(open_adapter_with_unknown_luid_fails),
		t_device_test(devices_outlive_one_of_two_adapter_handles),
	};

	return cmocka_run_group_tests_name("adapter", tests, NULL, NULL);
}
