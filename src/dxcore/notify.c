/* SPDX-License-Identifier: MIT */
/* Registrations for notifications, and the thread that calls. */
#include "notify.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "lock.h"
#include "watch.h"

/* The driver has no event for any of it, so it is asked. */
#define INTERVAL_SECONDS 1

/*
 * Whoever takes it off the list below frees it, and gives back its reference to the
 * object: after the thread has done with it, for which @is_awaited says that somebody
 * waits. Nobody does where its own callback takes it off: then the thread frees it.
 */
struct registration {
	uint32_t cookie;
	uint32_t round;
	bool is_awaited;
	PFN_DXCORE_NOTIFICATION_CALLBACK callback;
	void *context;
	struct dxcore_watch watch;
	struct registration *next;
};

/*
 * Under the state lock. @running is the cookie of the registration that the thread
 * looks after at the moment, 0 if none. @changed: a registration has come or gone,
 * or has been looked after. @is_ready, and of this @generation: not so in a process
 * that has not registered yet, or whose parent has.
 */
static struct {
	struct registration *registrations;
	pthread_cond_t changed;
	pthread_t thread;
	bool has_thread;
	bool is_ready;
	uint32_t generation;
	uint32_t running;
	uint32_t last_cookie;
	uint32_t round;
} notify;

static atomic_bool is_exiting;

/* What a callback would use may be gone already. */
__attribute__((destructor)) static void stop_calling(void)
{
	atomic_store(&is_exiting, true);
}

/* Without the state lock. */
static void free_registration(struct registration *registration)
{
	IUnknown *object = registration->watch.object;

	free(registration);
	object->lpVtbl->Release(object);
}

/* Makes this process's beginning; what its parent had registered is to be freed. */
static struct registration *begin(void)
{
	struct registration *inherited = notify.registrations;
	uint32_t last_cookie = notify.last_cookie;

	if (notify.is_ready && notify.generation == dxcore_generation())
		return NULL;
	memset(&notify, 0, sizeof(notify));
	notify.last_cookie = last_cookie;
	notify.generation = dxcore_generation();
	notify.is_ready = true;
	dxcore_lock_condition(&notify.changed);
	return inherited;
}

static void free_inherited(struct registration *inherited)
{
	while (inherited) {
		struct registration *next = inherited->next;

		free_registration(inherited);
		inherited = next;
	}
}

/* Where the one with this cookie is linked; at the end if there is none. */
static struct registration **find(uint32_t cookie)
{
	struct registration **link = &notify.registrations;

	while (*link && (*link)->cookie != cookie)
		link = &(*link)->next;
	return link;
}

static void append(struct registration *registration)
{
	struct registration **end = &notify.registrations;

	while (*end)
		end = &(*end)->next;
	*end = registration;
}

static struct registration *next_of_round(void)
{
	struct registration *next = notify.registrations;

	while (next && next->round == notify.round)
		next = next->next;
	return next;
}

/*
 * Held: the state lock, but not while the driver is asked and the callback runs.
 * A callback that has forked comes back in the child too, which has no such thread.
 */
static void look_after(struct registration *registration)
{
	uint32_t generation = notify.generation;

	registration->round = notify.round;
	notify.running = registration->cookie;
	dxcore_unlock();
	if (dxcore_watch_look(&registration->watch) && !atomic_load(&is_exiting))
		registration->callback(registration->watch.type, registration->watch.object,
				       registration->context);
	if (generation != dxcore_generation())
		pthread_exit(NULL);
	dxcore_lock();
	notify.running = 0;
	pthread_cond_broadcast(&notify.changed);
	if (*find(registration->cookie) || registration->is_awaited)
		return;
	dxcore_unlock();
	free_registration(registration);
	dxcore_lock();
}

static void wait_for_next_round(void)
{
	struct timespec until;

	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_sec += INTERVAL_SECONDS;
	dxcore_lock_wait(&notify.changed, &until);
}

static void *run(void *unused)
{
	struct registration *next;

	(void)unused;
	dxcore_lock();
	while (notify.registrations) {
		notify.round++;
		while ((next = next_of_round()))
			look_after(next);
		if (notify.registrations)
			wait_for_next_round();
	}
	notify.has_thread = false;
	dxcore_unlock();
	return NULL;
}

/* The program's signals are not for this thread. */
static bool start_thread(void)
{
	pthread_attr_t attributes;
	sigset_t all, before;

	if (notify.has_thread)
		return true;
	if (pthread_attr_init(&attributes))
		return false;
	pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	notify.has_thread = !pthread_create(&notify.thread, &attributes, run, NULL);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	pthread_attr_destroy(&attributes);
	return notify.has_thread;
}

static uint32_t make_cookie(void)
{
	do {
		notify.last_cookie++;
	} while (!notify.last_cookie || *find(notify.last_cookie));
	return notify.last_cookie;
}

/* The place is filled before the thread can see the registration. */
static HRESULT add(struct registration *registration, uint32_t *cookie)
{
	struct registration *inherited;
	bool is_started;

	dxcore_lock();
	inherited = begin();
	registration->cookie = make_cookie();
	registration->round = notify.round - 1;
	*cookie = registration->cookie;
	append(registration);
	is_started = start_thread();
	if (!is_started) {
		*find(registration->cookie) = NULL;
		*cookie = 0;
	}
	pthread_cond_broadcast(&notify.changed);
	dxcore_unlock();
	free_inherited(inherited);
	return is_started ? S_OK : E_OUTOFMEMORY;
}

bool dxcore_notify_has_type(uint32_t type)
{
	return dxcore_watch_is_known(type);
}

HRESULT dxcore_notify_register(IUnknown *object, uint32_t type,
			       PFN_DXCORE_NOTIFICATION_CALLBACK callback, void *context,
			       uint32_t *cookie)
{
	struct registration *registration;
	HRESULT result;

	if (!cookie)
		return E_POINTER;
	*cookie = 0;
	if (!callback)
		return E_POINTER;
	if (!dxcore_watch_is_known(type))
		return DXGI_ERROR_INVALID_CALL;
	if (!object || !dxcore_watch_fits(object, type))
		return E_INVALIDARG;
	registration = calloc(1, sizeof(*registration));
	if (!registration)
		return E_OUTOFMEMORY;
	registration->callback = callback;
	registration->context = context;
	registration->watch.object = object;
	registration->watch.type = (DXCoreNotificationType)type;
	object->lpVtbl->AddRef(object);
	result = add(registration, cookie);
	if (result != S_OK)
		free_registration(registration);
	return result;
}

static bool is_this_thread(void)
{
	return notify.has_thread && pthread_equal(notify.thread, pthread_self());
}

HRESULT dxcore_notify_unregister(uint32_t cookie)
{
	struct registration *inherited, *found;
	bool is_in_callback = false;

	dxcore_lock();
	inherited = begin();
	found = *find(cookie);
	if (found) {
		*find(cookie) = found->next;
		is_in_callback = notify.running == cookie && is_this_thread();
		found->is_awaited = !is_in_callback;
		pthread_cond_broadcast(&notify.changed);
	}
	while (found && !is_in_callback && notify.running == cookie)
		dxcore_lock_wait(&notify.changed, NULL);
	dxcore_unlock();
	free_inherited(inherited);
	if (found && !is_in_callback)
		free_registration(found);
	return found ? S_OK : E_INVALIDARG;
}
