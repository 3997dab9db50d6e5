/* SPDX-License-Identifier: MIT */
/* What the tests of libdxcore.so share: objects in a line, through their tables. */
#ifndef T_DXCORE_H
#define T_DXCORE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <dxg/dxcore.h>

/* t-call.c */

/* The result is compared, and shown in hexadecimal. */
#define assert_result(call, expected) \
	t_assert_result((call), (expected), #call, __FILE__, __LINE__)
void t_assert_result(HRESULT result, HRESULT expected, const char *call, const char *file,
		     int line);

/* As a call of an object's method, which names the object twice. */
#define t_call(object, method, ...) (object)->lpVtbl->method(object, __VA_ARGS__)
#define t_ask(object, method) (object)->lpVtbl->method(object)

/* Gives a reference back; the rest are counted. */
uint32_t t_release(void *object);

/* t-dxcore.c: with the library that the program is linked with */

/* One reference each, or the test has failed. */
IDXCoreAdapterFactory1 *t_factory(void);
IDXCoreAdapterList *t_list(IDXCoreAdapterFactory1 *factory, const GUID *attribute);
IDXCoreAdapter1 *t_adapter(IDXCoreAdapterList *list, uint32_t index);
/* The first that computes. */
IDXCoreAdapter1 *t_first_adapter(IDXCoreAdapterFactory1 *factory);

LUID t_luid(IDXCoreAdapter1 *adapter);

/* Nobody has a reference to anything. */
void t_assert_all_released(void);

/* A cmocka fixture: all is released after each test. */
int t_dxcore_teardown(void **state);

#endif
