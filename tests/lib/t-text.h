/* SPDX-License-Identifier: MIT */
/* What a kernel tells in small text files. */
#ifndef T_TEXT_H
#define T_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define T_TEXT_MAX (256 * 1024)

/* All of a file, terminated; fails the test if it cannot be read, or is longer. */
char *t_read_text(const char *path);
/* The same without the line break at its end, of a file of one line. */
char *t_read_line(const char *path);
void t_write_text(const char *path, const char *text);
bool t_path_exists(const char *path);

/*
 * The value in the line "KEY:<white space>VALUE" of @text, in memory of the next call;
 * NULL if there is no such line.
 */
const char *t_text_value(const char *text, const char *key);
/* In bytes: a value with " KiB" or " MiB"; fails the test if there is none. */
uint64_t t_text_size(const char *text, const char *key);

#endif
