/* SPDX-License-Identifier: MIT */
/* The text form of a profile: lines "key = value", sections "[adapter]". */
#include <ctype.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dxghost/gpu.h"
#include "profile.h"

#define TEXT_MAX	(1u << 20)
#define ADAPTER		"[adapter]"	/* a line that begins one */

/* Numbers that are to follow from others. */
#define NOT_SAID	UINT32_MAX
#define SIZE_NOT_SAID	UINT64_MAX

struct parser {
	struct dxghost_profile *profile;
	struct dxghost_adapter_profile *adapter;	/* NULL: head */
	unsigned line;
	char *error;
	size_t error_size;
};

__attribute__((format(printf, 2, 3)))
static int fail(struct parser *parser, const char *format, ...)
{
	va_list args;
	int used = 0;

	if (!parser->error_size)
		return -1;
	if (parser->line)
		used = snprintf(parser->error, parser->error_size,
				"profile, line %u: ", parser->line);
	if (used < 0 || (size_t)used >= parser->error_size)
		return -1;
	va_start(args, format);
	vsnprintf(parser->error + used, parser->error_size - (size_t)used,
		  format, args);
	va_end(args);
	return -1;
}

static void adapter_defaults(struct dxghost_adapter_profile *a, uint32_t index)
{
	memset(a, 0, sizeof(*a));
	strcpy(a->description, "DXG Software GPU");
	strcpy(a->instance_id, "ROOT\\DXGHOST\\0000");
	strcpy(a->driver_store, "C:\\Windows\\System32\\DriverStore\\"
	       "FileRepository\\dxghost.inf_amd64_1");
	strcpy(a->umd_file, "libdxghost-umd.so");
	strcpy(a->kmd_file, "dxghost.sys");
	strcpy(a->dac_type, "Internal");
	strcpy(a->bios_version, "1.0");
	strcpy(a->architecture, "DXG software");
	a->luid.low = 0x10000 + index;
	a->vgpu_luid.low = 0x20000 + index;
	a->host_luid.low = 0x30000 + index;
	a->vendor_id = 0x1414;
	a->device_id = 0x5301;
	a->subsystem_vendor_id = NOT_SAID;
	a->subsystem_id = NOT_SAID;
	a->pci_address.bus = 1 + index;
	a->driver_version = 32ull << 48 | 1;
	a->wddm_version = 2900;
	a->local_memory = 4ull << 30;
	a->nonlocal_memory = 2ull << 30;
	a->dedicated_memory = SIZE_NOT_SAID;
	a->graphics_preemption = 200;
	a->compute_preemption = 200;
	a->hw_scheduling = true;
	dxghost_value_nodes("3d compute copy", a);
}

static int begin_adapter(struct parser *parser)
{
	struct dxghost_profile *profile = parser->profile;
	struct dxghost_adapter_profile *adapters;
	uint32_t n = profile->adapter_count;

	if (n == DXGHOST_MAX_ADAPTERS)
		return fail(parser, "more than %d adapters",
			    DXGHOST_MAX_ADAPTERS);
	adapters = realloc(profile->adapters, (n + 1) * sizeof(*adapters));
	if (!adapters)
		return fail(parser, "out of memory");
	profile->adapters = adapters;
	profile->adapter_count = n + 1;
	parser->adapter = &adapters[n];
	adapter_defaults(parser->adapter, n);
	return 0;
}

static char *trim(char *text)
{
	char *end = text + strlen(text);

	while (end > text && isspace((unsigned char)end[-1]))
		end--;
	*end = '\0';
	while (isspace((unsigned char)*text))
		text++;
	return text;
}

static int set_like(struct parser *parser, const char *name);

static int set_key(struct parser *parser, char *key, char *value)
{
	int result;

	if (!parser->adapter)
		result = dxghost_profile_set_host(parser->profile, key, value);
	else if (!strcmp(key, "like"))
		result = set_like(parser, value);
	else
		result = dxghost_profile_set_adapter(parser->adapter, key,
						     value);
	if (result > 0)
		return fail(parser, "unknown key \"%s\" %s", key,
			    parser->adapter ? "for an adapter" :
			    "before the first [adapter]");
	if (result < 0)
		return fail(parser, "bad value \"%s\" for \"%s\"", value, key);
	return 0;
}

static int parse_line(struct parser *parser, char *line)
{
	char *value;

	line = trim(line);
	if (!*line || *line == '#')
		return 0;
	if (!strcmp(line, ADAPTER))
		return begin_adapter(parser);
	value = strchr(line, '=');
	if (!value)
		return fail(parser, "\"%s\" is neither \"key = value\" nor "
			    "\"[adapter]\"", line);
	*value++ = '\0';
	return set_key(parser, trim(line), trim(value));
}

/* Cuts the line off that @text begins with; what follows it, or NULL. */
static char *cut_line(char *text)
{
	char *end = strchr(text, '\n');

	if (!end)
		return NULL;
	*end = '\0';
	return end + 1;
}

/* The keys of a built-in profile's first adapter, as if they stood here. */
static int set_like(struct parser *parser, const char *name)
{
	const char *text = dxghost_profile_builtin(name);
	struct parser inner = *parser;
	char *copy, *line, *next;
	int result = 0;

	text = text ? strstr(text, ADAPTER) : NULL;
	if (!text)
		return -1;
	copy = strdup(text + strlen(ADAPTER));
	if (!copy)
		return -1;
	for (line = copy; line && !result; line = next) {
		next = cut_line(line);
		if (!strcmp(line, ADAPTER))
			break;
		result = parse_line(&inner, line);
	}
	free(copy);
	return result;
}

