/* SPDX-License-Identifier: MIT */
/* What a program in the same machine may ask dxghostd. */
#ifndef DXGHOSTD_CONTROL_H
#define DXGHOSTD_CONTROL_H

#include <stdint.h>

#include <dxg/soft.h>

#include "../hvloop.h"
#include "lies.h"

/*
 * Sockets of AF_UNIX, SOCK_SEQPACKET, with this name in the abstract name space.
 * One question a connection. Who can connect finds everything offered.
 */
#define DXGHOSTD_NAME "dxghostd"

enum dxghostd_question {
	DXGHOSTD_OBJECTS,
	DXGHOSTD_MESSAGES,	/* of @command on @channel_kind */
	DXGHOSTD_MESSAGES_RESET,
	DXGHOSTD_PROFILE,	/* start anew; the answer comes before that */
	/* what a virtual GPU's @channel, from 1 on, and its function do */
	DXGHOSTD_PLUG,
	DXGHOSTD_UNPLUG,
	DXGHOSTD_OFFER,
	DXGHOSTD_RESCIND,
	DXGHOSTD_LIE,		/* from now on */
	DXGHOSTD_TOLD,		/* how many there were since then */
	DXGHOSTD_PAGES,		/* what the bus says of a buffer list */
};

#define DXGHOSTD_PROFILE_MAX 4096
#define DXGHOSTD_PFNS_MAX 16

struct dxghostd_request {
	uint32_t question;
	uint32_t channel_kind;
	uint32_t command;
	uint32_t channel;
	struct dxghostd_lie lie;
	/* with @pfns 0 they come in the reply, at most DXGHOSTD_PFNS_MAX */
	struct hvloop_pages pages;
	char profile[DXGHOSTD_PROFILE_MAX];
};

struct dxghostd_reply {
	int32_t error;		/* 0 or an errno */
	struct dxg_soft_object_counts objects;
	struct dxg_soft_message_stats messages;
	uint64_t told;		/* lies since the last DXGHOSTD_LIE */
	uint32_t pages;		/* in the whole list */
	uint32_t reserved;
	uint64_t pfns[DXGHOSTD_PFNS_MAX];
};

#endif
