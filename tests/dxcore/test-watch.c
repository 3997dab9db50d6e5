/* SPDX-License-Identifier: MIT */
/* Changes that the software host does not make, and who is told of them. */
#include "t-dxcore.h"

#include <stdatomic.h>
#include <time.h>

#include "fake-driver.h"

#define TIMEOUT_MS	60000
#define INTERVAL_MS	1000

static atomic_uint calls;

static void count(DXCoreNotificationType type, IUnknown *object, void *context)
{
	(void)type;
	(void)object;
	(void)context;
	atomic_fetch_add(&calls, 1);
}

static void sleep_ms(long ms)
{
	struct timespec time = { ms / 1000, ms % 1000 * 1000000 };

	nanosleep(&time, NULL);
}

static void wait_for_calls(unsigned int expected)
{
	int ms;

	for (ms = 0; ms < TIMEOUT_MS && atomic_load(&calls) < expected; ms++)
		sleep_ms(1);
	assert_int_equal(atomic_load(&calls), expected);
}

/* Registers, changes something with @change twice, and is told each time. */
static void check_changes(DXCoreNotificationType type, void (*change)(struct fake_adapter *))
{
	struct fake_adapter *fake = &fake_driver.adapters[0];
	IDXCoreAdapterFactory1 *factory;
	IDXCoreAdapter1 *adapter;
	uint32_t cookie;

	memset(&fake_driver, 0, sizeof(fake_driver));
	atomic_store(&calls, 0);
	fake_driver.count = 1;
	fake->luid.LowPart = 1;
	fake->type.RenderSupported = 1;
	fake->physical_count = 2;
	factory = t_factory();
	adapter = t_first_adapter(factory);
	assert_result(t_call(factory, RegisterEventNotification, (IUnknown *)(void *)adapter,
			     type, count, NULL, &cookie), S_OK);
	wait_for_calls(1);
	change(fake);
	wait_for_calls(2);
	change(fake);
	wait_for_calls(3);
	sleep_ms(2 * INTERVAL_MS + 100);
	assert_int_equal(atomic_load(&calls), 3);
	assert_result(t_call(factory, UnregisterEventNotification, cookie), S_OK);
	/* Nobody looks any more. */
	change(fake);
	sleep_ms(INTERVAL_MS + 100);
	assert_int_equal(atomic_load(&calls), 3);
	t_release(adapter);
	assert_int_equal(t_release(factory), 0);
	assert_int_equal(atomic_load(&fake_driver.open_handles), 0);
}

static void change_budget(struct fake_adapter *fake)
{
	atomic_fetch_add(&fake->budget, 1 << 20);
}

static void change_teardowns(struct fake_adapter *fake)
{
	atomic_fetch_add(&fake->teardowns, 1);
}

static void each_change_of_the_budget_is_told(void **state)
{
	(void)state;
	check_changes(DXCoreNotificationType_AdapterBudgetChange, change_budget);
}

static void each_teardown_is_told(void **state)
{
	(void)state;
	check_changes(DXCoreNotificationType_AdapterHardwareContentProtectionTeardown,
		      change_teardowns);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_change_of_the_budget_is_told),
		cmocka_unit_test(each_teardown_is_told),
	};

	return cmocka_run_group_tests_name("dxcore-watch", tests, NULL, NULL);
}
