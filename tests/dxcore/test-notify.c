/* SPDX-License-Identifier: MIT */
/* Notifications: when they come, how often, and that they end. */
#include "t-subject.h"

#include <pthread.h>
#include <stdatomic.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../lib/t.h"

/* What a callback saw, and what it is to do. */
struct listener {
	IDXCoreAdapterFactory1 *factory;
	IUnknown *object;
	DXCoreNotificationType type;
	uint32_t cookie;
	atomic_uint calls;
	atomic_bool is_wrong;
	atomic_bool is_inside;
	atomic_bool is_held;
	bool unregisters;
	HRESULT unregistered;
};

static int setup(void **state)
{
	return t_subject_setup(state, getenv("DXG_DEVICE"));
}

/* What a callback has unregistered itself is given back a moment after it. */
static int teardown(void **state)
{
	struct t_subject *subject = *state;

	t_release(subject->adapter);
	t_release(subject->list);
	t_release(subject->factory);
	assert_eventually(t_release(t_factory()) == 0);
	return 0;
}

static void listen(DXCoreNotificationType type, IUnknown *object, void *context)
{
	struct listener *listener = context;

	if (type != listener->type || object != listener->object || !listener->cookie ||
	    atomic_exchange(&listener->is_inside, true))
		atomic_store(&listener->is_wrong, true);
	atomic_fetch_add(&listener->calls, 1);
	while (atomic_load(&listener->is_held))
		t_sleep_ms(1);
	if (listener->unregisters)
		listener->unregistered = t_call(listener->factory, UnregisterEventNotification,
						listener->cookie);
	atomic_store(&listener->is_inside, false);
}

static void start(struct listener *listener, struct t_subject *subject, void *object,
		  DXCoreNotificationType type)
{
	listener->factory = subject->factory;
	listener->object = object;
	listener->type = type;
	assert_result(t_call(subject->factory, RegisterEventNotification, listener->object, type,
			     listen, listener, &listener->cookie), S_OK);
	assert_int_not_equal(listener->cookie, 0);
}

static void stop(struct listener *listener)
{
	assert_result(t_call(listener->factory, UnregisterEventNotification, listener->cookie),
		      S_OK);
	assert_false(atomic_load(&listener->is_wrong));
	assert_result(t_call(listener->factory, UnregisterEventNotification, listener->cookie),
		      E_INVALIDARG);
}

static void remove_adapter(void)
{
	assert_int_equal(t_soft_or_skip()->remove_adapter(0), 0);
}

static void an_adapter_that_goes_is_told_once(void **state)
{
	struct t_subject *subject = *state;
	struct listener listener = { 0 };

	start(&listener, subject, subject->adapter, DXCoreNotificationType_AdapterNoLongerValid);
	remove_adapter();
	assert_eventually(atomic_load(&listener.calls) == 1);
	/* Two more looks of the thread. */
	t_sleep_ms(2200);
	assert_int_equal(atomic_load(&listener.calls), 1);
	stop(&listener);
}

static void one_that_has_gone_is_told_at_once(void **state)
{
	struct t_subject *subject = *state;
	struct listener listener = { 0 };

	remove_adapter();
	start(&listener, subject, subject->adapter, DXCoreNotificationType_AdapterNoLongerValid);
	assert_eventually(atomic_load(&listener.calls) == 1);
	stop(&listener);
}

static void a_list_is_told_of_a_loss(void **state)
{
	struct t_subject *subject = *state;
	struct listener listener = { 0 };

	start(&listener, subject, subject->list, DXCoreNotificationType_AdapterListStale);
	remove_adapter();
	assert_eventually(atomic_load(&listener.calls) == 1);
	assert_true(t_ask(subject->list, IsStale));
	/* And once. */
	t_sleep_ms(1200);
	assert_int_equal(atomic_load(&listener.calls), 1);
	stop(&listener);
}

