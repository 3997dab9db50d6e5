/* SPDX-License-Identifier: MIT */
/* Lost messages, killed senders, and hosts that go: what tests ask for. */
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include <linux/kernel.h>
#include <linux/workqueue.h>

#include "dxgkrnl.h"
#include "fault.h"
#include "soft-machine.h"

/* Messages until the one that it happens to, that included; 0: to none. */
static u64 fault_in;
static int fault_how;
static pthread_mutex_t fault_lock = PTHREAD_MUTEX_INITIALIZER;

u64 soft_fault_set(u64 nth, int how)
{
	u64 left;

	pthread_mutex_lock(&fault_lock);
	left = fault_in;
	fault_how = how;
	WRITE_ONCE(fault_in, nth);
	pthread_mutex_unlock(&fault_lock);
	return left;
}

int soft_fault_next(bool killable)
{
	int how = SOFT_NO_FAULT;

	/* Hardly ever is there one. */
	if (!READ_ONCE(fault_in))
		return SOFT_NO_FAULT;
	pthread_mutex_lock(&fault_lock);
	if (fault_in && (killable || fault_how != DXG_SOFT_SENDER_KILLED)) {
		if (fault_in == 1)
			how = fault_how;
		WRITE_ONCE(fault_in, fault_in - 1);
	}
	pthread_mutex_unlock(&fault_lock);
	return how;
}

/* A completion that nobody waits for any more. */
struct late_completion {
	struct work_struct work;
	struct dxgk_global *global;
	struct dxgk_adapter *adapter;
	u32 size;
	u32 reply_size;
	_Alignas(8) char data[];	/* the message, then the reply */
};

static void late_work(struct work_struct *work)
{
	struct late_completion *late =
		container_of(work, struct late_completion, work);

	dxgk_message_orphaned(late->global, late->adapter, late->data,
			      late->size, late->data + ALIGN(late->size, 8),
			      late->reply_size);
	if (late->adapter)
		dxgk_adapter_put(late->adapter);
	free(late);
}

/* Not the driver's memory: it must not fail when the driver's does. */
int soft_fault_orphan(struct dxgk_global *global, struct dxgk_adapter *adapter,
		      const void *message, u32 size, u32 reply_size)
{
	struct soft_machine *machine = global->platform;
	struct late_completion *late;
	size_t got = 0;
	int error;

	late = calloc(1, sizeof(*late) + ALIGN(size, 8) + reply_size);
	if (!late)
		return -ENOMEM;
	memcpy(late->data, message, size);
	error = dxghost_message(machine->host, soft_machine_channel(adapter),
				message, size, true,
				late->data + ALIGN(size, 8), reply_size, &got);
	if (error) {
		free(late);
		return error;
	}
	late->global = global;
	late->adapter = adapter;
	if (adapter)
		dxgk_adapter_get(adapter);
	late->size = size;
	late->reply_size = (u32)got;
	INIT_WORK(&late->work, late_work);
	WRITE_ONCE(machine->late, true);
	schedule_work(&late->work);
	return -EINTR;
}

/* As on a bus: a function that is just being added is taken out afterwards. */
static void lose_host_work(struct work_struct *work)
{
	struct soft_machine *machine =
		container_of(work, struct soft_machine, lose_host);
	unsigned int i;

	mutex_lock(&machine->bus);
	for (i = 0; i < machine->adapter_count; i++) {
		if (machine->adapters[i].adapter)
			dxgk_adapter_remove(machine->adapters[i].adapter, true);
		machine->adapters[i].adapter = NULL;
	}
	dxgk_global_stop(machine->global);
	mutex_unlock(&machine->bus);
}

void soft_fault_lose_host(struct soft_machine *machine)
{
	if (__atomic_exchange_n(&machine->host_gone, true, __ATOMIC_RELAXED))
		return;
	INIT_WORK(&machine->lose_host, lose_host_work);
	WRITE_ONCE(machine->late, true);
	schedule_work(&machine->lose_host);
}

/* The queue is not made for nothing: its threads would outlive the machine. */
void soft_fault_settle(struct soft_machine *machine)
{
	if (READ_ONCE(machine->late))
		flush_workqueue(system_wq);
}

void soft_fault_after_fork(void)
{
	fault_lock = (pthread_mutex_t)PTHREAD_MUTEX_INITIALIZER;
	fault_in = 0;
}
