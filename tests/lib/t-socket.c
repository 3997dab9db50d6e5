/* SPDX-License-Identifier: MIT */
/* Sockets between the processes of a test. */
#include "t.h"
#include "t-socket.h"

#include <errno.h>

#include <sys/socket.h>

void t_socket_pair(int ret_sockets[2])
{
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0,
				    ret_sockets), 0);
}

void t_send_descriptor(int socket, int fd)
{
	char byte = 0, control[CMSG_SPACE(sizeof(fd))] = { 0 };
	struct iovec data = { .iov_base = &byte, .iov_len = 1 };
	struct msghdr message = {
		.msg_iov = &data, .msg_iovlen = 1,
		.msg_control = control, .msg_controllen = sizeof(control),
	};
	struct cmsghdr *header = CMSG_FIRSTHDR(&message);

	header->cmsg_level = SOL_SOCKET;
	header->cmsg_type = SCM_RIGHTS;
	header->cmsg_len = CMSG_LEN(sizeof(fd));
	memcpy(CMSG_DATA(header), &fd, sizeof(fd));
	assert_int_equal(sendmsg(socket, &message, MSG_NOSIGNAL), 1);
}

int t_receive_descriptor(int socket)
{
	char byte, control[CMSG_SPACE(sizeof(int))] = { 0 };
	struct iovec data = { .iov_base = &byte, .iov_len = 1 };
	struct msghdr message = {
		.msg_iov = &data, .msg_iovlen = 1,
		.msg_control = control, .msg_controllen = sizeof(control),
	};
	int fd;

	assert_int_equal(recvmsg(socket, &message, MSG_CMSG_CLOEXEC), 1);
	assert_non_null(CMSG_FIRSTHDR(&message));
	memcpy(&fd, CMSG_DATA(CMSG_FIRSTHDR(&message)), sizeof(fd));
	return fd;
}

void t_send(int socket, const void *data, size_t size)
{
	assert_int_equal(send(socket, data, size, MSG_NOSIGNAL),
			 (ssize_t)size);
}

void t_receive(int socket, void *ret_data, size_t size)
{
	ssize_t got;

	do {
		got = recv(socket, ret_data, size, MSG_WAITALL);
	} while (got < 0 && errno == EINTR);
	assert_int_equal(got, (ssize_t)size);
}
