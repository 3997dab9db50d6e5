/* SPDX-License-Identifier: MIT */
/* Open files of the driver's making, behind descriptors of the program. */
#ifndef DXGK_USER_FS_H
#define DXGK_USER_FS_H

#include <linux/module.h>
#include <linux/refcount.h>
#include <linux/types.h>

struct file;
struct inode;

struct file_operations {
	struct module *owner;
	int (*release)(struct inode *inode, struct file *file);
};

/* @ino, @ends: the pipe behind it; see file.c. */
struct file {
	const struct file_operations *f_op;
	void *private_data;
	/* private: */
	refcount_t refs;
	unsigned long ino;
	int ends[2];
};

#endif
