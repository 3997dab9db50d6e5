/* SPDX-License-Identifier: MIT */
/*
 * The device, and between inputs: a machine that stays up, for that is most work.
 * device.c has the embedded one, node.c a node of the kernel's.
 */
#ifndef FUZZ_DEVICE_H
#define FUZZ_DEVICE_H

#include <stdbool.h>

/* Choices of a machine; larger numbers mean the first. */
#define FUZZ_PROFILES 5u
extern const char *const fuzz_profiles[FUZZ_PROFILES];

/* Ends the process with a message: something is found. */
void fuzz_fail(const char *what);

/* As the system's calls; the close answers nothing. */
int fuzz_device_open(void);
int fuzz_device_ioctl(int fd, unsigned long request, void *args);
void fuzz_device_close(int fd);
/* What was closed by the system's call may be taken down. */
void fuzz_device_settle(void);

/*
 * Sees to it that the machine of that choice is what the next open finds, and
 * that it is up already, unless @fresh: then the open brings it up.
 */
void fuzz_device_choose(unsigned int choice, bool fresh);
/*
 * After the last close: is all as it was before the open? @patient: waits for
 * what the host is still about, and says what is wrong.
 */
bool fuzz_device_is_clean(bool patient);
void fuzz_device_stop(void);

#endif
