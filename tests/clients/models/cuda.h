/* SPDX-License-Identifier: MIT */
/* The library that stands in for libcuda. */
#ifndef CUDA_H
#define CUDA_H

#define CUDA_SUCCESS		0
#define CUDA_ERROR_NO_DEVICE	100

/* Adapters are there, and the first of them takes a device. */
int cuInit(unsigned int flags);

#endif
