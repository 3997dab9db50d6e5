/* SPDX-License-Identifier: MIT */
/* Answers those who look behind the device: see control.h. */
#include <errno.h>
#include <pthread.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <dxghost/dxghost.h>

#include "control.h"
#include "dxghostd.h"
#include "soft-counts.h"

static struct control {
	struct dxghost *host;
	int fd;
	const char *node;
	int socket;
} control;

static int make_socket(struct sockaddr_un *ret_name, socklen_t *ret_size)
{
	int fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);

	*ret_name = (struct sockaddr_un){ .sun_family = AF_UNIX };
	memcpy(ret_name->sun_path + 1, DXGHOSTD_NAME, strlen(DXGHOSTD_NAME));
	*ret_size = offsetof(struct sockaddr_un, sun_path) + 1 +
		    strlen(DXGHOSTD_NAME);
	return fd;
}

/*
 * The node closes by itself, and with that everything goes that was offered. While
 * a process becomes another program it can start no thread, so the guest is not
 * listened to any more.
 */
static _Noreturn void start_anew(char *profile)
{
	char *args[] = { (char *)"dxghostd", (char *)"-d",
			 (char *)control.node, (char *)"-p", profile, NULL };

	lanes_stop();
	execv("/proc/self/exe", args);
	perror("dxghostd: cannot start anew");
	exit(1);
}

/* The guest's driver has done what it has to do when this returns. */
static int change_bus(const struct dxghostd_request *request)
{
	static const unsigned long requests[] = {
		[DXGHOSTD_PLUG] = HVLOOP_PLUG,
		[DXGHOSTD_UNPLUG] = HVLOOP_UNPLUG,
		[DXGHOSTD_OFFER] = HVLOOP_OFFER,
		[DXGHOSTD_RESCIND] = HVLOOP_RESCIND,
	};
	uint32_t channel = request->channel;

	return ioctl(control.fd, requests[request->question], &channel) ?
	       errno : 0;
}

/* A bad address is passed on: it is for the bus to find out. */
static int tell_pages(struct hvloop_pages *pages, struct dxghostd_reply *reply)
{
	if (!pages->pfns && pages->count > DXGHOSTD_PFNS_MAX)
		return EINVAL;
	if (!pages->pfns)
		pages->pfns = (uintptr_t)reply->pfns;
	if (ioctl(control.fd, HVLOOP_PAGES, pages))
		return errno;
	reply->pages = pages->total;
	return 0;
}

static void answer(int fd, struct dxghostd_request *request)
{
	struct dxghostd_reply reply = { .error = 0 };

	switch (request->question) {
	case DXGHOSTD_OBJECTS:
		soft_count_objects(control.host, &reply.objects);
		break;
	case DXGHOSTD_MESSAGES:
		reply.error = -soft_count_messages(control.host,
						   request->channel_kind,
						   request->command,
						   &reply.messages);
		break;
	case DXGHOSTD_MESSAGES_RESET:
		dxghost_message_stats_reset(control.host);
		break;
	case DXGHOSTD_PROFILE:
		request->profile[DXGHOSTD_PROFILE_MAX - 1] = '\0';
		break;
	case DXGHOSTD_PLUG:
	case DXGHOSTD_UNPLUG:
	case DXGHOSTD_OFFER:
	case DXGHOSTD_RESCIND:
		reply.error = change_bus(request);
		break;
	case DXGHOSTD_LIE:
		reply.error = lies_set(&request->lie, &reply.told);
		break;
	case DXGHOSTD_TOLD:
		reply.told = lies_told();
		break;
	case DXGHOSTD_PAGES:
		reply.error = tell_pages(&request->pages, &reply);
		break;
	default:
		reply.error = EINVAL;
	}
	if (send(fd, &reply, sizeof(reply), MSG_NOSIGNAL) ==
	    (ssize_t)sizeof(reply) && request->question == DXGHOSTD_PROFILE)
		start_anew(request->profile);
}

static void *serve_one(void *context)
{
	struct dxghostd_request request;
	int fd = (int)(intptr_t)context;

	if (recv(fd, &request, sizeof(request), 0) == (ssize_t)sizeof(request))
		answer(fd, &request);
	close(fd);
	return NULL;
}

/* A thread each: a change of the bus takes as long as the guest does. */
static void *serve(void *context)
{
	pthread_t thread;
	int fd;

	(void)context;
	for (;;) {
		fd = accept4(control.socket, NULL, NULL, SOCK_CLOEXEC);
		if (fd < 0)
			continue;
		if (pthread_create(&thread, NULL, serve_one,
				   (void *)(intptr_t)fd))
			close(fd);
		else
			pthread_detach(thread);
	}
	return NULL;
}

int control_start(struct dxghost *host, int fd, const char *node)
{
	struct sockaddr_un name;
	pthread_t thread;
	socklen_t size;

	control.host = host;
	control.fd = fd;
	control.node = node;
	control.socket = make_socket(&name, &size);
	if (control.socket < 0 ||
	    bind(control.socket, (struct sockaddr *)&name, size) ||
	    listen(control.socket, 8)) {
		perror("dxghostd: no socket");
		return -1;
	}
	return pthread_create(&thread, NULL, serve, NULL);
}

int control_ask_counts(struct dxg_soft_object_counts *ret_counts)
{
	struct dxghostd_request request = { .question = DXGHOSTD_OBJECTS };
	struct dxghostd_reply reply;
	struct sockaddr_un name;
	socklen_t size;
	int fd = make_socket(&name, &size);

	if (fd < 0 || connect(fd, (struct sockaddr *)&name, size) ||
	    send(fd, &request, sizeof(request), 0) < 0 ||
	    recv(fd, &reply, sizeof(reply), 0) != (ssize_t)sizeof(reply)) {
		perror("dxghostd: none answers");
		return -1;
	}
	close(fd);
	*ret_counts = reply.objects;
	return 0;
}
