/* SPDX-License-Identifier: MIT */
/*
 * share: calls that Windows has and GPU-PV has not. The library answers them,
 * whatever they are given, and writes nothing.
 */
#include "lib/t.h"

#define GLOBAL_HANDLE	0xc0000042u
#define LOCAL_HANDLE	0x40000040u
#define GENERIC_ALL	0x10000000u
#define WRITE_RIGHTS	0x20000u

/* The answer, and that *@args is as it was before. */
#define assert_not_supported(function, args)                                   \
	do {                                                                   \
		unsigned char before_[sizeof(*(args))];                        \
		memcpy(before_, (args), sizeof(before_));                      \
		assert_status(function(args), STATUS_NOT_SUPPORTED);           \
		assert_memory_equal((args), before_, sizeof(before_));         \
	} while (0)

/* W075, W076, W084 */
static void keyed_mutexes_are_not_created(void **state)
{
	D3DKMT_CREATEKEYEDMUTEX2 args = {
		.hKeyedMutex = 0xa5a5a5a5, .hSharedHandle = 0xa5a5a5a5,
	};

	(void)state;
	assert_status(D3DKMTCreateKeyedMutex2(NULL), STATUS_NOT_SUPPORTED);
	assert_not_supported(D3DKMTCreateKeyedMutex2, &args);
	args.Flags.NtSecuritySharing = 1;
	assert_not_supported(D3DKMTCreateKeyedMutex2, &args);
}

/* W077, W078, W080..W083 */
static void keyed_mutexes_are_not_opened(void **state)
{
	char buffer[6] = "abcde";
	D3DKMT_OPENKEYEDMUTEX2 rows[] = {
		{ .hKeyedMutex = LOCAL_HANDLE },
		{ .hSharedHandle = GLOBAL_HANDLE },
		{ .hSharedHandle = GLOBAL_HANDLE, .PrivateRuntimeDataSize = 6 },
		{
			.hSharedHandle = GLOBAL_HANDLE,
			.PrivateRuntimeDataSize = 5,
			.pPrivateRuntimeData = buffer,
		},
		{
			.hSharedHandle = GLOBAL_HANDLE,
			.PrivateRuntimeDataSize = 6,
			.pPrivateRuntimeData = buffer,
		},
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_not_supported(D3DKMTOpenKeyedMutex2, &rows[i]);
	assert_string_equal(buffer, "abcde");
}

/* W072, W074, W079, W094 */
static void keyed_mutexes_are_not_destroyed(void **state)
{
	D3DKMT_DESTROYKEYEDMUTEX args = { .hKeyedMutex = LOCAL_HANDLE };

	(void)state;
	assert_not_supported(D3DKMTDestroyKeyedMutex, &args);
	args.hKeyedMutex = GLOBAL_HANDLE;
	assert_not_supported(D3DKMTDestroyKeyedMutex, &args);
}

/* The older forms of these, which the cases are about, exist in no guest. */
static void keyed_mutexes_are_not_taken_or_given(void **state)
{
	LARGE_INTEGER timeout = { .QuadPart = -100000 };
	D3DKMT_ACQUIREKEYEDMUTEX2 acquire = {
		.hKeyedMutex = LOCAL_HANDLE, .Key = 0xdeadbeef,
		.pTimeout = &timeout, .FenceValue = 0x1234,
	};
	D3DKMT_RELEASEKEYEDMUTEX2 release = {
		.hKeyedMutex = LOCAL_HANDLE, .Key = 1, .FenceValue = 1234,
	};

	(void)state;
	assert_not_supported(D3DKMTAcquireKeyedMutex2, &acquire);
	assert_not_supported(D3DKMTReleaseKeyedMutex2, &release);
	assert_status(D3DKMTAcquireKeyedMutex2(NULL), STATUS_NOT_SUPPORTED);
	assert_status(D3DKMTReleaseKeyedMutex2(NULL), STATUS_NOT_SUPPORTED);
}

/* W135..W138, W140, W148..W150: descriptors have no names. */
static void nothing_is_opened_by_name(void **state)
{
	static const DWORD access[] = { 0, WRITE_RIGHTS, GENERIC_ALL };
	D3DKMT_OPENSYNCOBJECTNTHANDLEFROMNAME sync = { 0 };
	D3DKMT_OPENNTHANDLEFROMNAME any = { 0 };
	size_t i;

	(void)state;
	assert_not_supported(D3DKMTOpenSyncObjectNtHandleFromName, &sync);
	assert_not_supported(D3DKMTOpenNtHandleFromName, &any);
	/* attributes with a name: they are not looked at, so any do */
	sync.pObjAttrib = any.pObjAttrib = t_no_access_page();
	sync.hNtHandle = any.hNtHandle = (HANDLE)(uintptr_t)0xa5a5a5a5;
	for (i = 0; i < sizeof(access) / sizeof(access[0]); i++) {
		sync.dwDesiredAccess = any.dwDesiredAccess = access[i];
		assert_not_supported(D3DKMTOpenSyncObjectNtHandleFromName, &sync);
		assert_not_supported(D3DKMTOpenNtHandleFromName, &any);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keyed_mutexes_are_not_created),
		cmocka_unit_test(keyed_mutexes_are_not_opened),
		cmocka_unit_test(keyed_mutexes_are_not_destroyed),
		cmocka_unit_test(keyed_mutexes_are_not_taken_or_given),
		cmocka_unit_test(nothing_is_opened_by_name),
	};

	return cmocka_run_group_tests_name("windows-library", tests, NULL, NULL);
}
