/* SPDX-License-Identifier: MIT */
/* The table of calls that test-bad-input.c sweeps, and what a row says. */
#ifndef BAD_INPUT_H
#define BAD_INPUT_H

#include "lib/t.h"

/* Kinds of objects, each of which is tried where another is wanted. */
enum bad_object {
	BAD_ADAPTER,
	BAD_DEVICE,
	BAD_CONTEXT,
	BAD_HW_CONTEXT,		/* one that takes hardware queues */
	BAD_HW_QUEUE,
	BAD_PAGING_QUEUE,
	BAD_ALLOCATION,
	BAD_RESOURCE,		/* shared by descriptor, so it is sealed */
	BAD_FENCE,		/* monitored, shared by descriptor */
	BAD_OLD_FENCE,
	BAD_PAGING_FENCE,
	BAD_PROGRESS_FENCE,
	BAD_OBJECTS
};

#define BAD_BIT(object)	(1u << (object))
#define BAD_CONTEXTS	(BAD_BIT(BAD_CONTEXT) | BAD_BIT(BAD_HW_CONTEXT))
#define BAD_MONITORED	(BAD_BIT(BAD_FENCE) | BAD_BIT(BAD_PAGING_FENCE) | \
			 BAD_BIT(BAD_PROGRESS_FENCE))
#define BAD_SYNCS	(BAD_MONITORED | BAD_BIT(BAD_OLD_FENCE))

/* Descriptors that arguments may hold. */
enum bad_descriptor {
	BAD_PIPE,
	BAD_DEV_NULL,
	BAD_MEMORY_FILE,
	BAD_EVENT,
	BAD_SHARED_FENCE,
	BAD_SHARED_RESOURCE,
	BAD_SYNC_FILE,		/* of BAD_FENCE; elsewhere a memory file */
	BAD_DESCRIPTORS
};

struct bad_fixture {
	struct t_gpu *gpu;
	D3DKMT_HANDLE live[BAD_OBJECTS];
	D3DKMT_HANDLE stale[BAD_OBJECTS];	/* destroyed */
	D3DKMT_HANDLE sibling[BAD_OBJECTS];	/* another device's */
	D3DKMT_HANDLE foreign[BAD_OBJECTS];	/* another adapter's, or 0 */
	int descriptors[BAD_DESCRIPTORS];
	int foreign_descriptors[BAD_DESCRIPTORS];	/* or -1 */
	unsigned int listed;	/* adapters that D3DKMTEnumAdapters2 lists */
	unsigned int all;	/* those and the ones for computing only */
	uint64_t progress;	/* the last value promised of the hardware queue */

	/* what arguments point to */
	D3DKMT_HANDLE handles[64];
	uint64_t values[64];
	UINT words[64];
	unsigned char bytes[16384];
	D3DKMT_ADAPTERINFO adapters[64];
	struct dxghost_allocation_data data;
	D3DDDI_ALLOCATIONINFO2 info[2];
	D3DKMT_CREATESTANDARDALLOCATION standard;
	D3DDDI_OPENALLOCATIONINFO2 open_info;
	D3DDDI_UPDATEGPUVIRTUALADDRESS_OPERATION operation;
	uint64_t range;		/* of reserved addresses */
	void *pages;
	HANDLE nt_handle;
};

/* @is_bare: no objects, for calls that take none */
void bad_fixture_begin(struct bad_fixture *fixture, bool is_bare);
int bad_fixture_end(struct bad_fixture *fixture);	/* -1 if something leaks */
/* Ends it with the device, without a look at what is left. */
void bad_fixture_abandon(struct bad_fixture *fixture);

/* What a member is, which says what is wrong for it. */
enum bad_kind {
	BAD_END,		/* the unused rest of bad_row.members */
	BAD_KIND_HANDLE,
	BAD_KIND_LIST,		/* pointer to an array of handles */
	BAD_KIND_ARRAY,		/* handles in the structure itself */
	BAD_KIND_POINTER,	/* to data */
	BAD_KIND_COUNT,		/* of entries or bytes */
	BAD_KIND_VALUE,		/* one value that has one answer */
	BAD_KIND_DESCRIPTOR
};

