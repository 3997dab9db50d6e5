/* SPDX-License-Identifier: MIT */
/* Fuzzing a node of the kernel's. */
#ifndef FUZZ_NODE_H
#define FUZZ_NODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define FUZZ_NODE_INPUT_MAX 1024u

/* node.c: before anything else of device.h, and after; the host is an unused one then. */
void fuzz_node_start(void);
void fuzz_node_end(void);

/* fuzz-node.c: prints the input that is being run, in hexadecimal. */
void fuzz_node_show_input(void);

/*
 * cover.c: which code of the modules an input has run, where the kernel tells
 * (KCOV). Without it nothing is ever new.
 */
bool fuzz_cover_start(void);
void fuzz_cover_begin(void);
/* True if the input has been where none was before. */
bool fuzz_cover_end(void);
unsigned int fuzz_cover_count(void);

/*
 * mutate.c: changes @size bytes of @data, at most FUZZ_NODE_INPUT_MAX, and takes
 * some from @other; returns how many they are then.
 */
size_t fuzz_mutate(uint8_t *data, size_t size, const uint8_t *other,
		   size_t other_size);
/* Random numbers: what they begin with; 0 .. @n - 1. */
void fuzz_mutate_seed(uint64_t seed);
size_t fuzz_mutate_below(size_t n);

#endif
