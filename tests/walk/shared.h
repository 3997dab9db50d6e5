/* SPDX-License-Identifier: MIT */
/* Objects that all threads use, and destroy under one another's feet. */
#ifndef WALK_SHARED_H
#define WALK_SHARED_H

#include "walk.h"

/* Before the threads begin and after they have ended. */
void walk_shared_begin(bool tight);
void walk_shared_end(struct walk *w);
/* Some use, creation or destruction of a random object. */
void walk_shared_step(struct walk *w);
/* No device is made any more, and all are destroyed: that ends every wait. */
void walk_shared_close(struct walk *w);

#endif