#define BAD_0_IS_FINE		0x001	/* a count of 0, NULL, no handle */
#define BAD_WRITTEN		0x002	/* memory behind it is written */
#define BAD_ALONE		0x004	/* nothing that it would have to match */
#define BAD_SIBLING_IS_FINE	0x008	/* any device of the adapter will do */
#define BAD_LOSES_DEVICE	0x010	/* only the host sees, too late for a status */
#define BAD_EXACT		0x020	/* one more and one less is wrong */
#define BAD_LONG		0x040	/* 64 bits */
#define BAD_0_ELSEWHERE		0x080	/* a VALUE says what 0 does */

/* Any refusal: the reference leaves the status open. */
#define BAD_ANY_ERROR	((NTSTATUS)0x8fffffff)

struct bad_member {
	enum bad_kind kind;
	const char *name;
	size_t at;		/* offset in the arguments, or ... */
	size_t via;		/* ... in what the pointer at @via - 1 points to */
	unsigned int is;	/* handles: BAD_BIT()s; descriptor: enum, one */
	size_t count;		/* LIST, ARRAY, POINTER: 1 + offset of the count */
	size_t entry;		/* bytes of what is counted; without a count: all */
	uint64_t max;		/* COUNT: the largest that works, 0: untold */
	uint64_t beyond;	/* COUNT: the first refused, 0: max + 1 */
	uint64_t value;		/* VALUE */
	NTSTATUS refused;	/* 0: STATUS_INVALID_PARAMETER; VALUE: the answer */
	NTSTATUS if_null;	/* POINTER, LIST: 0: see sweep_pointers() */
	NTSTATUS elsewhere;	/* sibling, foreign; 0: STATUS_INVALID_PARAMETER */
	unsigned int flags;
};

#define BAD_ARGS_WRITTEN	1	/* the structure is written back */
#define BAD_ARGS_CHECKED	2	/* NULL is found out in the library */
#define BAD_ARGS_LOOSE		4	/* there is no structure */
#define BAD_IGNORES_ARGS	8	/* one answer, whatever they are */
#define BAD_IN_A_CHILD		16	/* the host never lets go what it makes */
#define BAD_ZEROED_IS_FINE	32	/* a structure of zeroes means something */
#define BAD_WITH_SYNC_FILES	64	/* only on a device that has them */
#define BAD_NO_SYNC_FILES	128	/* only on one that has not */

/*
 * prepare() makes arguments with which the call works; undo() gives back what a
 * call has made, and what prepare() made for it to destroy.
 */
struct bad_row {
	const char *name;
	const char *variant;	/* NULL, or which of several uses of the call */
	NTSTATUS (*call)(void *args);
	size_t size;
	unsigned int flags;
	NTSTATUS answer;	/* to good arguments */
	void (*prepare)(struct bad_fixture *fixture, void *args);
	void (*undo)(struct bad_fixture *fixture, const void *args, bool worked);
	struct bad_member members[20];
};

struct bad_table {
	const struct bad_row *rows;
	unsigned int count;
};

extern const struct bad_table bad_adapter_table, bad_device_table,
	bad_context_table, bad_hwqueue_table, bad_allocation_table,
	bad_residency_table, bad_gpuva_table, bad_sync_table,
	bad_sync_file_table, bad_share_table, bad_plain_table;

/* Whether this device is one that the row is about. */
bool bad_row_applies(const struct bad_row *row);
/* Every case of the row; says which fail. Returns how many. */
unsigned int bad_sweep_row(const struct bad_row *row);
/* For the end of a test that an assertion has ended. */
void bad_name_unfinished_case(void);
/* The handles of another process, by kind, in all of the rows. */
unsigned int bad_sweep_strangers(const struct bad_row *rows, unsigned int count,
				 const D3DKMT_HANDLE strangers[]);

