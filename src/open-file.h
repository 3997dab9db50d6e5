/* SPDX-License-Identifier: MIT */
/*
 * What tells an open file of ours from another that got its number, because
 * somebody has closed all descriptors.
 */
#ifndef DXG_SRC_OPEN_FILE_H
#define DXG_SRC_OPEN_FILE_H

#include <stdbool.h>

#include <sys/types.h>

struct dxg_open_file {
	dev_t device;
	ino_t inode;
	dev_t node;
};

/* What is open at @fd; nothing is ever found to be the file of a bad one. */
struct dxg_open_file dxg_open_file_at(int fd);

bool dxg_open_file_is(const struct dxg_open_file *file, int fd);

#endif
