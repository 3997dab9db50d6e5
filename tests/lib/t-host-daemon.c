/* SPDX-License-Identifier: MIT */
/* Asks the dxghostd of the same machine. */
#include "t.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stddef.h>
#include <unistd.h>

#include <sys/socket.h>
#include <sys/un.h>

#include <dxghostd/control.h>

/* How often to look for another host; in a machine that is emulated. */
#define LOOK_MS 5

static int connect_to_host(void)
{
	struct sockaddr_un name = { .sun_family = AF_UNIX };
	socklen_t size = offsetof(struct sockaddr_un, sun_path) + 1 +
			 strlen(DXGHOSTD_NAME);
	int fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
	int error;

	memcpy(name.sun_path + 1, DXGHOSTD_NAME, strlen(DXGHOSTD_NAME));
	if (fd < 0 || !connect(fd, (struct sockaddr *)&name, size))
		return fd;
	error = errno;
	close(fd);
	errno = error;
	return -1;
}

/*
 * Linux looks for a message first and for the end of the connection then. With both
 * in between, the end comes before what was sent.
 */
static ssize_t receive(int fd, struct dxghostd_reply *ret_reply)
{
	ssize_t size = recv(fd, ret_reply, sizeof(*ret_reply), 0);

	return size ? size : recv(fd, ret_reply, sizeof(*ret_reply), 0);
}

/* 0, or an errno. */
static int ask(const struct dxghostd_request *request,
	       struct dxghostd_reply *ret_reply)
{
	int fd = connect_to_host();
	int error = 0;

	if (fd < 0)
		return errno;
	if (send(fd, request, sizeof(*request), MSG_NOSIGNAL) < 0)
		error = errno;
	else if (receive(fd, ret_reply) != (ssize_t)sizeof(*ret_reply))
		error = EPIPE;
	close(fd);
	return error ? error : ret_reply->error;
}

pid_t t_host_daemon_process(void)
{
	struct ucred peer = { .pid = -1 };
	socklen_t size = sizeof(peer);
	int fd = connect_to_host();

	if (fd < 0)
		return -1;
	getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size);
	close(fd);
	return peer.pid;
}

static int or_errno(int error)
{
	if (!error)
		return 0;
	errno = error;
	return -1;
}

static int objects(struct dxg_soft_object_counts *ret_counts)
{
	struct dxghostd_request request = { .question = DXGHOSTD_OBJECTS };
	struct dxghostd_reply reply;
	int error = ask(&request, &reply);

	if (!error)
		*ret_counts = reply.objects;
	return or_errno(error);
}

static int message_stats(uint32_t channel_kind, uint32_t command,
			 struct dxg_soft_message_stats *ret_stats)
{
	struct dxghostd_request request = {
		.question = DXGHOSTD_MESSAGES,
		.channel_kind = channel_kind,
		.command = command,
	};
	struct dxghostd_reply reply;
	int error = ask(&request, &reply);

	if (!error)
		*ret_stats = reply.messages;
	return or_errno(error);
}

static void message_stats_reset(void)
{
	struct dxghostd_request request = { .question = DXGHOSTD_MESSAGES_RESET };
	struct dxghostd_reply reply;

	ask(&request, &reply);
}

const struct t_host *t_host_daemon(void)
{
	static const struct t_host host = { objects, message_stats,
					    message_stats_reset };
	struct dxg_soft_object_counts counts;

	return objects(&counts) ? NULL : &host;
}

int t_host_daemon_bus(uint32_t question)
{
	struct dxghostd_request request = { .question = question, .channel = 1 };
	struct dxghostd_reply reply;

	return ask(&request, &reply);
}

int t_host_daemon_lie(const struct dxghostd_lie *lie, uint64_t *ret_told)
{
	struct dxghostd_request request = {
		.question = DXGHOSTD_LIE, .lie = *lie,
	};
	struct dxghostd_reply reply;
	int error = ask(&request, &reply);

	if (!error)
		*ret_told = reply.told;
	return error;
}

int t_host_daemon_told(uint64_t *ret_told)
{
	struct dxghostd_request request = { .question = DXGHOSTD_TOLD };
	struct dxghostd_reply reply;
	int error = ask(&request, &reply);

	if (!error)
		*ret_told = reply.told;
	return error;
}

int t_host_daemon_pages(const struct hvloop_pages *pages,
			struct dxghostd_reply *ret_reply)
{
	const struct dxghostd_request request = {
		.question = DXGHOSTD_PAGES, .pages = *pages,
	};

	return ask(&request, ret_reply);
}

static bool node_is_there(void)
{
	const char *node = getenv("DXG_DEVICE");
	int fd = open(node ? node : "/dev/dxg", O_RDWR | O_CLOEXEC);

	if (fd >= 0)
		close(fd);
	return fd >= 0;
}

/*
 * The node of the host before goes first; it is not mistaken for the new one. By the
 * clock: in an emulated machine each look takes a while.
 */
static int wait_for_another(void)
{
	uint64_t end = t_now_ms() + T_TIMEOUT_MS;

	while (node_is_there() && t_now_ms() < end)
		t_sleep_ms(LOOK_MS);
	while (t_now_ms() < end) {
		if (t_host_daemon() && node_is_there())
			return 0;
		t_sleep_ms(LOOK_MS);
	}
	return -1;
}

static unsigned int count_adapters(void)
{
	DIR *class = opendir("/sys/class/dxg");
	const struct dirent *entry;
	unsigned int count = 0;

	if (!class)
		return 0;
	while ((entry = readdir(class)))
		count += !strncmp(entry->d_name, "dxg", 3);
	closedir(class);
	return count;
}

int t_host_daemon_wait_for_adapters(const char *text)
{
	static const char section[] = "[adapter]";
	uint64_t end = t_now_ms() + T_TIMEOUT_MS;
	unsigned int count = 0;

	for (text = strstr(text, section); text; text = strstr(text + 1, section))
		count++;
	while (count_adapters() < count) {
		if (t_now_ms() >= end)
			return -1;
		t_sleep_ms(LOOK_MS);
	}
	return 0;
}

int t_host_daemon_use_profile(const char *text)
{
	struct dxghostd_request request = { .question = DXGHOSTD_PROFILE };
	struct dxghostd_reply reply;

	snprintf(request.profile, sizeof(request.profile), "%s", text);
	return ask(&request, &reply) ? -1 : wait_for_another();
}

int t_host_daemon_kill(void)
{
	struct ucred host;
	socklen_t size = sizeof(host);
	int fd = connect_to_host();
	int ret;

	if (fd < 0)
		return -1;
	ret = getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &host, &size);
	close(fd);
	return ret || kill(host.pid, SIGKILL) ? -1 : wait_for_another();
}
