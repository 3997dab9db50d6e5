/* SPDX-License-Identifier: MIT */
/* Fuzzer: messages to the host, from a guest that has no driver of ours. */
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include <dxghost/dxghost.h>

#include "input.h"
#include "target.h"
#include "wire.h"

#define PAGE		0x1000u
#define GUEST_BYTES	0x10000u	/* of memory, at guest address PAGE */
#define GUEST_LISTS	8u		/* buffer lists, 1 to 8 pages each */
#define IO_START	0x800000000ull
#define WORDS_MAX	512u
#define MESSAGES_MAX	100u
#define PROCESSES_MAX	16u
#define HOST_INPUTS	200u

/* What replies have said, by the place where they said it. */
static const struct place {
	uint32_t command;
	uint32_t at;
	uint32_t size;
	uint32_t or_command;	/* one whose reply is alike */
} places[] = {
	{ DXGK_VMCMD_CREATEPROCESS, 0, 4 },
	{ DXGK_CMD_OPENADAPTER, 0, 4 },
	{ DXGK_CMD_CREATEDEVICE, 0, 4 },
	{ DXGK_CMD_CREATECONTEXTVIRTUAL, 24, 4 },
	{ DXGK_CMD_CREATEPAGINGQUEUE, 0, 4 },
	{ DXGK_CMD_CREATEPAGINGQUEUE, 4, 4 },
	{ DXGK_CMD_CREATEALLOCATION, 16, 4 },
	{ DXGK_CMD_CREATEALLOCATION, 4, 4 },
	{ DXGK_CMD_CREATESYNCOBJECT, 0, 4 },
	{ DXGK_CMD_CREATESYNCOBJECT, 8, 8 },
	{ DXGK_CMD_CREATEHWQUEUE, 28, 4 },
	{ DXGK_CMD_CREATEHWQUEUE, 32, 4 },
	{ DXGK_VMCMD_CREATENTSHAREDOBJECT, 0, 4 },
	{ DXGK_CMD_MAPGPUVIRTUALADDRESS, 0, 8,
	  DXGK_CMD_RESERVEGPUVIRTUALADDRESS },
	{ DXGK_CMD_CREATESYNCOBJECT, 4, 4 },
	{ DXGK_VMCMD_OPENSYNCOBJECT, 0, 4 },
};
#define PLACES (sizeof(places) / sizeof(places[0]))

/* One byte of each message. */
#define ONE_WAY		(1u << 0)
#define OWN_CHANNEL	(1u << 1)	/* the adapter's, not the global one */
#define NO_PROCESS	(1u << 2)
#define ODD_HEADER	(1u << 3)	/* its words are the input's */
#define ODD_SIZE	(1u << 4)	/* not a multiple of four */
#define UNALIGNED	(1u << 5)
#define SECOND		(1u << 6)	/* adapter */
#define SMALL_REPLY	(1u << 7)

static const char *const profiles[] = {
	"tdr_ms = 2\ndrain_ms = 1\n"
	"[adapter]\nlocal_memory = 4M\nnonlocal_memory = 2M\nnodes = 3d\n"
	"[adapter]\nlocal_memory = 2M\nnonlocal_memory = 1M\nnodes = 3d\n",
	"tdr_ms = 2\ndrain_ms = 1\ninterface_version = 27\n"
	"[adapter]\nlocal_memory = 4M\nnonlocal_memory = 2M\nnodes = 3d copy\n"
	"umd_private = 00010203\numd_private_size = 64\n"
	"escape = * refused\nescape = 00 0102030405060708\n",
};

/* The host lives as long as nothing is left on it; one profile at a time. */
static struct dxghost *host;
static unsigned int current, inputs;
static uint8_t *io;
static size_t io_size;
static struct dxghost_object_counts before;

static pthread_mutex_t guest_lock = PTHREAD_MUTEX_INITIALIZER;
static uint8_t guest_memory[GUEST_BYTES];

/* Of one input. */
static uint64_t last[PLACES], former[PLACES];
static uint32_t processes[PROCESSES_MAX];
static unsigned int process_count;
static bool verbose;

static int guest_copy(uint64_t gpa, void *to, const void *from, size_t size)
{
	uint8_t *at = guest_memory + (gpa - PAGE);

	if (gpa < PAGE || gpa - PAGE > GUEST_BYTES ||
	    size > GUEST_BYTES - (gpa - PAGE))
		return -EFAULT;
	pthread_mutex_lock(&guest_lock);
	memcpy(to ? to : at, from ? from : at, size);
	pthread_mutex_unlock(&guest_lock);
	return 0;
}

static int guest_read(void *guest, uint64_t gpa, void *buf, size_t size)
{
	(void)guest;
	return guest_copy(gpa, buf, NULL, size);
}

static int guest_write(void *guest, uint64_t gpa, const void *buf, size_t size)
{
	(void)guest;
	return guest_copy(gpa, NULL, buf, size);
}

