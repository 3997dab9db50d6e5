/* SPDX-License-Identifier: MIT */
/* All methods from many threads, while an adapter goes and comes. */
#include "t-dxcore.h"

#include <pthread.h>
#include <stdatomic.h>
#include <sys/wait.h>
#include <unistd.h>

#include <dxg/dxg.h>

#include "../lib/t.h"

#define THREADS	4
#define ROUNDS	300

#ifdef __has_feature
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define HAS_FOREIGN_ALLOCATOR true
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define HAS_FOREIGN_ALLOCATOR true
#endif
#ifndef HAS_FOREIGN_ALLOCATOR
#define HAS_FOREIGN_ALLOCATOR false
#endif

static atomic_bool is_over;
static atomic_uint calls;
static atomic_uint disturbances;

static void count(DXCoreNotificationType type, IUnknown *object, void *context)
{
	(void)type;
	(void)object;
	(void)context;
	atomic_fetch_add(&calls, 1);
}

/* S_OK, or that the adapter has gone: cmocka's assertions are the main thread's. */
static void require(bool condition)
{
	if (!condition)
		abort();
}

static bool is_expected(HRESULT result)
{
	return result == S_OK || result == DXGI_ERROR_DEVICE_REMOVED;
}

static void use_adapter(IDXCoreAdapter1 *adapter)
{
	DXCoreAdapterMemoryBudgetNodeSegmentGroup group = { 0 };
	DXCoreAdapterMemoryBudget budget;
	char description[256];
	LUID luid;

	require(t_call(adapter, GetProperty, DXCoreAdapterProperty_DriverDescription,
		       sizeof(description), description) == S_OK);
	require(!strncmp(description, "DXG Software", 12));
	require(t_call(adapter, GetProperty, DXCoreAdapterProperty_InstanceLuid, sizeof(luid),
		       &luid) == S_OK);
	require(is_expected(t_call(adapter, QueryState, DXCoreAdapterState_AdapterMemoryBudget,
				   sizeof(group), &group, sizeof(budget), &budget)));
	t_ask(adapter, IsValid);
}

static void use_list(IDXCoreAdapterFactory1 *factory, IDXCoreAdapterList *list)
{
	static const DXCoreAdapterPreference fast = DXCoreAdapterPreference_HighPerformance;
	uint32_t cookie, i;

	require(t_call(list, Sort, 1, &fast) == S_OK);
	require(t_call(factory, RegisterEventNotification, (IUnknown *)(void *)list,
		       DXCoreNotificationType_AdapterListStale, count, NULL, &cookie) == S_OK);
	for (i = 0; i < t_ask(list, GetAdapterCount); i++) {
		void *adapter = NULL;
		HRESULT result = t_call(list, GetAdapter, i, &IID_IDXCoreAdapter1, &adapter);

		require(is_expected(result));
		if (!adapter)
			continue;
		use_adapter(adapter);
		t_release(adapter);
	}
	t_ask(list, IsStale);
	require(t_call(factory, UnregisterEventNotification, cookie) == S_OK);
}

/* The factory, too, is made and ended again and again. */
static void *use_all(void *unused)
{
	const GUID *compute = &DXCORE_ADAPTER_ATTRIBUTE_D3D12_CORE_COMPUTE;
	int round;

	(void)unused;
	for (round = 0; round < ROUNDS; round++) {
		void *factory = NULL, *list = NULL;

		require(DXCoreCreateAdapterFactory(&IID_IDXCoreAdapterFactory1, &factory) == S_OK);
		require(t_call((IDXCoreAdapterFactory1 *)factory, CreateAdapterList, 1, compute,
			       &IID_IDXCoreAdapterList, &list) == S_OK);
		t_release(round & 1 ? factory : list);
		if (!(round & 1)) {
			t_release(factory);
			continue;
		}
		use_list(factory, list);
		t_release(list);
	}
	return NULL;
}

static void *remove_and_return(void *unused)
{
	const struct t_soft *soft = unused;

	while (!atomic_load(&is_over)) {
		require(!soft->remove_adapter(0));
		t_sleep_ms(2);
		require(!soft->return_adapter(0));
		t_sleep_ms(2);
		atomic_fetch_add(&disturbances, 1);
	}
	return NULL;
}

/* A child has every lock to itself, whatever a thread of the parent was doing. */
static void *fork_all_the_time(void *unused)
{
	(void)unused;
	while (!atomic_load(&is_over)) {
		pid_t child = fork();
		int status;

		if (!child) {
			void *factory = NULL;

			alarm(60);
			_exit(DXCoreCreateAdapterFactory(&IID_IUnknown, &factory) != S_OK);
		}
		require(child > 0 && waitpid(child, &status, 0) == child && !status);
		atomic_fetch_add(&disturbances, 1);
	}
	return NULL;
}

static void with_another(void *(*other)(void *), void *argument)
{
	pthread_t threads[THREADS], disturber;
	int i;

	D3DKMTCloseDxCoreDevice();
	assert_status(dxg_set_device(getenv("DXG_DEVICE")), STATUS_SUCCESS);
	/* The device stays open, or the machine would be another each time. */
	t_release(t_factory());
	atomic_store(&is_over, false);
	atomic_store(&disturbances, 0);
	assert_int_equal(pthread_create(&disturber, NULL, other, argument), 0);
	for (i = 0; i < THREADS; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, use_all, NULL), 0);
	for (i = 0; i < THREADS; i++)
		assert_int_equal(pthread_join(threads[i], NULL), 0);
	atomic_store(&is_over, true);
	assert_int_equal(pthread_join(disturber, NULL), 0);
	assert_true(atomic_load(&disturbances) > 0);
	t_assert_all_released();
}

static void an_adapter_may_go_and_come_in_the_middle(void **state)
{
	(void)state;
	with_another(remove_and_return, (void *)t_soft_or_skip());
}

/*
 * The child asks for memory. Where a sanitizer has an allocator of its own, its locks
 * are not those that the C library takes before a fork: the child may find one held.
 */
static void a_fork_may_come_in_the_middle(void **state)
{
	(void)state;
	if (HAS_FOREIGN_ALLOCATOR)
		skip();
	with_another(fork_all_the_time, NULL);
}

/* One object, given to and taken back from all threads. */
static void *get_and_put(void *object)
{
	IUnknown *unknown = object;
	int i;

	for (i = 0; i < 20000; i++) {
		void *found = NULL;

		require(t_call(unknown, QueryInterface, &IID_IUnknown, &found) == S_OK);
		t_release(found);
	}
	return NULL;
}

static void references_are_counted_right(void **state)
{
	IDXCoreAdapterFactory1 *factory;
	IDXCoreAdapter1 *adapter;
	pthread_t threads[THREADS];
	int i;

	(void)state;
	D3DKMTCloseDxCoreDevice();
	assert_status(dxg_set_device("soft"), STATUS_SUCCESS);
	factory = t_factory();
	adapter = t_first_adapter(factory);
	for (i = 0; i < THREADS; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, get_and_put, adapter), 0);
	for (i = 0; i < THREADS; i++)
		assert_int_equal(pthread_join(threads[i], NULL), 0);
	assert_int_equal(t_release(adapter), 0);
	assert_int_equal(t_release(factory), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_adapter_may_go_and_come_in_the_middle),
		cmocka_unit_test(a_fork_may_come_in_the_middle),
		cmocka_unit_test(references_are_counted_right),
	};

	return cmocka_run_group_tests_name("dxcore-threads", tests, NULL, NULL);
}
