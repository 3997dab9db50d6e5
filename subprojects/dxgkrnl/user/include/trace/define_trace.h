/* SPDX-License-Identifier: MIT */
/* In a kernel the events' code is made here; see linux/tracepoint.h. */
