/* SPDX-License-Identifier: MIT */
/* The cases that a member of the arguments makes, one spoiled thing at a time. */
#include "bad-input-sweep.h"
#include "lib/t-spoil.h"

#include <fcntl.h>
#include <unistd.h>

static char *member_at(const struct bad_member *member, char *args)
{
	char *base = args;

	if (member->via)
		memcpy(&base, args + member->via - 1, sizeof(base));
	return base + member->at;
}

static D3DKMT_HANDLE *handles_at(const struct bad_member *member, char *args)
{
	char *at = member_at(member, args);
	D3DKMT_HANDLE *handles = (D3DKMT_HANDLE *)(void *)at;

	if (member->kind == BAD_KIND_LIST)
		memcpy(&handles, at, sizeof(handles));
	return handles;
}

static UINT read_count(const struct bad_member *member, const char *args)
{
	UINT count = 1;

	if (member->count)
		memcpy(&count, args + member->count - 1, sizeof(count));
	return count;
}

static NTSTATUS refusal(const struct bad_member *member)
{
	return member->refused ? member->refused : STATUS_INVALID_PARAMETER;
}

/* What the call says to a handle of nothing that it could mean. */
static void end_handle(struct bad_sweep *s, const struct bad_member *member,
		       NTSTATUS got)
{
	if (member->flags & BAD_LOSES_DEVICE)
		bad_end_with_lost_device(s, got);
	else
		bad_end(s, got, refusal(member));
}

static void try_handle(struct bad_sweep *s, const struct bad_member *member,
		       D3DKMT_HANDLE handle, const char *what)
{
	char *args = bad_begin(s, member->name, what);

	*handles_at(member, args) = handle;
	if (!handle && member->flags & BAD_0_IS_FINE)
		bad_end(s, s->row->call(args), STATUS_SUCCESS);
	else
		end_handle(s, member, s->row->call(args));
}

/* Lists and arrays of more than one. */
static bool put_last(const struct bad_row *row, const struct bad_member *member,
		     char *args, D3DKMT_HANDLE handle)
{
	const struct bad_member *other;
	UINT count = read_count(member, args);

	for (other = row->members; other->kind; other++)
		if (other->kind == BAD_KIND_COUNT &&
		    other->at == member->count - 1 && other->max == 1)
			return false;
	if (count < 2) {
		count = 2;
		memcpy(args + member->count - 1, &count, sizeof(count));
	}
	handles_at(member, args)[count - 1] = handle;
	return true;
}

static bool is_list(const struct bad_member *member)
{
	return member->kind == BAD_KIND_LIST || member->kind == BAD_KIND_ARRAY;
}

static void try_last_handle(struct bad_sweep *s, const struct bad_member *member)
{
	char *args = bad_begin(s, member->name, "the last one unknown");

	if (put_last(s->row, member, args, T_UNKNOWN_HANDLE))
		end_handle(s, member, s->row->call(args));
	else
		bad_undo(s, false);
}

/*
 * Of the right kind, but of another device or adapter. Of a list the first may
 * be what says whose all have to be, so that is left alone.
 */
static void try_elsewhere(struct bad_sweep *s, const struct bad_member *member,
			  D3DKMT_HANDLE handle, bool is_fine, const char *what)
{
	char *args;

	if (!handle || member->flags & BAD_ALONE)
		return;
	args = bad_begin(s, member->name, what);
	if (!is_list(member)) {
		*handles_at(member, args) = handle;
	} else if (!put_last(s->row, member, args, handle)) {
		bad_undo(s, false);
		return;
	}
	if (is_fine)
		bad_end(s, s->row->call(args), STATUS_SUCCESS);
	else if (member->flags & BAD_LOSES_DEVICE)
		bad_end_with_lost_device(s, s->row->call(args));
	else
		bad_end(s, s->row->call(args), member->elsewhere ?
		    member->elsewhere : STATUS_INVALID_PARAMETER);
}

static int lowest_bit(unsigned int bits)
{
	int bit = 0;

	while (bit < BAD_OBJECTS && !(bits & BAD_BIT(bit)))
		bit++;
	return bit;
}

static void try_handles(struct bad_sweep *s, const struct bad_member *member)
{
	static const char *const names[BAD_OBJECTS] = {
		"an adapter", "a device", "a context",
		"a context for hardware queues", "a hardware queue",
		"a paging queue", "an allocation", "a resource", "a fence",
		"an old fence", "a paging fence", "a progress fence",
	};
	int kind, first = lowest_bit(member->is);

	try_handle(s, member, 0, "0");
	try_handle(s, member, T_UNKNOWN_HANDLE, "unknown");
	try_handle(s, member, 0xffffffff, "all ones");
	for (kind = 0; kind < BAD_OBJECTS; kind++) {
		if (member->is & BAD_BIT(kind))
			try_handle(s, member, s->f.stale[kind], "destroyed");
		else
			try_handle(s, member, s->f.live[kind], names[kind]);
	}
	if (is_list(member))
		try_last_handle(s, member);
	if (first == BAD_OBJECTS)
		return;
	/* an adapter belongs to no device */
	if (first != BAD_ADAPTER)
		try_elsewhere(s, member, s->f.sibling[first],
			      member->flags & BAD_SIBLING_IS_FINE,
			      "another device's");
	try_elsewhere(s, member, s->f.foreign[first], false,
		      "another adapter's");
}

