/* SPDX-License-Identifier: MIT */
/*
 * Files of the driver behind descriptors of the program. Each is a pipe: the
 * program has the end for writing, with all the copies that dup(), fork() and
 * sockets make of it, and we keep the other one, which hangs up when the last
 * of them is closed. Both ends have the same inode number, by which a descriptor
 * is recognised.
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <linux/anon_inodes.h>
#include <linux/atomic.h>
#include <linux/bug.h>
#include <linux/file.h>
#include <linux/kernel.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/xarray.h>

#include "slice.h"

#define END_KEPT	0
#define END_GIVEN	1

/* Without a machine nothing has to be kept; soft-entry.c has the other one. */
__attribute__((weak)) struct module dxgk_user_module;

/* Installed files by inode number; the lock is held from look-up to reference. */
static DEFINE_XARRAY(installed);
/* @watch: epoll on the kept ends, -1 while there is none. */
static DEFINE_MUTEX(watch_lock);
static int watch = -1;
static unsigned int watched;
/* What fget() answers for descriptors of others. */
static struct file foreign;

/* What a forked child has of its parents: for checkers of leaks, never used. */
struct abandoned {
	struct abandoned *before;
	struct xarray installed;
};
static struct abandoned *abandoned;

/*
 * The library must stay while a descriptor of the program's needs it. It knows
 * no other way than never to be unloaded again.
 */
static void stay_loaded(void)
{
	Dl_info info;

	if (dladdr(&installed, &info) && info.dli_fname)
		dlopen(info.dli_fname, RTLD_LAZY | RTLD_NOLOAD | RTLD_NODELETE);
}

static int watch_file(struct file *file)
{
	struct epoll_event event = { .events = 0, .data.u64 = file->ino };
	int result = 0;

	mutex_lock(&watch_lock);
	if (watch < 0) {
		stay_loaded();
		watch = epoll_create1(EPOLL_CLOEXEC);
	}
	if (watch < 0 ||
	    epoll_ctl(watch, EPOLL_CTL_ADD, file->ends[END_KEPT], &event))
		result = -errno;
	else
		WRITE_ONCE(watched, watched + 1);
	if (watch >= 0 && !watched) {
		close(watch);
		watch = -1;
	}
	mutex_unlock(&watch_lock);
	return result;
}

static void unwatch_file(struct file *file)
{
	mutex_lock(&watch_lock);
	epoll_ctl(watch, EPOLL_CTL_DEL, file->ends[END_KEPT], NULL);
	WRITE_ONCE(watched, watched - 1);
	if (!watched) {
		close(watch);
		watch = -1;
	}
	mutex_unlock(&watch_lock);
}

struct file *anon_inode_getfile(const char *name,
				const struct file_operations *fops, void *priv,
				int flags)
{
	struct file *file = kzalloc(sizeof(*file), GFP_KERNEL);
	struct stat st;
	int error;

	(void)name;
	(void)flags;
	if (!file)
		return ERR_PTR(-ENOMEM);
	if (pipe2(file->ends, O_CLOEXEC)) {
		error = -errno;
		goto err_free;
	}
	error = fstat(file->ends[END_KEPT], &st) ? -errno : 0;
	if (error)
		goto err_close;
	file->ino = st.st_ino;
	/* The place in the table is taken now: fd_install() must not fail. */
	error = xa_reserve(&installed, file->ino, GFP_KERNEL);
	if (error)
		goto err_close;
	error = watch_file(file);
	if (error)
		goto err_release;
	file->f_op = fops;
	file->private_data = priv;
	refcount_set(&file->refs, 1);
	if (fops->owner && fops->owner->get)
		fops->owner->get();
	return file;

err_release:
	xa_release(&installed, file->ino);
err_close:
	close(file->ends[END_KEPT]);
	close(file->ends[END_GIVEN]);
err_free:
	kfree(file);
	return ERR_PTR(error);
}

void fput(struct file *file)
{
	struct module *owner;

	if (file == &foreign || !refcount_dec_and_test(&file->refs))
		return;
	owner = file->f_op->owner;
	file->f_op->release(NULL, file);
	unwatch_file(file);
	if (file->ends[END_GIVEN] >= 0) {
		xa_release(&installed, file->ino);
		close(file->ends[END_GIVEN]);
	}
	close(file->ends[END_KEPT]);
	kfree(file);
	if (owner && owner->put)
		owner->put();
}

struct file *fget(unsigned int fd)
{
	struct file *file;
	struct stat st;

	if (fstat((int)fd, &st))
		return NULL;
	if (!S_ISFIFO(st.st_mode))
		return &foreign;
	/* While it is here, the copies of the descriptor hold a reference. */
	xa_lock(&installed);
	file = xa_load(&installed, st.st_ino);
	if (file)
		refcount_inc(&file->refs);
	xa_unlock(&installed);
	return file ? file : &foreign;
}

int get_unused_fd_flags(unsigned int flags)
{
	int fd = eventfd(0, flags & O_CLOEXEC ? EFD_CLOEXEC : 0);

	return fd < 0 ? -errno : fd;
}

void put_unused_fd(unsigned int fd)
{
	close((int)fd);
}

/* The given end moves to the number that has been kept for it. */
void fd_install(unsigned int fd, struct file *file)
{
	int flags = fcntl((int)fd, F_GETFD) & FD_CLOEXEC ? O_CLOEXEC : 0;
	int given = file->ends[END_GIVEN];

	file->ends[END_GIVEN] = -1;
	WARN_ON(xa_is_err(xa_store(&installed, file->ino, file, GFP_KERNEL)));
	dup3(given, (int)fd, flags);
	close(given);
}

/* Files whose last descriptor has been closed since. */
void dxgk_user_files_reap(void)
{
	struct epoll_event events[16];
	unsigned int released;
	struct file *file;
	int count, i;

	if (!READ_ONCE(watched))
		return;
	do {
		mutex_lock(&watch_lock);
		count = watch < 0 ? 0 :
			epoll_wait(watch, events, ARRAY_SIZE(events), 0);
		mutex_unlock(&watch_lock);
		released = 0;
		/* Those that a call still holds come up again and again. */
		for (i = 0; i < count; i++) {
			file = xa_erase(&installed, events[i].data.u64);
			if (!file)
				continue;
			fput(file);
			released++;
		}
	} while (released == ARRAY_SIZE(events));
}

/*
 * The copies of the kept ends stay open in the child: which they are can no
 * longer be told, and they keep nobody from noticing the last close.
 */
void dxgk_user_files_after_fork(void)
{
	struct abandoned *old = watched ? calloc(1, sizeof(*old)) : NULL;

	if (old) {
		old->before = abandoned;
		old->installed = installed;
		abandoned = old;
	}
	mutex_init(&watch_lock);
	if (watch >= 0)
		close(watch);
	watch = -1;
	watched = 0;
	xa_init(&installed);
}
