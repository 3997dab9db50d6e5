/* SPDX-License-Identifier: MIT */
/* The caller's eventfds, held by a descriptor of our own. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <linux/eventfd.h>
#include <linux/slab.h>

struct eventfd_ctx {
	int fd;
};

/* Without /proc all that shows is that it is no file, socket or pipe. */
static bool is_eventfd(int fd)
{
	static const char name[] = "anon_inode:[eventfd]";
	char link[40], target[sizeof(name)];
	struct stat st;
	ssize_t length;

	snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	length = readlink(link, target, sizeof(target));
	if (length < 0)
		return !fstat(fd, &st) && !(st.st_mode & S_IFMT);
	return length == sizeof(name) - 1 && !memcmp(target, name, sizeof(name) - 1);
}

/* The caller may close his number, and get it again for something else. */
struct eventfd_ctx *eventfd_ctx_fdget(int fd)
{
	struct eventfd_ctx *ctx;
	int held = fcntl(fd, F_DUPFD_CLOEXEC, 0);

	if (held < 0)
		return ERR_PTR(-errno);
	if (!is_eventfd(held)) {
		close(held);
		return ERR_PTR(-EINVAL);
	}
	ctx = kmalloc(sizeof(*ctx), GFP_KERNEL);
	if (!ctx) {
		close(held);
		return ERR_PTR(-ENOMEM);
	}
	ctx->fd = held;
	return ctx;
}

void eventfd_ctx_put(struct eventfd_ctx *ctx)
{
	close(ctx->fd);
	kfree(ctx);
}

/* A counter at its maximum stays there; nobody may have to wait for it. */
void eventfd_signal(struct eventfd_ctx *ctx)
{
	struct pollfd room = { .fd = ctx->fd, .events = POLLOUT };
	const u64 one = 1;
	ssize_t written;

	if (poll(&room, 1, 0) != 1)
		return;
	do
		written = write(ctx->fd, &one, sizeof(one));
	while (written < 0 && errno == EINTR);
}
