/* SPDX-License-Identifier: MIT */
/* One sweep over a row: its state, and how a case begins and ends. */
#ifndef BAD_INPUT_SWEEP_H
#define BAD_INPUT_SWEEP_H

#include "bad-input.h"

#define GROWN_MAX 4

/* What a bad pointer answers: one of two, see sweep_structure(). */
#define BAD_NULL_STATUS ((NTSTATUS)0x8ffffffe)

/* Where nobody has memory: the first page, the kernel's half, the very end. */
#define BAD_NOWHERE 3
extern void *const bad_nowhere[BAD_NOWHERE];

struct bad_sweep {
	const struct bad_row *row;
	struct bad_fixture f;
	unsigned int failures;

	/* the case at hand */
	const char *member;
	char what[40];
	struct dxg_soft_object_counts before;
	char *args;
	struct {
		char *at;	/* the pointer in the arguments */
		void *good;
		void *array;
	} grown[GROWN_MAX];
	unsigned int grown_count;
};

/* The arguments that work, ready to be spoiled. */
void *bad_begin(struct bad_sweep *s, const char *member, const char *what);
/* The case ends with that status, and has changed nothing else. */
void bad_end(struct bad_sweep *s, NTSTATUS got, NTSTATUS want);
/* The call went its way, and the host could do nothing but this. */
void bad_end_with_lost_device(struct bad_sweep *s, NTSTATUS got);
/* There is no such case. */
void bad_undo(struct bad_sweep *s, bool worked);

/* bad-input-member.c: every case of a member */
void bad_sweep_member(struct bad_sweep *s, const struct bad_member *member);
void bad_try_stranger(struct bad_sweep *s, const struct bad_member *member,
		      const D3DKMT_HANDLE strangers[]);

#endif
