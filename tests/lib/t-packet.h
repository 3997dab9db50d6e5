/* SPDX-License-Identifier: MIT */
/* Packets of the software GPU, written to memory. */
#ifndef T_PACKET_H
#define T_PACKET_H

#include <stddef.h>
#include <stdint.h>

/* Room that is enough for any of them. */
#define T_PACKET_MAX 32

/* Each writes one packet to @at, and returns its bytes. */
size_t t_put_fill(void *at, uint64_t dst, uint64_t size, uint32_t value);
size_t t_put_copy(void *at, uint64_t dst, uint64_t src, uint64_t size);
size_t t_put_write(void *at, uint64_t dst, uint64_t value);
size_t t_put_add(void *at, uint64_t dst, uint64_t value);
size_t t_put_timestamp(void *at, uint64_t dst);
size_t t_put_wait(void *at, uint64_t address, uint64_t value);
size_t t_put_spin(void *at, uint64_t ns);
size_t t_put_opcode(void *at, uint32_t opcode); /* header alone */

#endif