/* What only the host finds out costs the device: that is tried elsewhere. */
void bad_try_stranger(struct bad_sweep *s, const struct bad_member *member,
		      const D3DKMT_HANDLE strangers[])
{
	int kind;

	if ((member->kind != BAD_KIND_HANDLE && !is_list(member)) ||
	    member->flags & BAD_LOSES_DEVICE)
		return;
	for (kind = 0; kind < BAD_OBJECTS; kind++)
		if (member->is & BAD_BIT(kind))
			try_handle(s, member, strangers[kind],
				   "another process's");
}

static void *pointer_at(const struct bad_member *member, char *args)
{
	void *pointer;

	memcpy(&pointer, member_at(member, args), sizeof(pointer));
	return pointer;
}

static void set_pointer(const struct bad_member *member, char *args,
			void *pointer)
{
	memcpy(member_at(member, args), &pointer, sizeof(pointer));
}

static void try_pointer(struct bad_sweep *s, const struct bad_member *member,
			enum t_spoil kind)
{
	char *args = bad_begin(s, member->name, t_spoil_names[kind]);
	size_t size = member->entry * read_count(member, args);
	void *good = pointer_at(member, args);
	NTSTATUS status, want = STATUS_UNSUCCESSFUL;
	struct t_spoiled spoiled;

	if (!size) {
		bad_undo(s, false);
		return;
	}
	if (kind == T_SPOIL_NOT ||
	    (kind == T_SPOIL_READ_ONLY && !(member->flags & BAD_WRITTEN)))
		want = s->row->answer;
	spoiled = t_spoil(good, size, kind);
	set_pointer(member, args, spoiled.data);
	status = s->row->call(args);
	if (status >= 0 && kind != T_SPOIL_NO_ACCESS && kind != T_SPOIL_TOO_SHORT)
		memcpy(good, spoiled.data, size);
	set_pointer(member, args, good);
	bad_end(s, status, want);
	t_unspoil(&spoiled);
}

static void try_pointer_to(struct bad_sweep *s, const struct bad_member *member,
			   void *address, const char *what, NTSTATUS want)
{
	char *args = bad_begin(s, member->name, what);
	void *good = pointer_at(member, args);
	NTSTATUS status;

	if (address && member->entry * read_count(member, args) == 0)
		want = s->row->answer;
	set_pointer(member, args, address);
	status = s->row->call(args);
	/* where NULL means something, bad_undo() is to know */
	if (status < 0)
		set_pointer(member, args, good);
	bad_end(s, status, want);
}

static void try_pointers(struct bad_sweep *s, const struct bad_member *member)
{
	NTSTATUS if_null = member->if_null ? member->if_null : BAD_NULL_STATUS;
	unsigned int i;

	if (member->flags & BAD_0_IS_FINE)
		if_null = s->row->answer;
	try_pointer_to(s, member, NULL, "NULL", if_null);
	for (i = 0; i < BAD_NOWHERE; i++)
		try_pointer_to(s, member, bad_nowhere[i], "nowhere",
			       STATUS_UNSUCCESSFUL);
	for (i = 0; i < T_SPOIL_KINDS; i++)
		try_pointer(s, member, (enum t_spoil)i);
}

static void set_number(const struct bad_member *member, char *args,
		       uint64_t number)
{
	UINT word = (UINT)number;
	char *at = member_at(member, args);

	if (member->flags & BAD_LONG)
		memcpy(at, &number, sizeof(number));
	else
		memcpy(at, &word, sizeof(word));
}

static void try_count(struct bad_sweep *s, const struct bad_member *member,
		      uint64_t count, const char *what, NTSTATUS want)
{
	char *args = bad_begin(s, member->name, what);

	set_number(member, args, count);
	bad_end(s, s->row->call(args), want);
}

/* An array of @count copies of the first entry takes the place of the few. */
static void grow(struct bad_sweep *s, const struct bad_member *member, UINT count)
{
	char *array, *good = pointer_at(member, s->args);
	UINT i;

	assert_true(s->grown_count < GROWN_MAX);
	array = malloc(count * member->entry);
	assert_non_null(array);
	for (i = 0; i < count; i++)
		memcpy(array + i * member->entry, good, member->entry);
	s->grown[s->grown_count].at = member_at(member, s->args);
	s->grown[s->grown_count].good = good;
	s->grown[s->grown_count].array = array;
	s->grown_count++;
	set_pointer(member, s->args, array);
}

static void try_largest_count(struct bad_sweep *s, const struct bad_member *member)
{
	char *args = bad_begin(s, member->name, "the maximum");
	const struct bad_member *other;
	D3DKMT_HANDLE *handles;
	UINT i;

	for (other = s->row->members; other->kind; other++) {
		if (other->count != member->at + 1 || member->via)
			continue;
		if (other->kind != BAD_KIND_ARRAY) {
			grow(s, other, (UINT)member->max);
			continue;
		}
		handles = handles_at(other, args);
		for (i = 1; i < member->max; i++)
			handles[i] = handles[0];
	}
	set_number(member, args, member->max);
	bad_end(s, s->row->call(args), s->row->answer);
}

