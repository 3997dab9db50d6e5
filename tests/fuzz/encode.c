/* SPDX-License-Identifier: MIT */
/* Arguments: filled as the input says, and looked through afterwards. */
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

#include "arena.h"
#include "program.h"

/* Entries that get bytes of their own from the input; the rest repeats. */
#define OWN_ENTRIES 64u

static uint64_t get(const uint8_t *args, size_t at, size_t size)
{
	uint64_t value = 0;

	memcpy(&value, args + at, size < 8 ? size : 8);
	return value;
}

static void put(uint8_t *args, size_t at, size_t size, uint64_t value)
{
	memcpy(args + at, &value, size < 8 ? size : 8);
}

static uint64_t count_of(const struct fuzz_member *member, const uint8_t *args)
{
	return member->count_size ?
		       get(args, member->count_at, member->count_size) :
		       member->fixed;
}

static void push(struct fuzz_ring *ring, uint32_t handle)
{
	ring->handles[ring->next++ % FUZZ_RING] = handle;
}

static uint32_t back(const struct fuzz_ring *ring, unsigned int before_last)
{
	return ring->handles[(ring->next - 1 - before_last) % FUZZ_RING];
}

/*
 * 0 to 0x7f: of the kind that is wanted, counted from the last; 0x80: none;
 * 0x90: one that has gone; 0xa0: of another kind; 0xb0: four bytes follow.
 */
static uint32_t handle(struct fuzz_program *program, enum fuzz_object object)
{
	uint8_t code = fuzz_u8(program->input);

	if (code < 0x80) {
		if (object == FUZZ_SHARED)
			object = code & 0x40 ? FUZZ_RESOURCE : FUZZ_SYNC;
		return back(&program->live[object], code);
	}
	switch (code & 0xf0) {
	case 0x90:
		return back(&program->stale, code);
	case 0xa0:
		return back(&program->live[code % FUZZ_SHARED], 0);
	case 0xb0:
		return (uint32_t)fuzz_raw(program->input, 4);
	default:
		return 0;
	}
}

/* Only those of which it is known what is behind: others have a use here. */
static uint64_t event(struct fuzz_program *program)
{
	uint8_t code = fuzz_u8(program->input);

	if (code <= FUZZ_EVENTS)
		return code ? (uint64_t)program->events[code - 1] : 0;
	return code & 0x80 ? fuzz_raw(program->input, 8) | 1u << 20 :
			     (uint64_t)program->fd;
}

static uint64_t descriptor(struct fuzz_program *program)
{
	uint8_t code = fuzz_u8(program->input);

	if (code < 0x80)
		return (uint64_t)program->shares[code % FUZZ_SHARES];
	if (code == 0x80)
		return (uint64_t)program->fd;
	return fuzz_raw(program->input, 8);
}

static size_t entry_size(const struct fuzz_member *member)
{
	switch (member->kind) {
	case FUZZ_LIST:
	case FUZZ_WORDS:
		return 4;
	case FUZZ_VALUES:
	case FUZZ_DESCRIPTOR_ROOM:
		return 8;
	case FUZZ_STRUCT:
	case FUZZ_STRUCTS:
		return member->of->size;
	default:
		return 1;
	}
}

/* As many as fit into a buffer. */
static size_t entry_count(const struct fuzz_member *member,
			  const uint8_t *args)
{
	uint64_t count = 1, most = FUZZ_BUFFER_MAX / entry_size(member);

	if (member->kind != FUZZ_STRUCT && member->kind != FUZZ_DESCRIPTOR_ROOM)
		count = count_of(member, args);
	return count < most ? (size_t)count : (size_t)most;
}

static void fill_entry(struct fuzz_program *program,
		       const struct fuzz_member *member, uint8_t *entry)
{
	switch (member->kind) {
	case FUZZ_LIST:
		put(entry, 0, 4, handle(program, member->object));
		break;
	case FUZZ_WORDS:
		put(entry, 0, 4, fuzz_value(program->input, &program->learned));
		break;
	case FUZZ_VALUES:
		put(entry, 0, 8, fuzz_value(program->input, &program->learned));
		break;
	case FUZZ_STRUCT:
	case FUZZ_STRUCTS:
		fuzz_encode(program, member->of, entry);
		break;
	default:
		break;
	}
}

/* A length, and that many bytes. */
static void fill_bytes(struct fuzz_program *program, uint8_t *at, size_t size)
{
	size_t length = fuzz_u8(program->input), i;

	for (i = 0; i < length && i < size; i++)
		at[i] = fuzz_u8(program->input);
	for (i = 0; i + 8 <= size && i < length; i += 8)
		put(at, i, 8, fuzz_arena_harmless(get(at, i, 8)));
}

static void fill_data(struct fuzz_program *program,
		      const struct fuzz_struct *type, uint8_t *at, size_t size)
{
	uint64_t whole[32] = { 0 };

	fuzz_encode(program, type, (uint8_t *)whole);
	memcpy(at, whole, size < type->size ? size : type->size);
}

