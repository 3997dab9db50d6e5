/* SPDX-License-Identifier: MIT */
/* What the stand-in for libdxg-soft.so has seen; found by name with dlsym(). */
#ifndef FAKE_SOFT_H
#define FAKE_SOFT_H

struct fake_soft {
	int opens;
	int closes;
	int ioctls;
	int open_errno;		/* not 0: opening fails with it */
	int ioctl_errno;	/* not 0: so does the next request, once */
	int profile_errno;
	int last_fd;
	char profile[64];	/* "(own)": back to its own choice */
};

extern struct fake_soft fake_soft;

#endif
