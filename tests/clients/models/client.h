/* SPDX-License-Identifier: MIT */
/*
 * A client of libdxcore.so, played by a program of its own: it loads the library as the
 * client does, takes the same symbols, makes the same calls in the same order, and asserts
 * what the client demands of the answers. Each call is counted, and held against
 * matrix.csv at the end.
 *
 * The program is one session in steps that build on one another; each is a test, and none
 * runs when one before it has failed. Its state is in variables of the file.
 */
#ifndef CLIENT_H
#define CLIENT_H

#include <dlfcn.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <dxg/d3dkmthk.h>
#include <dxg/status.h>

#include "t-check.h"

/*
 * Of an adapter in a profile: clients end with their device open, and a leak checker then
 * looks through all of its memory.
 */
#define CLIENT_LITTLE_MEMORY		\
	"local_memory = 64M\n"		\
	"dedicated_memory = 64M\n"	\
	"nonlocal_memory = 16M\n"

/* A step as a test of cmocka's list; @function: void (*)(void). */
#define client_step(function) \
	{ #function, client_run_step, client_begin_step, NULL, (void *)(function) }
int client_begin_step(void **state);
void client_run_step(void **state);

/*
 * Loading. @client is the name in matrix.csv; @path as the client gives it to dlopen().
 * The handle is that of the library, as a client may load it more than once.
 */
void *client_load(const char *client, const char *path, int flags);
/* By path, where the client has a fixed one: that of the library under test. */
const char *client_fixed_path(void);
/* Takes symbols, up to NULL: all of them, or the test fails; those that there are. */
void client_take(void *library, const char *const *symbols);
void client_take_some(void *library, const char *const *symbols);
void client_unload(void *library);

/* What has been taken; the test fails if the client has not. */
void *client_symbol(const char *name);

/* A client that is linked with the library says so before it includes this, and begins here. */
void client_is_linked(const char *client);
#ifdef CLIENT_IS_LINKED
#define client_function(name) (&(name))
#else
#define client_function(name) ((__typeof__(&(name)))client_symbol(#name))
#endif

/*
 * Calls. What the client goes on without, whatever it answers; what has to answer exactly
 * STATUS_SUCCESS; what may also be queued; what is refused here, which is an answer, too.
 */
#define client_may(name, ...) client_note(#name, client_function(name)(__VA_ARGS__))
#define client_must(name, ...) assert_status(client_may(name, __VA_ARGS__), STATUS_SUCCESS)
#define client_queue(name, ...) assert_success(client_may(name, __VA_ARGS__))
#define client_is_refused(name, ...) assert_refused(client_may(name, __VA_ARGS__))

/* The same for queries, which are counted by type, too; or by a row's name. */
#define client_may_ask_as(row, adapter, type, data, size) \
	client_note(row, client_may(D3DKMTQueryAdapterInfo, \
				    &(D3DKMT_QUERYADAPTERINFO){ (adapter), (type), \
								{ (uintptr_t)(data) }, (size) }))
#define client_may_ask(adapter, type, data, size) \
	client_may_ask_as(#type, adapter, type, data, size)
#define client_must_ask(adapter, type, data, size) \
	assert_status(client_may_ask(adapter, type, data, size), STATUS_SUCCESS)

/* Counts an answer, NTSTATUS or HRESULT, for the row of the matrix; returns it. */
int32_t client_note(const char *row, int32_t answer);

/* The last step: everything that matrix.csv lists has been called, and nothing else. */
void calls_what_the_matrix_says(void);

#endif
