/* SPDX-License-Identifier: MIT */
/* A host that answers as a test wants, below the driver in this process. */
#ifndef FAKE_HOST_H
#define FAKE_HOST_H

#include "dxgkrnl.h"
#include "uapi.h"

struct fake_host;
struct fake_question;

/**
 * fake_answer - what a test has the host answer
 * @request: from the command's header on
 * @reply: @room zeroed bytes
 *
 * Returns the bytes of the reply, or FAKE_USUAL: success, with new handles.
 */
typedef int fake_answer(struct fake_host *host, u32 command,
			const void *request, void *reply, u32 room);

#define FAKE_USUAL	(-1)

/* The answer of a command whose reply begins with a status. */
int fake_refuse(void *reply, s32 status);

#define FAKE_INVALID_HANDLE	((s32)0xc0000008)
#define FAKE_INVALID_PARAMETER	((s32)0xc000000d)
#define FAKE_ACCESS_DENIED	((s32)0xc0000022)
#define FAKE_NOT_SUPPORTED	((s32)0xc00000bb)

/**
 * struct fake_host - the host, and the one adapter of its one guest
 * @answer: NULL: the usual for all
 * @silent: a question that nobody waits for is kept in @held, of which there may be one
 * @open: how many of these have not come to an end
 * @ask_error: what happens to the next ones, if not 0
 * @watched: command whose last request is kept in @seen
 * @mappings: pieces of the IO space that the guest's process sees now
 * @pinned: blocks of its pages that are pinned now
 * @lists: those of which the host has a buffer list, @shared: ever had, the first
 *	with the number FAKE_GPADL
 * @share_error: 0, or what becomes of the next lists
 *
 * An adapter that goes meanwhile counts, too, in its own thread.
 */
struct fake_host {
	struct dxgk_global *global;
	struct dxgk_adapter *adapter;
	struct dxgk_file *file;
	fake_answer *answer;
	u32 next_index;
	bool silent;
	int ask_error;
	struct fake_question *held;
	_Atomic u32 open;
	_Atomic u32 messages[1100];
	u32 watched;
	u8 seen[1024];
	_Atomic u32 mappings;
	_Atomic u32 pinned;
	_Atomic u32 lists;
	u32 shared;
	int share_error;
};

#define FAKE_GPADL	0xe1e10u
#define FAKE_IO_START	(1ull << 40)
#define FAKE_IO_SIZE	(1ull << 24)

/* cmocka's setup and teardown: *state is a struct fake_host with a file. */
int fake_setup(void **state);
int fake_teardown(void **state);

#define fake_test(name) \
	cmocka_unit_test_setup_teardown(name, fake_setup, fake_teardown)

/* A handle that the host has not given out yet. */
u32 fake_new_handle(struct fake_host *host);
long fake_ioctl(struct fake_host *host, unsigned int request, void *args);
u32 fake_create_device(struct fake_host *host);
/* A monitored one; @flags: DXG_SYNC_OBJECT_... */
u32 fake_create_fence(struct fake_host *host, u32 device, u32 flags);
/* What the ioctl answers; the descriptor if that is 0. */
long fake_share(struct fake_host *host, u32 object, int *ret_fd);
/* What was held is answered, or never will be: its channel has ended. */
void fake_answer_held(struct fake_host *host);
void fake_lose_held(struct fake_host *host);
/* Is to come while the file is open; once. */
void fake_remove_adapter(struct fake_host *host, bool lost);
/* The same in the middle of an answer: by a bus, which holds nothing of the sender's. */
void fake_remove_adapter_aside(struct fake_host *host, bool lost);

#endif
