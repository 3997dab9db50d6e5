/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* Layout of every message between a GPU-PV guest and its host. */
#ifndef DXGK_WIRE_H
#define DXGK_WIRE_H

/*
 * Little endian, natural 64-bit alignment; the few packed blocks are marked.
 * A request structure is the fixed part with its header, but without the
 * extended header that precedes it on interface version 40. What follows the
 * fixed part begins at DXGK_WIRE_<COMMAND>_TAIL (request) or _REPLY_TAIL. Where
 * the length sent is not simply the sum of both, the comment has the formula:
 * a host expects the unused bytes at the end as well. "Reply" is the shortest
 * completion that a guest accepts. Members of the same offsets and names stand
 * in docs/abi/vmbus-messages.csv; a test compares the two row by row.
 *
 * The files of the folder wire/, by the words of the objects, are kept twice, as
 * this one is: for the driver and for the software host, so that each stands
 * alone. A test keeps the copies equal.
 */
#include "wire/adapter.h"
#include "wire/allocation.h"
#include "wire/base.h"
#include "wire/context.h"
#include "wire/device.h"
#include "wire/guest.h"
#include "wire/paging.h"
#include "wire/sync.h"
#include "wire/vm.h"

#endif /* DXGK_WIRE_H */
