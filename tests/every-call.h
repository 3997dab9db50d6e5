/* SPDX-License-Identifier: MIT */
/* A good call of each kind: the rows of bad-input.h, without anything bad. */
#ifndef EVERY_CALL_H
#define EVERY_CALL_H

#include "bad-input.h"

#define EVERY_CALL_ARGS 1024

/* NULL behind the last. Those that look at their arguments, and leave nothing. */
const struct bad_row *every_call(unsigned int index);
/* What an honest host answers; residency may have to wait for the GPU. */
bool every_call_is_answer(const struct bad_row *row, NTSTATUS status);

#endif
