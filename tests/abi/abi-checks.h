/* SPDX-License-Identifier: MIT */
/* What the generated checks are made of. */
#ifndef ABI_CHECKS_H
#define ABI_CHECKS_H

#include <stddef.h>
#include <string.h>

#include <dxg/d3dkmthk.h>
#include <dxg/uapi.h>

/* So many rows of a file became checks. */
struct abi_count {
	const char *file;
	unsigned int rows;
};

extern const struct abi_count abi_counts_wide[];
extern const struct abi_count abi_counts_utf16[];

/* Checks that are made when the test runs. */
extern const unsigned int abi_bits_wide;
extern const unsigned int abi_bits_utf16;

void abi_check_bits_wide(void);
void abi_check_bits_utf16(void);

/* Of @object, exactly @width bits are set, from @first of the word at @offset. */
void abi_expect_bits(const char *name, const void *object, size_t size,
		     size_t offset, unsigned int first, unsigned int width);

void abi_expect_equal(const char *name, size_t value, size_t wanted);

/* Called at the end of each of them. */
void abi_check_made(void);

#define BASIC(type, meaning, bytes, alignment)				\
	SIZE(type, bytes, alignment)					\
	_Static_assert(__builtin_types_compatible_p(type, meaning), #type);

#define SIZE(type, bytes, alignment)					\
	_Static_assert(sizeof(type) == (bytes), #type " size");		\
	_Static_assert(_Alignof(type) == (alignment), #type " alignment");

#define AT(type, path, offset, bytes)					\
	_Static_assert(offsetof(type, path) == (offset),		\
		       #type "." #path " offset");			\
	_Static_assert(sizeof(((type *)0)->path) == (bytes),		\
		       #type "." #path " size");

#define OFFSET(type, path, offset)					\
	_Static_assert(offsetof(type, path) == (offset),		\
		       #type "." #path " offset");

#define TYPE(type, path, kind)						\
	_Static_assert(__builtin_types_compatible_p(			\
		__typeof__(((type *)0)->path), kind), #type "." #path " type");

/* A structure without a name: its members have rows of their own. */
#define HAS(type, path)							\
	_Static_assert(sizeof(((type *)0)->path) > 0, #type "." #path);

#define VALUE(type, name, value)					\
	_Static_assert((name) == (value), #name);			\
	_Static_assert(sizeof(type) == 4, #type " size");		\
	_Static_assert(__builtin_types_compatible_p(enum _##type, type), #type);

#define REQUEST(name, request, nr, type, bytes)				\
	_Static_assert((name) == (request), #name);			\
	_Static_assert(_IOC_NR(name) == (nr), #name " number");		\
	_Static_assert(_IOC_SIZE(name) == (bytes), #name " size");	\
	_Static_assert(sizeof(type) == (bytes), #type " size");

#define EQUAL(name, value) _Static_assert((name) == (value), #name);

/* A bit-field has no address: set it and look. */
#define BITS(type, path, offset, bytes, first, width)			\
	do {								\
		type object;						\
		memset(&object, 0, sizeof(object));			\
		object.path = ~object.path;				\
		abi_expect_bits(#type "." #path, &object,		\
				sizeof(object), offset, first, width);	\
		abi_expect_equal(#type "." #path " word",		\
				 sizeof(object) >= (offset) + (bytes), 1); \
		abi_check_made();					\
	} while (0)

/* Of a bit-field's declared type, its sign and its size after promotion show. */
#define FIELD(type, path, kind)						\
	do {								\
		type object;						\
		memset(&object, 0xff, sizeof(object));			\
		abi_expect_equal(#type "." #path " sign",		\
				 object.path < 1, (kind)-1 < (kind)1);	\
		abi_expect_equal(#type "." #path,			\
				 sizeof(object.path + (kind)0),		\
				 sizeof((kind)0 + (kind)0));		\
		abi_check_made();					\
	} while (0)

#endif /* ABI_CHECKS_H */
