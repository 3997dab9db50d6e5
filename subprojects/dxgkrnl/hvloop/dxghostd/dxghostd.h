/* SPDX-License-Identifier: MIT */
/* What the files of dxghostd know of each other. */
#ifndef DXGHOSTD_H
#define DXGHOSTD_H

#include <stddef.h>
#include <stdint.h>

#include "../hvloop.h"

struct dxg_soft_object_counts;
struct dxghostd_lie;
struct dxghost;

/* loop.c: the node, /dev/hvloop */

/* Open it: the descriptor; ends the program when that fails. */
int loop_open(const char *path);
/* Ends the program on failure, with @what in the message. */
void loop_control(int fd, unsigned long request, void *args, const char *what);
/* The IO space, @megabytes MiB. */
void *loop_map(int fd, size_t megabytes);
/* The next packet: bytes of its payload, or -1 when there will be no more. */
int loop_read(int fd, struct hvloop_packet *packet, void *payload, size_t room);
void loop_write(int fd, uint32_t channel, uint16_t type, uint64_t id,
		const void *payload, size_t size);

/* lanes.c: messages of one process in order, those of others beside them */

/*
 * Hand a message to the lane of the process that it names; @payload is copied.
 * Lanes answer by themselves.
 */
void lanes_push(struct dxghost *host, int fd,
		const struct hvloop_packet *packet, const void *payload);
/* For good: no message is begun, and no thread, when this has returned. */
void lanes_stop(void);

/* lies.c: what the guest is told */

/*
 * Answer @request, which came in @packet, with these @size bytes, or with what is
 * made of them; there is room for HVLOOP_MAX_PAYLOAD.
 */
void lies_answer(int fd, const struct hvloop_packet *packet,
		 const unsigned char *request, unsigned char *bytes,
		 size_t size);
/* From now on; @ret_told: how many there were since the last time. 0 or errno. */
int lies_set(const struct dxghostd_lie *want, uint64_t *ret_told);
uint64_t lies_told(void);

/* control.c: who looks behind the device */

/* Listen, in a thread; @fd is open on @node. 0 or -1. */
int control_start(struct dxghost *host, int fd, const char *node);
/* Ask the dxghostd that is running. 0 or -1. */
int control_ask_counts(struct dxg_soft_object_counts *ret_counts);

#endif
