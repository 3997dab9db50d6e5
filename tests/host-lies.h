/* SPDX-License-Identifier: MIT */
/* What the tests of a lying host share. */
#ifndef HOST_LIES_H
#define HOST_LIES_H

#include "every-call.h"

#include <dxghostd/control.h>

/* From now on the host lies like that; NULL: it does not. How often it has. */
uint64_t lie(const struct dxghostd_lie *how);
/* About every reply to @command, as often as there is one. */
uint64_t lie_about(uint32_t command, uint32_t kind, uint64_t value);

/* One call of a row, and all that it can write to. */
struct lied_call {
	struct bad_fixture f;
	uint64_t args[EVERY_CALL_ARGS / 8];
	NTSTATUS status;
	uint64_t told;		/* replies that were lies */
};

/* With good arguments; the host lies as told from the call to its return. */
void lied_call(struct lied_call *call, const struct bad_row *row,
	       const struct dxghostd_lie *how);

/* host-lies-sweep.c: every call, one kind of lie after the other */
void short_replies_tell_nothing_else(void **state);
void long_replies_are_cut(void **state);
void second_and_strange_completions_are_nobodys(void **state);

/* host-lies-place.c: what the host says that it grants */
void what_is_outside_of_the_io_space_is_not_mapped(void **state);
void handles_that_exist_are_not_taken_twice(void **state);
void more_memory_than_there_can_be_is_not_pinned(void **state);

#endif
