/* SPDX-License-Identifier: MIT */
/* What tells an open file of ours from another that got its number. */
#include "open-file.h"

#include <sys/stat.h>

struct dxg_open_file dxg_open_file_at(int fd)
{
	struct stat status;

	if (fstat(fd, &status))
		return (struct dxg_open_file){ 0 };
	return (struct dxg_open_file){
		.device = status.st_dev,
		.inode = status.st_ino,
		.node = status.st_rdev,
	};
}

bool dxg_open_file_is(const struct dxg_open_file *file, int fd)
{
	struct dxg_open_file now = dxg_open_file_at(fd);

	return now.inode && now.device == file->device && now.inode == file->inode &&
	       now.node == file->node;
}
