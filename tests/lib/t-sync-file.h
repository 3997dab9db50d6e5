/* SPDX-License-Identifier: MIT */
/* Sync files: one call each; all fail the test but those that return a status. */
#ifndef T_SYNC_FILE_H
#define T_SYNC_FILE_H

#include "t-gpu.h"

bool t_has_sync_files(void);
/* Ends the program, as one that was skipped, where the device has none. */
void t_sync_file_or_skip(void);

NTSTATUS t_try_sync_file(D3DKMT_HANDLE device, D3DKMT_HANDLE fence,
			 uint64_t value, int *ret_fd);
int t_sync_file(D3DKMT_HANDLE device, D3DKMT_HANDLE fence, uint64_t value);
NTSTATUS t_wait_sync_file(D3DKMT_HANDLE context, int fd);
NTSTATUS t_open_sync_file(D3DKMT_HANDLE device, int fd,
			  struct t_fence *ret_fence, uint64_t *ret_value);
int t_merge_sync_files(int first, int second);

/* Polls; whether it has signalled, and how: 0, or an errno. */
bool t_sync_file_is_over(int fd, unsigned int timeout_ms);
int t_sync_file_error(int fd);

/* The module's sync_file_timeout_ms: its value before; the errno of a refusal. */
unsigned int t_sync_file_timeout(unsigned int ms);
int t_try_sync_file_timeout(const char *text);

#endif
