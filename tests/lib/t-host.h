/* SPDX-License-Identifier: MIT */
/* The host behind the device, where it is the software host and can be asked. */
#ifndef T_HOST_H
#define T_HOST_H

#include <stdint.h>

#include <sys/types.h>

#include <dxg/soft.h>

#include "t-soft.h"

struct dxghostd_lie;
struct dxghostd_reply;
struct hvloop_pages;

/*
 * Questions as those of dxg/soft.h, to the host of the embedded device, or to
 * the dxghostd behind a node.
 */
struct t_host {
	int (*objects)(struct dxg_soft_object_counts *ret_counts);
	t_message_stats *message_stats;
	void (*message_stats_reset)(void);
};

/* The software host, or NULL if it is another one or cannot be asked. */
const struct t_host *t_host_if_any(void);

/* The software host; skips the test on another one. */
const struct t_host *t_host_or_skip(void);

/* Messages of a vGPU command since the last reset. */
uint64_t t_host_messages(uint32_t command);

/*
 * Give this process a host with the profile of this text; before it has used the
 * device. Ends it, as a test that was skipped, where there is another host.
 */
void t_host_use_profile(const char *text);
/* The same for GPUs that all start: each is there when it comes back. */
void t_host_use_machine(const char *text);

/* t-host-daemon.c: the dxghostd of this machine, or NULL */
const struct t_host *t_host_daemon(void);
/* Its process, or -1. */
pid_t t_host_daemon_process(void);
/* What its virtual GPU, which has channel 1, does on the bus; 0 or an errno. */
int t_host_daemon_bus(uint32_t question);
/* Lies from now on; how many it has told since the last call. 0 or an errno. */
int t_host_daemon_lie(const struct dxghostd_lie *lie, uint64_t *ret_told);
/* How many it has told since then. */
int t_host_daemon_told(uint64_t *ret_told);
/* What the bus answers to it about a buffer list. 0 or an errno. */
int t_host_daemon_pages(const struct hvloop_pages *pages,
			struct dxghostd_reply *ret_reply);
/* SIGKILL. 0 when another one has taken its place, and the node is there. */
int t_host_daemon_kill(void);
/* 0 when it has started anew, and the node is there. */
int t_host_daemon_use_profile(const char *text);
/* The node comes with the first adapter of a profile, the others a little later. */
int t_host_daemon_wait_for_adapters(const char *text);

#endif
