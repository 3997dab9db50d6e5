/* SPDX-License-Identifier: MIT */
/* Files behind descriptors: found, kept, and released at the last close. */
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <linux/anon_inodes.h>
#include <linux/file.h>

#include "slice-test.h"
#include "slice.h"

static unsigned int released;
static unsigned int module_users;

static int count_release(struct inode *inode, struct file *file)
{
	assert_null(inode);
	assert_ptr_equal(file->private_data, &released);
	released++;
	return 0;
}

static void get(void)
{
	module_users++;
}

static void put(void)
{
	module_users--;
}

static struct module owner = { .get = get, .put = put };
static const struct file_operations fops = {
	.owner = &owner,
	.release = count_release,
};

/* As a driver does it: number, file, install. */
static int make(void)
{
	struct file *file = anon_inode_getfile("[test]", &fops, &released, O_RDWR);
	int fd;

	assert_false(IS_ERR(file));
	fd = get_unused_fd_flags(O_CLOEXEC);
	assert_true(fd >= 0);
	fd_install((unsigned int)fd, file);
	return fd;
}

static void file_is_found_by_its_number(void **state)
{
	int fd = make();
	struct file *file = fget((unsigned int)fd);

	(void)state;
	released = 0;
	assert_ptr_equal(file->f_op, &fops);
	assert_ptr_equal(file->private_data, &released);
	assert_true(fcntl(fd, F_GETFD) & FD_CLOEXEC);
	fput(file);
	dxgk_user_files_reap();
	assert_int_equal(released, 0);
	assert_int_equal(module_users, 1);
	close(fd);
	dxgk_user_files_reap();
	assert_int_equal(released, 1);
	assert_int_equal(module_users, 0);
	assert_null(fget((unsigned int)fd));
}

static void reference_outlives_the_descriptor(void **state)
{
	int fd = make();
	struct file *file = fget((unsigned int)fd);

	(void)state;
	released = 0;
	close(fd);
	dxgk_user_files_reap();
	dxgk_user_files_reap();
	assert_int_equal(released, 0);
	fput(file);
	assert_int_equal(released, 1);
}

static void last_duplicate_counts(void **state)
{
	int fd = make(), copy = dup(fd), third = dup(copy);
	struct file *file, *same;

	(void)state;
	released = 0;
	close(fd);
	file = fget((unsigned int)copy);
	same = fget((unsigned int)third);
	assert_ptr_equal(file, same);
	fput(file);
	fput(same);
	close(third);
	dxgk_user_files_reap();
	assert_int_equal(released, 0);
	close(copy);
	dxgk_user_files_reap();
	assert_int_equal(released, 1);
}

static void child_counts(void **state)
{
	int fd = make(), gate[2], status;
	char byte;
	pid_t child;

	(void)state;
	released = 0;
	assert_int_equal(pipe(gate), 0);
	child = fork();
	assert_true(child >= 0);
	if (!child) {
		close(gate[1]);
		_exit(read(gate[0], &byte, 1) != 0);
	}
	close(gate[0]);
	close(fd);
	dxgk_user_files_reap();
	assert_int_equal(released, 0);
	close(gate[1]);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	dxgk_user_files_reap();
	assert_int_equal(released, 1);
}

/* More than are looked at in one go. */
static void many_go_at_once(void **state)
{
	int fds[100];
	size_t i;

	(void)state;
	released = 0;
	for (i = 0; i < ARRAY_SIZE(fds); i++)
		fds[i] = make();
	assert_int_equal(module_users, ARRAY_SIZE(fds));
	for (i = 0; i < ARRAY_SIZE(fds); i++)
		close(fds[i]);
	dxgk_user_files_reap();
	assert_int_equal(released, ARRAY_SIZE(fds));
	assert_int_equal(module_users, 0);
}

static void file_that_nobody_gets_is_released(void **state)
{
	struct file *file = anon_inode_getfile("[test]", &fops, &released, O_RDWR);
	int fd = get_unused_fd_flags(0);

	(void)state;
	released = 0;
	assert_false(IS_ERR(file));
	assert_false(fcntl(fd, F_GETFD) & FD_CLOEXEC);
	put_unused_fd((unsigned int)fd);
	assert_int_equal(fcntl(fd, F_GETFD), -1);
	fput(file);
	assert_int_equal(released, 1);
	assert_int_equal(module_users, 0);
}

static void files_of_others_are_told_apart(void **state)
{
	struct file *file;
	int pipe_ends[2];

	(void)state;
	assert_int_equal(pipe(pipe_ends), 0);
	file = fget((unsigned int)pipe_ends[1]);
	assert_non_null(file);
	assert_null(file->f_op);
	fput(file);
	close(pipe_ends[0]);
	close(pipe_ends[1]);
	file = fget(0);
	assert_true(!file || !file->f_op);
	if (file)
		fput(file);
	assert_null(fget((unsigned int)pipe_ends[1]));
	assert_null(fget(UINT_MAX));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(file_is_found_by_its_number),
		cmocka_unit_test(reference_outlives_the_descriptor),
		cmocka_unit_test(last_duplicate_counts),
		cmocka_unit_test(child_counts),
		cmocka_unit_test(many_go_at_once),
		cmocka_unit_test(file_that_nobody_gets_is_released),
		cmocka_unit_test(files_of_others_are_told_apart),
	};

	return cmocka_run_group_tests_name("file", tests, NULL, NULL);
}
