/* SPDX-License-Identifier: MIT */
/* sync: CPU waits that a signal has cut short, and how they go on. */
#include "slice-test.h"

#include <linux/errno.h>

#include "fake-host.h"
#include "host-event.h"
#include "slice.h"

#define PARKED_MAX	64u
#define WAITS(host)	((host)->messages[DXGK_CMD_WAITFORSYNCOBJECTFROMCPU])

/* One thread's wait for a value of a fence. */
struct waiter {
	struct fake_host *host;
	u32 device;
	u32 fence;
	u64 value;
};

static void destroy_fence(struct fake_host *host, u32 fence)
{
	struct d3dkmt_destroysynchronizationobject args = {
		.sync_object.v = fence,
	};

	assert_int_equal(fake_ioctl(host, LX_DXDESTROYSYNCHRONIZATIONOBJECT,
				    &args), 0);
}

static long wait_for(const struct waiter *waiter)
{
	struct d3dkmt_waitforsynchronizationobjectfromcpu args = {
		.device.v = waiter->device,
		.object_count = 1,
		.objects = (u64)(unsigned long)&waiter->fence,
		.fence_values = (u64)(unsigned long)&waiter->value,
	};

	return fake_ioctl(waiter->host,
			  LX_DXWAITFORSYNCHRONIZATIONOBJECTFROMCPU, &args);
}

static struct waiter make(struct fake_host *host)
{
	struct waiter waiter = { .host = host, .value = 1 };

	waiter.device = fake_create_device(host);
	waiter.fence = fake_create_fence(host, waiter.device, 0);
	host->watched = DXGK_CMD_WAITFORSYNCOBJECTFROMCPU;
	return waiter;
}

static void interrupt(const struct waiter *waiter)
{
	dxgk_user_interrupt_waits(1);
	assert_int_equal(wait_for(waiter), -ERESTARTSYS);
	dxgk_user_interrupt_waits(0);
}

/* The host signals what the last message has armed. */
static int answer_signal(struct fake_host *host, u32 command,
			 const void *request, void *reply, u32 room)
{
	const struct dxgk_wire_waitforsyncobjectfromcpu *args = request;

	(void)reply;
	(void)room;
	if (command == DXGK_CMD_WAITFORSYNCOBJECTFROMCPU)
		dxgk_event_signal(host->global, args->guest_event_id);
	return FAKE_USUAL;
}

static void an_interrupted_wait_goes_on_without_a_message(void **state)
{
	struct fake_host *host = *state;
	struct waiter waiter = make(host);
	u32 i;

	for (i = 0; i < 10; i++)
		interrupt(&waiter);
	assert_int_equal(WAITS(host), 1);
}

/* It has ended meanwhile: how things are now is to be asked anew. */
static void a_wait_that_ended_meanwhile_is_armed_again(void **state)
{
	struct fake_host *host = *state;
	struct waiter waiter = make(host);
	const struct dxgk_wire_waitforsyncobjectfromcpu *seen =
		(const void *)host->seen;

	interrupt(&waiter);
	dxgk_event_signal(host->global, seen->guest_event_id);
	host->answer = answer_signal;
	assert_int_equal(wait_for(&waiter), 0);
	assert_int_equal(WAITS(host), 2);
}

static void a_wait_for_another_value_is_another(void **state)
{
	struct fake_host *host = *state;
	struct waiter waiter = make(host);

	interrupt(&waiter);
	waiter.value++;
	interrupt(&waiter);
	assert_int_equal(WAITS(host), 2);
}

static void a_handle_that_means_another_object_is_another_wait(void **state)
{
	struct fake_host *host = *state;
	struct waiter waiter = make(host);
	u32 index = host->next_index - 2;

	interrupt(&waiter);
	destroy_fence(host, waiter.fence);
	host->next_index = index;
	assert_int_equal(fake_create_fence(host, waiter.device, 0),
			 waiter.fence);
	interrupt(&waiter);
	assert_int_equal(WAITS(host), 2);
	interrupt(&waiter);
	assert_int_equal(WAITS(host), 2);
}

static void *interrupt_in_thread(void *argument)
{
	dxgk_user_interrupt_waits(1);
	return (void *)wait_for(argument);
}

/* Threads that never come back for their waits. */
static void abandon(struct waiter *waiter, u32 count)
{
	u32 i;

	for (i = 0; i < count; i++)
		assert_int_equal((long)t_join(t_start(interrupt_in_thread,
						      waiter)), -ERESTARTSYS);
	dxgk_user_interrupt_waits(0);
}

static void of_too_many_the_oldest_goes(void **state)
{
	struct fake_host *host = *state;
	struct waiter waiter = make(host);

	interrupt(&waiter);
	abandon(&waiter, PARKED_MAX - 1);
	assert_int_equal(WAITS(host), PARKED_MAX);
	/* Ours is the oldest, and still there; now the youngest. */
	interrupt(&waiter);
	assert_int_equal(WAITS(host), PARKED_MAX);
	abandon(&waiter, PARKED_MAX);
	interrupt(&waiter);
	assert_int_equal(WAITS(host), 2 * PARKED_MAX + 1);
}

/* A parked wait keeps memory only, not what it waits for. */
static void a_parked_wait_keeps_no_object(void **state)
{
	struct fake_host *host = *state;
	struct waiter waiter = make(host);
	struct d3dkmt_destroydevice args = { .device.v = waiter.device };

	interrupt(&waiter);
	assert_int_equal(fake_ioctl(host, LX_DXDESTROYDEVICE, &args), 0);
	assert_int_equal(host->mappings, 0);
	assert_int_equal(wait_for(&waiter), -EINVAL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		fake_test(an_interrupted_wait_goes_on_without_a_message),
		fake_test(a_wait_that_ended_meanwhile_is_armed_again),
		fake_test(a_wait_for_another_value_is_another),
		fake_test(a_handle_that_means_another_object_is_another_wait),
		fake_test(of_too_many_the_oldest_goes),
		fake_test(a_parked_wait_keeps_no_object),
	};

	return cmocka_run_group_tests_name("wait-park", tests, NULL, NULL);
}
