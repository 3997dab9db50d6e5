/* SPDX-License-Identifier: MIT */
/* From descriptors to files and back. */
#ifndef DXGK_USER_FILE_H
#define DXGK_USER_FILE_H

#include <linux/fs.h>

/*
 * NULL: not open. A file of somebody else's has no f_op, that is all that can
 * be said about it.
 */
struct file *fget(unsigned int fd);
void fput(struct file *file);

/* A number that nobody else gets, until it is put back or installed. */
int get_unused_fd_flags(unsigned int flags);
void put_unused_fd(unsigned int fd);
/* The reference of the caller becomes that of all copies of the descriptor. */
void fd_install(unsigned int fd, struct file *file);

#endif
