/* SPDX-License-Identifier: MIT */
/* The C library's string functions and what the kernel adds. */
#ifndef DXGK_USER_STRING_H
#define DXGK_USER_STRING_H

#include <string.h>
#include <strings.h>

#include <linux/compiler.h>
#include <linux/types.h>

/* Address of the first byte that is not @c, NULL when all are. */
void *memchr_inv(const void *start, int c, size_t size);
/* Length of the copy, -E2BIG when it was cut off; always terminated. */
ssize_t strscpy(char *to, const char *from, size_t size);
ssize_t strscpy_pad(char *to, const char *from, size_t size);
#define memzero_explicit(p, size)	explicit_bzero(p, size)

/* Copies of the caller's memory, or ERR_PTR(); to be freed with kfree(). */
void *memdup_user(const void __user *from, size_t size);
/* To be freed with kvfree(). */
void *vmemdup_user(const void __user *from, size_t size);

/* These live in slab.c. */
void *kmemdup(const void *src, size_t size, gfp_t flags)
	__malloc __attribute__((__alloc_size__(2)));
char *kstrdup(const char *src, gfp_t flags) __malloc;

#endif