static void fill(struct fuzz_program *program, const struct fuzz_member *member,
		 uint8_t *at, size_t count)
{
	size_t size = entry_size(member), i;

	if (member->kind == FUZZ_BYTES) {
		fill_bytes(program, at, count);
		return;
	}
	if (member->kind == FUZZ_DATA) {
		fill_data(program, member->of, at, count);
		return;
	}
	for (i = 0; i < count && i < OWN_ENTRIES; i++)
		fill_entry(program, member, at + i * size);
	for (; i < count; i++)
		memcpy(at + i * size, at + (i - 1) * size, size);
}

/* First where to, then what is there. */
static void fill_pointer(struct fuzz_program *program,
			 const struct fuzz_member *member, uint8_t *args)
{
	size_t count = entry_count(member, args);
	size_t size = count * entry_size(member);
	uint8_t *at = fuzz_arena_buffer(size);
	uint64_t place;

	if (!at)
		return;
	place = fuzz_arena_place(program->input, at, size);
	/* Members of a union follow one another: none leaves the one before. */
	if (place)
		put(args, member->at, member->size, place);
	if (place == (uintptr_t)at)
		fill(program, member, at, count);
}

static void fill_handles(struct fuzz_program *program,
			 const struct fuzz_member *member, uint8_t *args)
{
	uint64_t count = count_of(member, args), i;

	for (i = 0; i < count && i < member->size / 4; i++)
		put(args, member->at + 4 * i, 4,
		    handle(program, member->object));
}

static void fill_member(struct fuzz_program *program,
			const struct fuzz_member *member, uint8_t *args)
{
	uint64_t value;

	switch (member->kind) {
	case FUZZ_VALUE:
	case FUZZ_MAYBE:
		value = fuzz_value(program->input, &program->learned);
		if (value || member->kind == FUZZ_VALUE)
			put(args, member->at, member->size, value);
		break;
	case FUZZ_HANDLE:
	case FUZZ_GONE:
		put(args, member->at, 4, handle(program, member->object));
		break;
	case FUZZ_HANDLES:
		fill_handles(program, member, args);
		break;
	case FUZZ_EVENT:
		value = event(program);
		if (value)
			put(args, member->at, member->size, value);
		break;
	case FUZZ_DESCRIPTOR:
		put(args, member->at, member->size, descriptor(program));
		break;
	case FUZZ_MEMORY:
		put(args, member->at, 8, fuzz_arena_memory(program->input));
		break;
	case FUZZ_MADE:
	case FUZZ_LEARN:
		break;
	default:
		fill_pointer(program, member, args);
		break;
	}
}

void fuzz_encode(struct fuzz_program *program, const struct fuzz_struct *type,
		 uint8_t *args)
{
	size_t i;

	for (i = 0; i < type->count; i++)
		fill_member(program, &type->members[i], args);
}

/* The system reads: the address may be any. */
static bool read_user(uint64_t from, void *to, size_t size)
{
	struct iovec local = { to, size };
	struct iovec remote = { (void *)(uintptr_t)from, size };

	return process_vm_readv(getpid(), &local, 1, &remote, 1, 0) ==
	       (ssize_t)size;
}

static void harvest_share(struct fuzz_program *program, uint64_t address)
{
	uint64_t fd;
	size_t i;

	if (!read_user(address, &fd, sizeof(fd)))
		return;
	for (i = 0; i < FUZZ_SHARES && program->shares[i] >= 0; i++)
		;
	if (i < FUZZ_SHARES)
		program->shares[i] = (int)fd;
	else
		close((int)fd);
}

static void harvest_structs(struct fuzz_program *program,
			    const struct fuzz_member *member,
			    const uint8_t *args)
{
	size_t count = entry_count(member, args), size = member->of->size, i;
	uint64_t at = get(args, member->at, member->size);
	uint64_t entry[32];

	for (i = 0; i < count && i < FUZZ_RING; i++) {
		if (!read_user(at + i * size, entry, size))
			break;
		fuzz_harvest(program, member->of, (uint8_t *)entry);
	}
}

void fuzz_harvest(struct fuzz_program *program, const struct fuzz_struct *type,
		  const uint8_t *args)
{
	size_t i;

	for (i = 0; i < type->count; i++) {
		const struct fuzz_member *member = &type->members[i];
		uint64_t value = get(args, member->at, member->size);

		if (member->kind == FUZZ_STRUCTS)
			harvest_structs(program, member, args);
		else if (!value)
			continue;
		else if (member->kind == FUZZ_MADE)
			push(&program->live[member->object], (uint32_t)value);
		else if (member->kind == FUZZ_GONE)
			push(&program->stale, (uint32_t)value);
		else if (member->kind == FUZZ_LEARN)
			fuzz_learn(&program->learned, value);
		else if (member->kind == FUZZ_DESCRIPTOR_ROOM)
			harvest_share(program, value);
	}
}
