/* SPDX-License-Identifier: MIT */
/* What libdxg calls: open, ioctl and close of the embedded device. */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <linux/err.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/rcupdate.h>
#include <linux/refcount.h>
#include <linux/slab.h>
#include <linux/xarray.h>

#include "dxgkrnl.h"
#include "fault.h"
#include "slice.h"
#include "soft-counts.h"
#include "soft-machine.h"

/* An open file. Calls in progress hold it, so it may outlive its descriptor. */
struct soft_file {
	refcount_t ref;
	struct dxgk_file *file;
	struct rcu_head rcu;
};

/*
 * @machine, @machine_files (the open files on it, those of shared objects
 * included), @profile and @left are guarded by @lock, which is held while the
 * machine starts and stops; a file keeps the machine. @files has the files by
 * descriptor.
 */
static DEFINE_MUTEX(lock);
static struct soft_machine *machine;
static unsigned int machine_files;
static char profile[16384];
static struct dxg_soft_object_counts left;
static DEFINE_XARRAY(files);

/*
 * What a forked child has of its parents' machines: never used, but still
 * pointed to, so that checkers for leaks see that it was not forgotten.
 */
struct abandoned {
	struct abandoned *before;
	struct soft_machine *machine;
	struct xarray files;
};
static struct abandoned *abandoned;
/* The blocks in them. */
static uint64_t abandoned_blocks;

static void begin_anew(void)
{
	struct abandoned *old = NULL;

	if (machine || !xa_empty(&files))
		old = calloc(1, sizeof(*old));
	if (old) {
		old->before = abandoned;
		old->machine = machine;
		old->files = files;
		abandoned = old;
	}
	if (machine)
		soft_machine_abandon(machine);
	machine = NULL;
	machine_files = 0;
	memset(&left, 0, sizeof(left));
	abandoned_blocks = dxgk_user_blocks() - dxgk_user_xa_nodes();
	mutex_init(&lock);
	xa_init(&files);
	dxgk_user_files_after_fork();
	dxgk_user_rcu_after_fork();
	dxgk_user_task_after_fork();
	dxgk_user_workqueue_after_fork();
	soft_fault_after_fork();
}

static void watch_forks(void)
{
	pthread_atfork(NULL, NULL, begin_anew);
}

/* ioctl(2) and the like are no cancellation points, locks would stay held. */
static int enter(void)
{
	int state;

	pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &state);
	return state;
}

static int leave(int state, long result)
{
	pthread_setcancelstate(state, NULL);
	if (result >= 0)
		return (int)result;
	errno = (int)-result;
	return -1;
}

static const char *chosen_profile(void)
{
	return profile[0] ? profile : getenv("DXGHOST_PROFILE");
}

/* Under @lock. */
static int machine_start(void)
{
	struct soft_machine *fresh = calloc(1, sizeof(*fresh));
	int error;

	if (!fresh)
		return -ENOMEM;
	error = soft_machine_start(fresh, chosen_profile(), &left);
	if (error)
		free(fresh);
	else
		machine = fresh;
	return error;
}

static struct soft_machine *machine_get(void)
{
	struct soft_machine *got;
	int error = 0;

	mutex_lock(&lock);
	if (!machine)
		error = machine_start();
	if (!error)
		machine_files++;
	got = machine;
	mutex_unlock(&lock);
	return error ? ERR_PTR(error) : got;
}

static void machine_put(void)
{
	mutex_lock(&lock);
	if (!--machine_files) {
		soft_machine_stop(machine, &left);
		free(machine);
		machine = NULL;
	}
	mutex_unlock(&lock);
}

/* A file that the driver has made, in one of its calls. */
static void module_get(void)
{
	mutex_lock(&lock);
	machine_files++;
	mutex_unlock(&lock);
}

struct module dxgk_user_module = {
	.get = module_get,
	.put = machine_put,
};

static void file_put(struct soft_file *file)
{
	if (!refcount_dec_and_test(&file->ref))
		return;
	dxgk_file_release(file->file);
	kfree_rcu(file, rcu);
	machine_put();
}

static struct soft_file *file_get(int fd)
{
	struct soft_file *file;

	if (fd < 0)
		return NULL;
	rcu_read_lock();
	file = xa_load(&files, (unsigned long)fd);
	if (file && !refcount_inc_not_zero(&file->ref))
		file = NULL;
	rcu_read_unlock();
	return file;
}

/* A number of our own that reads as empty and cannot be written. */
static int make_placeholder(void)
{
	int fd = memfd_create("dxg-soft", MFD_CLOEXEC | MFD_ALLOW_SEALING);

	if (fd < 0)
		return -errno;
	fcntl(fd, F_ADD_SEALS, F_SEAL_GROW | F_SEAL_SHRINK | F_SEAL_WRITE |
				       F_SEAL_SEAL);
	return fd;
}

