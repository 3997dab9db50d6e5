/* SPDX-License-Identifier: MIT */
/* The fixture of tests on the embedded device: a factory, a list, an adapter. */
#ifndef T_SUBJECT_H
#define T_SUBJECT_H

#include "t-dxcore.h"

struct t_subject {
	IDXCoreAdapterFactory1 *factory;
	IDXCoreAdapterList *list;	/* all that computes */
	IDXCoreAdapter1 *adapter;	/* the first of it */
};

/* On a device opened anew; *@state is a struct t_subject. */
int t_subject_setup(void **state, const char *device);
int t_subject_teardown(void **state);

#endif