/* Out of order; the last list has page numbers that there are not. */
static int64_t guest_gpadl(void *guest, uint32_t gpadl, uint64_t first,
			   uint64_t count, uint64_t *pfns)
{
	uint64_t start = gpadl < GUEST_LISTS ? 1 : UINT64_MAX, i;

	(void)guest;
	if (!gpadl || gpadl > GUEST_LISTS)
		return -ENOENT;
	if (first > gpadl || count > gpadl - first)
		return -ERANGE;
	for (i = 0; i < count; i++)
		pfns[i] = start + (first + i) * 5 % (GUEST_BYTES / PAGE);
	return gpadl;
}

static void guest_message(void *guest, const void *packet, size_t size)
{
	struct dxgk_wire_vgpu_header header;

	(void)guest;
	if (size != sizeof(struct dxgk_wire_signalguestevent))
		abort();
	memcpy(&header, packet, sizeof(header));
	if (header.channel_bits != DXGK_HOST_TO_VM)
		abort();
}

static const struct dxghost_guest_ops ops = {
	.read = guest_read,
	.write = guest_write,
	.message = guest_message,
	.gpadl = guest_gpadl,
};

static void stop(void)
{
	if (!host)
		return;
	dxghost_destroy(host);
	munmap(io, io_size);
	host = NULL;
}