static int file_open(struct soft_file **ret_file)
{
	struct soft_file *file = kzalloc(sizeof(*file), GFP_KERNEL);
	struct soft_machine *on;
	int error;

	if (!file)
		return -ENOMEM;
	on = machine_get();
	error = PTR_ERR_OR_ZERO(on);
	if (error)
		goto err_free;
	error = dxgk_file_open(on->global, &file->file);
	if (error)
		goto err_machine;
	refcount_set(&file->ref, 1);
	*ret_file = file;
	return 0;

err_machine:
	machine_put();
err_free:
	kfree(file);
	return error;
}

/*
 * The number may be in the table still, when somebody has closed it with
 * close(2): then that file is closed now.
 */
static int install(struct soft_file *file)
{
	struct soft_file *stale;
	int fd = make_placeholder();

	if (fd < 0)
		return fd;
	stale = xa_store(&files, (unsigned long)fd, file, GFP_KERNEL);
	if (xa_is_err(stale)) {
		close(fd);
		return xa_err(stale);
	}
	if (stale)
		file_put(stale);
	return fd;
}

int dxg_soft_open(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	int state = enter();
	struct soft_file *file;
	int result;

	pthread_once(&once, watch_forks);
	dxgk_user_files_reap();
	result = file_open(&file);
	if (!result) {
		result = install(file);
		if (result < 0)
			file_put(file);
	}
	return leave(state, result);
}

int dxg_soft_ioctl(int fd, unsigned long request, void *args)
{
	struct soft_file *file = file_get(fd);
	int before = errno;
	int state;
	long result;

	if (!file) {
		if (fcntl(fd, F_GETFD) >= 0)
			errno = ENOTTY;
		return -1;
	}
	state = enter();
	dxgk_user_files_reap();
	result = dxgk_file_ioctl(file->file, (unsigned int)request,
				 (unsigned long)args);
	file_put(file);
	errno = before;
	return leave(state, result);
}

int dxg_soft_close(int fd)
{
	struct soft_file *file = NULL;
	int state = enter();
	int result;

	if (fd >= 0)
		file = xa_erase(&files, (unsigned long)fd);
	result = close(fd) ? -errno : 0;
	if (file)
		file_put(file);
	dxgk_user_files_reap();
	return leave(state, result);
}

int dxg_soft_set_profile(const char *text)
{
	int result = 0;

	dxgk_user_files_reap();
	mutex_lock(&lock);
	if (machine)
		result = -EBUSY;
	else if (!text)
		profile[0] = '\0';
	else if (strlen(text) >= sizeof(profile))
		result = -E2BIG;
	else
		strcpy(profile, text);
	mutex_unlock(&lock);
	if (!result)
		return 0;
	errno = -result;
	return -1;
}

int dxg_soft_message_stats(uint32_t channel_kind, uint32_t command,
			   struct dxg_soft_message_stats *ret_stats)
{
	int result = -ENODEV;

	if (!ret_stats) {
		errno = EINVAL;
		return -1;
	}
	mutex_lock(&lock);
	if (machine)
		result = soft_count_messages(machine->host, channel_kind,
					     command, ret_stats);
	mutex_unlock(&lock);
	if (!result)
		return 0;
	errno = -result;
	return -1;
}

void dxg_soft_message_stats_reset(void)
{
	mutex_lock(&lock);
	if (machine)
		dxghost_message_stats_reset(machine->host);
	mutex_unlock(&lock);
}

int dxg_soft_host_objects(struct dxg_soft_object_counts *ret_counts)
{
	if (!ret_counts) {
		errno = EINVAL;
		return -1;
	}
	dxgk_user_files_reap();
	mutex_lock(&lock);
	if (machine)
		soft_machine_count(machine, &left);
	*ret_counts = left;
	mutex_unlock(&lock);
	return 0;
}

int dxg_soft_remove_adapter(uint32_t index)
{
	int state = enter();
	int result = -ENODEV;

	mutex_lock(&lock);
	if (machine)
		result = soft_machine_remove_adapter(machine, index);
	mutex_unlock(&lock);
	return leave(state, result);
}

int dxg_soft_return_adapter(uint32_t index)
{
	int state = enter();
	int result = -ENODEV;

	mutex_lock(&lock);
	if (machine)
		result = soft_machine_return_adapter(machine, index);
	mutex_unlock(&lock);
	return leave(state, result);
}

uint64_t dxg_soft_fail_allocation(uint64_t nth)
{
	return dxgk_user_fail_allocation(nth);
}

/* Whatever the last fault has caused is done before its test goes on. */
uint64_t dxg_soft_fail_message(uint64_t nth, int how)
{
	uint64_t before;

	if (how < DXG_SOFT_MESSAGE_LOST || how > DXG_SOFT_HOST_GONE) {
		errno = EINVAL;
		return UINT64_MAX;
	}
	before = soft_fault_set(0, how);
	mutex_lock(&lock);
	if (machine)
		soft_fault_settle(machine);
	mutex_unlock(&lock);
	soft_fault_set(nth, how);
	return before;
}

uint64_t dxg_soft_driver_blocks(void)
{
	rcu_barrier();
	return dxgk_user_blocks() - dxgk_user_xa_nodes() - abandoned_blocks;
}