/* So many that their size in bytes is a small number again. */
static void try_overflows(struct bad_sweep *s, const struct bad_member *member)
{
	const struct bad_member *other;

	for (other = s->row->members; other->kind; other++)
		if (other->count == member->at + 1 && other->entry > 1)
			try_count(s, member,
				  0x100000000ull / other->entry + 1,
				  "a size that overflows", refusal(member));
}

static void try_counts(struct bad_sweep *s, const struct bad_member *member)
{
	uint64_t beyond = member->beyond ? member->beyond : member->max + 1;
	UINT good;

	if (!(member->flags & BAD_0_ELSEWHERE))
		try_count(s, member, 0, "0", member->flags & BAD_0_IS_FINE ?
			  s->row->answer : refusal(member));
	if (member->flags & BAD_EXACT) {
		memcpy(&good, member_at(member, bad_begin(s, member->name, "")),
		       sizeof(good));
		bad_undo(s, false);
		try_count(s, member, good - 1, "one less", refusal(member));
		try_count(s, member, good + 1, "one more", refusal(member));
	} else if (member->max) {
		try_largest_count(s, member);
	}
	try_count(s, member, beyond, "beyond the maximum", refusal(member));
	try_count(s, member, 0x80000000, "negative", refusal(member));
	try_count(s, member, UINT32_MAX, "all ones", refusal(member));
	try_overflows(s, member);
}

static void try_value(struct bad_sweep *s, const struct bad_member *member)
{
	char *args, what[40];

	snprintf(what, sizeof(what), "0x%llx", (unsigned long long)member->value);
	args = bad_begin(s, member->name, what);
	set_number(member, args, member->value);
	if (member->flags & BAD_LOSES_DEVICE)
		bad_end_with_lost_device(s, s->row->call(args));
	else
		bad_end(s, s->row->call(args), member->refused);
}

static int closed_descriptor(void)
{
	int fd = open("/dev/null", O_RDONLY | O_CLOEXEC);

	assert_true(fd > 0);
	close(fd);
	return fd;
}

static void try_descriptor(struct bad_sweep *s, const struct bad_member *member,
			   uint64_t value, const char *what, NTSTATUS want)
{
	char *args = bad_begin(s, member->name, what);

	memcpy(member_at(member, args), &value, sizeof(value));
	bad_end(s, s->row->call(args), want);
}

/* Not open is no handle; what is open but of another kind, no parameter. */
static void try_descriptors(struct bad_sweep *s, const struct bad_member *member)
{
	static const char *const names[BAD_DESCRIPTORS] = {
		"a pipe", "/dev/null", "a memory file", "an event",
		"a shared fence", "a shared resource", "a sync file",
	};
	bool is_event = member->is == BAD_EVENT;
	NTSTATUS other = is_event ? STATUS_INVALID_HANDLE :
				    STATUS_INVALID_PARAMETER;
	int kind;

	if (!(member->flags & BAD_0_ELSEWHERE))
		try_descriptor(s, member, 0, "0", member->flags & BAD_0_IS_FINE ?
			       s->row->answer : BAD_ANY_ERROR);
	try_descriptor(s, member, (uint64_t)closed_descriptor(), "closed",
		       STATUS_INVALID_HANDLE);
	try_descriptor(s, member, UINT64_MAX, "-1", STATUS_INVALID_HANDLE);
	try_descriptor(s, member, UINT32_MAX, "-1 of 32 bits",
		       STATUS_INVALID_HANDLE);
	try_descriptor(s, member, INT32_MAX, "the largest",
		       STATUS_INVALID_HANDLE);
	try_descriptor(s, member,
		       0x100000000ull + s->f.descriptors[member->is],
		       "more than 32 bits", STATUS_INVALID_HANDLE);
	for (kind = 0; kind < BAD_DESCRIPTORS; kind++)
		if (kind != (int)member->is)
			try_descriptor(s, member, s->f.descriptors[kind],
				       names[kind], other);
	if (s->f.foreign_descriptors[member->is] >= 0 &&
	    !(member->flags & BAD_ALONE))
		try_descriptor(s, member, s->f.foreign_descriptors[member->is],
			       "another adapter's", STATUS_INVALID_PARAMETER);
}

void bad_sweep_member(struct bad_sweep *s, const struct bad_member *member)
{
	switch (member->kind) {
	case BAD_KIND_LIST:
		try_pointers(s, member);
		try_handles(s, member);
		break;
	case BAD_KIND_HANDLE:
	case BAD_KIND_ARRAY:
		try_handles(s, member);
		break;
	case BAD_KIND_POINTER:
		try_pointers(s, member);
		break;
	case BAD_KIND_COUNT:
		try_counts(s, member);
		break;
	case BAD_KIND_VALUE:
		try_value(s, member);
		break;
	case BAD_KIND_DESCRIPTOR:
		try_descriptors(s, member);
		break;
	case BAD_END:
		break;
	}
}
