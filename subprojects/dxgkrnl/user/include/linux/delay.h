/* SPDX-License-Identifier: MIT */
/* Sleeping for a while. */
#ifndef DXGK_USER_DELAY_H
#define DXGK_USER_DELAY_H

void msleep(unsigned int ms);
void usleep_range(unsigned long least, unsigned long most);

#endif
