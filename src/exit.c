/* SPDX-License-Identifier: MIT */
/*
 * Destructors run both when the library is unloaded and when the process exits. In
 * the second case, and only then, exit handlers have run before them. The one here
 * is set as the C++ ABI has it: it goes when the library goes, also where a
 * sanitizer has an atexit() of its own.
 */
#include "exit.h"

#include <stdatomic.h>
#include <stddef.h>

static atomic_bool is_exiting;

extern void *__dso_handle __attribute__((visibility("hidden")));
int __cxa_atexit(void (*handler)(void *), void *argument, void *library);

static void note_exit(void *unused)
{
	(void)unused;
	atomic_store(&is_exiting, true);
}

__attribute__((constructor)) static void watch_exit(void)
{
	__cxa_atexit(note_exit, NULL, &__dso_handle);
}

bool dxg_is_exiting(void)
{
	return atomic_load(&is_exiting);
}
