/* SPDX-License-Identifier: MIT */
/* What the generated checks tell the test that links them. */
#ifndef WIRE_CHECKS_H
#define WIRE_CHECKS_H

extern const unsigned int wire_rows_checked;

#endif