static void start(unsigned int choice)
{
	char error[200];

	if (host && choice == current && ++inputs < HOST_INPUTS)
		return;
	stop();
	host = dxghost_create(profiles[choice], &ops, NULL, error,
			      sizeof(error));
	if (!host)
		abort();
	io_size = (size_t)dxghost_mmio_megabytes(host) << 20;
	io = mmap(NULL, io_size, PROT_READ | PROT_WRITE,
		  MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (io == MAP_FAILED)
		abort();
	dxghost_set_io_space(host, io, io_size);
	current = choice;
	inputs = 0;
	dxghost_object_counts(host, &before);
}

static void note(uint32_t command, const uint8_t *reply, size_t size)
{
	size_t i;

	for (i = 0; i < PLACES; i++) {
		uint64_t value = 0;

		if ((places[i].command != command &&
		     (!command || places[i].or_command != command)) ||
		    size < places[i].at + places[i].size)
			continue;
		memcpy(&value, reply + places[i].at, places[i].size);
		if (!value)
			continue;
		former[i] = last[i];
		last[i] = value;
		if (command == DXGK_VMCMD_CREATEPROCESS &&
		    process_count < PROCESSES_MAX)
			processes[process_count++] = (uint32_t)value;
	}
}

/* The place that the next word is taken from, or NULL: it is a number. */
static const struct place *read_place(struct fuzz_input *input,
				      uint64_t *ret_value)
{
	uint8_t code = *input->at;
	unsigned int index;

	if (code >= 0xe0 && code < 0xe0 + PLACES) {
		index = fuzz_u8(input) - 0xe0u;
		*ret_value = last[index];
		return &places[index];
	}
	if (code == 0xf7) {
		index = (fuzz_raw(input, 2) >> 8) % PLACES;
		*ret_value = former[index];
		return &places[index];
	}
	return NULL;
}

/*
 * Words of a message: 0xe0 and above what a reply has said, 0xf7 what it had
 * said before, 0xf8 some zeros; numbers beyond 32 bits take two words.
 */
static size_t read_words(struct fuzz_input *input, uint32_t *words, size_t most)
{
	static const struct fuzz_learned nothing;
	size_t count = 0, zeros;
	bool wide;
	uint64_t value;

	while (count + 2 <= most && !fuzz_input_ended(input)) {
		const struct place *place;

		if (*input->at == 0xff) {
			fuzz_u8(input);
			break;
		}
		if (*input->at == 0xf8) {
			zeros = fuzz_raw(input, 2) >> 8;
			while (zeros-- && count < most)
				words[count++] = 0;
			continue;
		}
		place = read_place(input, &value);
		if (!place)
			value = fuzz_value(input, &nothing);
		wide = place ? place->size == 8 : value > UINT32_MAX;
		words[count++] = (uint32_t)value;
		if (wide)
			words[count++] = (uint32_t)(value >> 32);
	}
	return count;
}

/* The header, extended or not; returns its words. */
static size_t put_header(uint32_t *words, uint32_t command, unsigned int flags)
{
	struct dxgk_wire_extended_header extended = {
		.command_offset = sizeof(extended),
		.vgpu_luid.low = flags & SECOND ? 0x20001 : 0x20000,
	};
	struct dxgk_wire_vgpu_header header = {
		.process = flags & NO_PROCESS ? 0 : (uint32_t)last[0],
		.channel_bits = (command >= 1000 ? DXGK_VM_TO_HOST :
						   DXGK_VGPU_TO_HOST) |
				(flags & ONE_WAY ? DXGK_WIRE_ASYNC : 0),
		.command_type = command,
	};
	size_t at = 0;

	if (!current) {
		memcpy(words, &extended, sizeof(extended));
		at = sizeof(extended);
	}
	memcpy((uint8_t *)words + at, &header, sizeof(header));
	return (at + sizeof(header)) / 4;
}

static int channel(uint32_t command, unsigned int flags)
{
	if ((flags & OWN_CHANNEL || current) && command < 1000)
		return !!(flags & SECOND);
	return DXGHOST_CHANNEL_GLOBAL;
}

/* From a block of the very size, so that reading on is noticed. */
static void send(uint32_t command, unsigned int flags, const uint32_t *words,
		 size_t size)
{
	size_t skew = flags & UNALIGNED ? 1 : 0, got = 0;
	size_t capacity = flags & SMALL_REPLY ? 8 : 4096;
	uint8_t *message = malloc(skew + size);
	uint8_t *reply = malloc(capacity);

	if (!message || !reply)
		abort();
	memcpy(message + skew, words, size);
	dxghost_message(host, channel(command, flags), message + skew, size,
			!(flags & ONE_WAY), reply, capacity, &got);
	if (got > capacity)
		abort();
	if (verbose)
		fprintf(stderr, "%u: %zu bytes, %zu back: %#x\n", command,
			size, got, got < 4 ? 0 : *(uint32_t *)reply);
	if (!(flags & ONE_WAY))
		note(command, reply, got);
	free(message);
	free(reply);
}

static void step(struct fuzz_input *input)
{
	uint32_t words[WORDS_MAX] = { 0 }, command = fuzz_u8(input);
	unsigned int flags = fuzz_u8(input);
	size_t count, size;

	if (command >= 0x60)
		command = 1000 + (command - 0x60) % 24;
	count = put_header(words, command, flags);
	if (flags & ODD_HEADER)
		read_words(input, words, count);
	count += read_words(input, words + count, WORDS_MAX - count);
	size = 4 * count;
	if (flags & ODD_SIZE)
		size -= fuzz_u8(input) % size;
	send(command, flags, words, size);
}

/* @request: with its header, which is filled in. */
static void say(uint32_t command, const void *request, size_t size)
{
	size_t header = sizeof(struct dxgk_wire_vgpu_header), count;
	uint32_t words[WORDS_MAX];

	count = put_header(words, command, 0);
	memcpy(words + count, (const uint8_t *)request + header, size - header);
	send(command, 0, words, 4 * count + size - header);
}

/*
 * The guest goes. What it shared with the host stays, and processes of which it
 * was not told (it did not want an answer); nothing else.
 */
static void finish(void)
{
	struct dxgk_wire_destroyprocess request = { .hdr.process = 0 };
	struct dxghost_object_counts after;
	unsigned int i;

	for (i = 0; i < process_count; i++) {
		last[0] = processes[i];
		say(DXGK_VMCMD_DESTROYPROCESS, &request, sizeof(request));
	}
	dxghost_object_counts(host, &after);
	if (!after.shared_handles && !after.processes &&
	    (after.devices || after.contexts || after.hwqueues ||
	     after.paging_queues || after.allocations || after.resources ||
	     after.sync_objects || after.gpu_va_bytes)) {
		fprintf(stderr, "fuzz: left without a process: devices %u, "
			"contexts %u, queues %u, paging queues %u, "
			"allocations %u, resources %u, sync %u, addresses %#llx\n",
			after.devices, after.contexts, after.hwqueues,
			after.paging_queues, after.allocations,
			after.resources, after.sync_objects,
			(unsigned long long)after.gpu_va_bytes);
		abort();
	}
	/* An adapter that is open will only be opened again. */
	after.adapters = before.adapters;
	if (memcmp(&after, &before, sizeof(after)))
		stop();
}

/* As any guest begins. */
static void greet(void)
{
	struct dxgk_wire_setiospaceregion region = {
		.start = IO_START, .length = io_size,
	};
	struct dxgk_wire_openadapter adapter = {
		.vmbus_interface_version = current ? 27 : DXGK_WIRE_VERSION,
		.vmbus_last_compatible_interface_version =
			DXGK_WIRE_VERSION_OLDEST,
	};
	struct dxgk_wire_createprocess process = { .process_id = 77 };

	say(DXGK_VMCMD_SETIOSPACEREGION, &region, sizeof(region));
	say(DXGK_CMD_OPENADAPTER, &adapter, sizeof(adapter));
	say(DXGK_VMCMD_CREATEPROCESS, &process, sizeof(process));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_input input = { data, data + size };
	unsigned int count, choice = fuzz_u8(&input);

	verbose = getenv("FUZZ_VERBOSE");
	memset(last, 0, sizeof(last));
	memset(former, 0, sizeof(former));
	process_count = 0;
	start(choice & 1);
	if (!(choice & 2))
		greet();
	for (count = 0; count < MESSAGES_MAX && !fuzz_input_ended(&input);
	     count++)
		step(&input);
	finish();
	return 0;
}
