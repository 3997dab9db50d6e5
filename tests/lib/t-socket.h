/* SPDX-License-Identifier: MIT */
/* Descriptors, and words about them, from one process to another. */
#ifndef T_SOCKET_H
#define T_SOCKET_H

#include <stddef.h>

/* Two connected sockets of AF_UNIX, closed by exec. */
void t_socket_pair(int ret_sockets[2]);

/* By SCM_RIGHTS; one message each. The copy is closed by exec. */
void t_send_descriptor(int socket, int fd);
int t_receive_descriptor(int socket);

/* All of it, or the test fails. */
void t_send(int socket, const void *data, size_t size);
void t_receive(int socket, void *ret_data, size_t size);

#endif