static void a_list_is_told_of_an_arrival(void **state)
{
	struct t_subject *subject = *state;
	struct listener listener = { 0 };
	IDXCoreAdapterList *list;

	remove_adapter();
	list = t_list(subject->factory, &DXCORE_ADAPTER_ATTRIBUTE_D3D12_GRAPHICS);
	start(&listener, subject, list, DXCoreNotificationType_AdapterListStale);
	t_sleep_ms(T_QUIET_MS);
	assert_int_equal(atomic_load(&listener.calls), 0);
	assert_int_equal(t_soft_or_skip()->return_adapter(0), 0);
	assert_eventually(atomic_load(&listener.calls) == 1);
	stop(&listener);
	t_release(list);
}

static void set_reservation(LUID luid, uint64_t bytes)
{
	D3DKMT_OPENADAPTERFROMLUID open = { .AdapterLuid = luid };
	D3DKMT_CHANGEVIDEOMEMORYRESERVATION reserve = { .Reservation = bytes };
	D3DKMT_CLOSEADAPTER close;

	assert_status(D3DKMTOpenAdapterFromLuid(&open), STATUS_SUCCESS);
	reserve.hAdapter = open.hAdapter;
	assert_status(D3DKMTChangeVideoMemoryReservation(&reserve), STATUS_SUCCESS);
	close.hAdapter = open.hAdapter;
	assert_status(D3DKMTCloseAdapter(&close), STATUS_SUCCESS);
}

/* Usage and reservations change, the budget does not: that is no news. */
static void a_budget_is_told_at_first_and_when_it_changes(void **state)
{
	struct t_subject *subject = *state;
	struct listener listener = { 0 };

	start(&listener, subject, subject->adapter, DXCoreNotificationType_AdapterBudgetChange);
	assert_eventually(atomic_load(&listener.calls) == 1);
	set_reservation(t_luid(subject->adapter), 1 << 20);
	t_sleep_ms(1200);
	assert_int_equal(atomic_load(&listener.calls), 1);
	stop(&listener);
}

static void a_teardown_is_told_at_first(void **state)
{
	struct t_subject *subject = *state;
	struct listener listener = { 0 };

	start(&listener, subject, subject->adapter,
	      DXCoreNotificationType_AdapterHardwareContentProtectionTeardown);
	assert_eventually(atomic_load(&listener.calls) == 1);
	t_sleep_ms(1200);
	assert_int_equal(atomic_load(&listener.calls), 1);
	stop(&listener);
}

static void registrations_do_not_disturb_each_other(void **state)
{
	struct t_subject *subject = *state;
	struct listener listeners[4] = { 0 };
	int i;

	start(&listeners[0], subject, subject->adapter,
	      DXCoreNotificationType_AdapterBudgetChange);
	start(&listeners[1], subject, subject->adapter,
	      DXCoreNotificationType_AdapterBudgetChange);
	start(&listeners[2], subject, subject->adapter,
	      DXCoreNotificationType_AdapterNoLongerValid);
	start(&listeners[3], subject, subject->list, DXCoreNotificationType_AdapterListStale);
	for (i = 1; i < 4; i++)
		assert_int_not_equal(listeners[i].cookie, listeners[i - 1].cookie);
	assert_eventually(atomic_load(&listeners[0].calls) == 1 &&
			  atomic_load(&listeners[1].calls) == 1);
	stop(&listeners[3]);
	remove_adapter();
	assert_eventually(atomic_load(&listeners[2].calls) == 1);
	assert_int_equal(atomic_load(&listeners[3].calls), 0);
	stop(&listeners[0]);
	stop(&listeners[1]);
	stop(&listeners[2]);
}

static void a_callback_may_unregister_itself(void **state)
{
	struct t_subject *subject = *state;
	struct listener listener = { .unregisters = true, .unregistered = E_POINTER };

	start(&listener, subject, subject->adapter, DXCoreNotificationType_AdapterBudgetChange);
	assert_eventually(atomic_load(&listener.calls) == 1 &&
			  !atomic_load(&listener.is_inside));
	assert_result(listener.unregistered, S_OK);
	assert_false(atomic_load(&listener.is_wrong));
	assert_result(t_call(subject->factory, UnregisterEventNotification, listener.cookie),
		      E_INVALIDARG);
}

