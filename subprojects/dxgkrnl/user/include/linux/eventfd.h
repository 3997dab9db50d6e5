/* SPDX-License-Identifier: MIT */
/* The caller's eventfd descriptors. */
#ifndef DXGK_USER_EVENTFD_H
#define DXGK_USER_EVENTFD_H

#include <linux/err.h>
#include <linux/types.h>

struct eventfd_ctx;

/* ERR_PTR(-EBADF): not open, ERR_PTR(-EINVAL): no eventfd. */
struct eventfd_ctx *eventfd_ctx_fdget(int fd);
void eventfd_ctx_put(struct eventfd_ctx *ctx);
/* Adds 1, as in Linux 6.8 and later. */
void eventfd_signal(struct eventfd_ctx *ctx);

#endif