static bool same_luid(const struct dxghost_luid *a,
		      const struct dxghost_luid *b)
{
	return a->low == b->low && a->high == b->high;
}

static void complete_adapter(struct dxghost_adapter_profile *a)
{
	if (a->subsystem_vendor_id == NOT_SAID)
		a->subsystem_vendor_id = a->vendor_id;
	if (a->subsystem_id == NOT_SAID)
		a->subsystem_id = a->device_id;
	if (a->dedicated_memory == SIZE_NOT_SAID)
		a->dedicated_memory = a->integrated ? 0 : a->local_memory;
	if (!*a->chip_type)
		strcpy(a->chip_type, a->description);
}

static int check_memory(struct parser *parser, uint32_t index)
{
	const struct dxghost_adapter_profile *a =
		&parser->profile->adapters[index];

	if (a->dedicated_memory > a->local_memory)
		return fail(parser, "profile: adapter %u has more dedicated "
			    "than local memory", index);
	if (!a->nonlocal_memory && !a->integrated)
		return fail(parser, "profile: adapter %u has no non-local "
			    "memory and is not integrated", index);
	return 0;
}

static int check_private(struct parser *parser, uint32_t index)
{
	const struct dxghost_adapter_profile *a =
		&parser->profile->adapters[index];
	uint32_t size = a->umd_private.size ? a->umd_private.size :
					      sizeof(struct dxghost_gpu_info);

	if (a->umd_private_size && a->umd_private_size < size)
		return fail(parser, "profile: adapter %u has more private data "
			    "than its size says", index);
	return 0;
}

static int check_luids(struct parser *parser, uint32_t index)
{
	const struct dxghost_adapter_profile *b, *a =
		&parser->profile->adapters[index];
	uint32_t i;

	for (i = 0; i < index; i++) {
		b = &parser->profile->adapters[i];
		if (same_luid(&a->luid, &b->luid) ||
		    same_luid(&a->vgpu_luid, &b->vgpu_luid) ||
		    same_luid(&a->host_luid, &b->host_luid))
			return fail(parser, "profile: adapters %u and %u have "
				    "the same LUID", i, index);
	}
	return 0;
}

static int check_whole(struct parser *parser)
{
	struct dxghost_profile *profile = parser->profile;
	uint64_t memory = 0;
	uint32_t i;

	parser->line = 0;
	for (i = 0; i < profile->adapter_count; i++) {
		struct dxghost_adapter_profile *a = &profile->adapters[i];

		complete_adapter(a);
		if (check_memory(parser, i) || check_private(parser, i) ||
		    check_luids(parser, i))
			return -1;
		memory += a->local_memory + a->nonlocal_memory;
	}
	if (memory > DXGHOST_MAX_MEMORY)
		return fail(parser, "profile: more than %llu GiB of memory",
			    DXGHOST_MAX_MEMORY >> 30);
	/* Without the extended header a message could not be routed. */
	if (profile->interface_version < 40)
		profile->async = false;
	return 0;
}

static int parse_text(struct parser *parser, const char *text)
{
	char *copy = strdup(text), *line, *next;
	int result = 0;

	if (!copy)
		return fail(parser, "out of memory");
	for (line = copy; line && !result; line = next) {
		next = cut_line(line);
		parser->line++;
		result = parse_line(parser, line);
	}
	free(copy);
	return result ? result : check_whole(parser);
}

static char *read_file(struct parser *parser, const char *path)
{
	FILE *file = fopen(path, "re");
	char *text = NULL;
	size_t size = 0;

	if (!file) {
		fail(parser, "profile \"%s\" is not built in, and no such file "
		     "can be read: %s", path, strerror(errno));
		return NULL;
	}
	text = malloc(TEXT_MAX + 1);
	if (text) {
		size = fread(text, 1, TEXT_MAX, file);
		text[size] = '\0';
	}
	if (!text || ferror(file) || size == TEXT_MAX || strlen(text) != size) {
		fail(parser, "profile \"%s\" cannot be read as text", path);
		free(text);
		text = NULL;
	}
	fclose(file);
	return text;
}

int dxghost_profile_load(struct dxghost_profile *profile, const char *source,
			 char *error, size_t error_size)
{
	struct parser parser = {
		.profile = profile,
		.error = error,
		.error_size = error ? error_size : 0,
	};
	const char *text = source ? source : "discrete";
	char *file = NULL;
	int result = -1;

	*profile = (struct dxghost_profile){
		.interface_version = 40,
		.async = true,
		.map_guest_memory = true,
		.paging_delay_us = 50,
		.tdr_ms = 2000,
		.drain_ms = 500,
	};
	if (!strchr(text, '\n')) {
		const char *builtin = dxghost_profile_builtin(text);

		if (!builtin)
			builtin = file = read_file(&parser, text);
		text = builtin;
	}
	if (text)
		result = parse_text(&parser, text);
	free(file);
	if (result)
		dxghost_profile_release(profile);
	return result;
}

void dxghost_profile_release(struct dxghost_profile *profile)
{
	uint32_t i;

	for (i = 0; i < profile->adapter_count; i++)
		dxghost_profile_release_driver(&profile->adapters[i]);
	free(profile->adapters);
	profile->adapters = NULL;
	profile->adapter_count = 0;
}