void bad_prepare_nothing(struct bad_fixture *fixture, void *args);
void bad_undo_nothing(struct bad_fixture *fixture, const void *args, bool worked);
void bad_prepare_create_allocation(struct bad_fixture *fixture, void *args);

/*
 * What the tables are written with. BAD_CALL() makes the function that takes
 * any pointer; BAD_ROW() names it, prepare_word() and undo_word(), and the
 * members. What follows the fixed part of a member are more initialisers.
 */
#define BAD_CALL(function, type)                                \
	static NTSTATUS call_##function(void *args)             \
	{                                                       \
		return D3DKMT##function((type *)args);          \
	}
#define BAD_VARIANT(function, of_variant, type, of_flags, word, ...) \
	{ .name = "D3DKMT" #function, .variant = of_variant,    \
	  .call = call_##function, .size = sizeof(type),        \
	  .flags = of_flags, .prepare = prepare_##word,         \
	  .undo = undo_##word, .members = { __VA_ARGS__ } }
#define BAD_ROW(function, type, of_flags, word, ...) \
	BAD_VARIANT(function, NULL, type, of_flags, word, __VA_ARGS__)
/* The driver knows the number and has nothing for it. */
#define BAD_ABSENT(function, type)                              \
	{ .name = "D3DKMT" #function, .call = call_##function,  \
	  .size = sizeof(type), .flags = BAD_IGNORES_ARGS,      \
	  .answer = STATUS_UNSUCCESSFUL,                        \
	  .prepare = bad_prepare_nothing, .undo = bad_undo_nothing }
#define BAD_TABLE(word) \
	const struct bad_table bad_##word##_table = { \
		word##_rows, sizeof(word##_rows) / sizeof(word##_rows[0]) }

#define BAD_MEMBER(of_kind, type, member) \
	.kind = of_kind, .name = #member, .at = offsetof(type, member)
#define BAD_HANDLE(type, member, bits, ...) \
	{ BAD_MEMBER(BAD_KIND_HANDLE, type, member), .is = bits, __VA_ARGS__ }
#define BAD_LIST(type, member, counter, bits, ...) \
	{ BAD_MEMBER(BAD_KIND_LIST, type, member), .is = bits, .entry = 4, \
	  .count = 1 + offsetof(type, counter), __VA_ARGS__ }
#define BAD_ARRAY(type, member, counter, bits, ...) \
	{ BAD_MEMBER(BAD_KIND_ARRAY, type, member), .is = bits, .entry = 4, \
	  .count = 1 + offsetof(type, counter), __VA_ARGS__ }
#define BAD_POINTER(type, member, bytes, ...) \
	{ BAD_MEMBER(BAD_KIND_POINTER, type, member), .entry = bytes, __VA_ARGS__ }
#define BAD_COUNTED(type, member, counter, bytes, ...) \
	{ BAD_MEMBER(BAD_KIND_POINTER, type, member), .entry = bytes, \
	  .count = 1 + offsetof(type, counter), __VA_ARGS__ }
#define BAD_COUNT(type, member, largest, ...) \
	{ BAD_MEMBER(BAD_KIND_COUNT, type, member), .max = largest, __VA_ARGS__ }
#define BAD_VALUE(type, member, wrong, status, ...) \
	{ BAD_MEMBER(BAD_KIND_VALUE, type, member), .value = wrong, \
	  .refused = status, __VA_ARGS__ }
#define BAD_DESCRIPTOR(type, member, wanted, ...) \
	{ BAD_MEMBER(BAD_KIND_DESCRIPTOR, type, member), .is = wanted, __VA_ARGS__ }
/* Of the structure that a pointer of the arguments points to. */
#define BAD_BEHIND(type, pointer)	.via = 1 + offsetof(type, pointer)

#endif
