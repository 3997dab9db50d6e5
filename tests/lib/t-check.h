/* SPDX-License-Identifier: MIT */
/* Assertions that say what went wrong in the words of the interface. */
#ifndef T_CHECK_H
#define T_CHECK_H

#include <stdbool.h>
#include <stdint.h>

#include <dxg/wintypes.h>

/* Longest time a test waits for something that has to happen, and the time it
 * gives something that must not happen. Sanitizers and valgrind are slow; what is
 * slower still says so in T_PATIENCE. */
#define T_TIMEOUT_MS	(60000 * t_patience())
#define T_QUIET_MS	30

/* Fails the test unless the call answers exactly @want. */
#define assert_status(call, want) \
	t_check_status((call), (want), #call, __FILE__, __LINE__)

/* SUCCESS or PENDING, which NT_SUCCESS does not tell apart. */
#define assert_success(call) t_check_success((call), #call, __FILE__, __LINE__)

/*
 * Some refusal, where the reference leaves the status open: any error, but
 * never a success.
 */
#define assert_refused(call) t_check_refused((call), #call, __FILE__, __LINE__)

/* D3DKMT handles: not 0, low six bits 0, bits 31:30 not both 0. */
#define assert_local_handle(handle) \
	t_check_local_handle((handle), #handle, __FILE__, __LINE__)

/* Polls until @condition holds, at most T_TIMEOUT_MS. */
#define assert_eventually(condition)                                   \
	do {                                                           \
		unsigned int t_ms_;                                    \
		for (t_ms_ = 0; !(condition); t_ms_++) {               \
			if (t_ms_ >= T_TIMEOUT_MS)                     \
				t_fail("never came true: " #condition, \
				       __FILE__, __LINE__);            \
			t_sleep_ms(1);                                 \
		}                                                      \
	} while (0)

void t_check_status(NTSTATUS got, NTSTATUS want, const char *call,
		    const char *file, int line);
void t_check_success(NTSTATUS got, const char *call, const char *file, int line);
void t_check_refused(NTSTATUS got, const char *call, const char *file, int line);
void t_check_local_handle(uint32_t handle, const char *what, const char *file,
			  int line);
_Noreturn void t_fail(const char *text, const char *file, int line);
void t_sleep_ms(unsigned int ms);
/* Of a clock that only goes on. */
uint64_t t_now_ms(void);
/* T_PATIENCE of the environment, by which times to wait are multiplied; else 1. */
unsigned int t_patience(void);

#endif