static void *let_go_later(void *listener)
{
	t_sleep_ms(200);
	atomic_store(&((struct listener *)listener)->is_held, false);
	return NULL;
}

static void unregistering_waits_for_the_callback(void **state)
{
	struct t_subject *subject = *state;
	struct listener listener = { .is_held = true };
	pthread_t thread;

	start(&listener, subject, subject->adapter, DXCoreNotificationType_AdapterBudgetChange);
	assert_eventually(atomic_load(&listener.is_inside));
	assert_int_equal(pthread_create(&thread, NULL, let_go_later, &listener), 0);
	stop(&listener);
	assert_false(atomic_load(&listener.is_inside));
	assert_int_equal(pthread_join(thread, NULL), 0);
}

/* On Windows that is fatal; here the registration keeps what it is about. */
static void a_registered_object_lives_on(void **state)
{
	struct t_subject *subject = *state;
	struct listener listener = { 0 };
	IDXCoreAdapterList *list =
		t_list(subject->factory, &DXCORE_ADAPTER_ATTRIBUTE_D3D12_GRAPHICS);

	start(&listener, subject, list, DXCoreNotificationType_AdapterListStale);
	assert_int_not_equal(t_release(list), 0);
	remove_adapter();
	assert_eventually(atomic_load(&listener.calls) == 1);
	stop(&listener);
}

/* Nor has it such a thread; it can register anew. */
static void a_child_has_none_of_its_parents_registrations(void **state)
{
	struct t_subject *subject = *state;
	struct listener listener = { 0 };
	struct listener in_child = { 0 };
	pid_t child;
	int status;

	start(&listener, subject, subject->adapter, DXCoreNotificationType_AdapterBudgetChange);
	assert_eventually(atomic_load(&listener.calls) == 1 &&
			  !atomic_load(&listener.is_inside));
	child = fork();
	if (!child) {
		alarm(60);
		if (t_call(subject->factory, UnregisterEventNotification, listener.cookie) !=
		    E_INVALIDARG)
			_exit(1);
		in_child.factory = subject->factory;
		in_child.object = (IUnknown *)(void *)subject->adapter;
		in_child.type = DXCoreNotificationType_AdapterBudgetChange;
		if (t_call(subject->factory, RegisterEventNotification, in_child.object,
			   in_child.type, listen, &in_child, &in_child.cookie) != S_OK)
			_exit(2);
		while (!atomic_load(&in_child.calls))
			t_sleep_ms(1);
		if (t_call(subject->factory, UnregisterEventNotification, in_child.cookie) != S_OK)
			_exit(3);
		_exit(atomic_load(&in_child.is_wrong) ? 4 : 0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	stop(&listener);
}

/* What a client forgets must not hold its process up. */
static void a_process_may_end_with_a_registration(void **state)
{
	struct t_subject *subject = *state;
	static struct listener listener;
	pid_t child = fork();
	int status;

	if (!child) {
		alarm(60);
		listener.factory = subject->factory;
		listener.object = (IUnknown *)(void *)subject->adapter;
		listener.type = DXCoreNotificationType_AdapterBudgetChange;
		if (t_call(subject->factory, RegisterEventNotification, listener.object,
			   listener.type, listen, &listener, &listener.cookie) != S_OK)
			_exit(1);
		exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
}

#define notify_test(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		notify_test(an_adapter_that_goes_is_told_once),
		notify_test(one_that_has_gone_is_told_at_once),
		notify_test(a_list_is_told_of_a_loss),
		notify_test(a_list_is_told_of_an_arrival),
		notify_test(a_budget_is_told_at_first_and_when_it_changes),
		notify_test(a_teardown_is_told_at_first),
		notify_test(registrations_do_not_disturb_each_other),
		notify_test(a_callback_may_unregister_itself),
		notify_test(unregistering_waits_for_the_callback),
		notify_test(a_registered_object_lives_on),
		notify_test(a_child_has_none_of_its_parents_registrations),
		notify_test(a_process_may_end_with_a_registration),
	};

	return cmocka_run_group_tests_name("dxcore-notify", tests, NULL, NULL);
}
