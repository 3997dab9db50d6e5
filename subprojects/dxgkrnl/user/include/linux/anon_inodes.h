/* SPDX-License-Identifier: MIT */
/* Files that are in no file system. */
#ifndef DXGK_USER_ANON_INODES_H
#define DXGK_USER_ANON_INODES_H

#include <linux/err.h>
#include <linux/fs.h>

/* @flags are not looked at. ERR_PTR on failure. */
struct file *anon_inode_getfile(const char *name,
				const struct file_operations *fops, void *priv,
				int flags);

#endif
