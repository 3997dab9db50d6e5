/* SPDX-License-Identifier: MIT */
/* The values of a profile's text form. */
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "profile.h"

#define REG_SZ		1u
#define REG_EXPAND_SZ	2u
#define REG_BINARY	3u
#define REG_DWORD	4u
#define REG_MULTI_SZ	7u
#define REG_QWORD	11u

#define WORD_MAX	64

int dxghost_value_bool(const char *text, bool *ret)
{
	if (!strcmp(text, "on") || !strcmp(text, "yes"))
		*ret = true;
	else if (!strcmp(text, "off") || !strcmp(text, "no"))
		*ret = false;
	else
		return -1;
	return 0;
}

static int parse_u64(const char *text, char **end, uint64_t *ret)
{
	if (!isdigit((unsigned char)*text))
		return -1;
	errno = 0;
	*ret = strtoull(text, end, 0);
	return errno ? -1 : 0;
}

int dxghost_value_number(const char *text, uint64_t max, uint64_t *ret)
{
	char *end;

	if (parse_u64(text, &end, ret) || *end || *ret > max)
		return -1;
	return 0;
}

int dxghost_value_size(const char *text, uint64_t *ret)
{
	unsigned shift = 0;
	char *end;

	if (parse_u64(text, &end, ret))
		return -1;
	if (*end == 'K')
		shift = 10;
	else if (*end == 'M')
		shift = 20;
	else if (*end == 'G')
		shift = 30;
	if (shift)
		end++;
	if (*end || *ret > UINT64_MAX >> shift)
		return -1;
	*ret <<= shift;
	return 0;
}

/* high:low */
int dxghost_value_luid(const char *text, struct dxghost_luid *ret)
{
	uint64_t high, low;
	char *end;

	if (parse_u64(text, &end, &high) || *end != ':' || high > UINT32_MAX)
		return -1;
	if (dxghost_value_number(end + 1, UINT32_MAX, &low) || !(high | low))
		return -1;
	ret->high = (uint32_t)high;
	ret->low = (uint32_t)low;
	return 0;
}

/* a.b.c.d */
int dxghost_value_version(const char *text, uint64_t *ret)
{
	uint64_t version = 0, part;
	char *end;
	int i;

	for (i = 0; i < 4; i++) {
		if (!isdigit((unsigned char)*text))
			return -1;
		errno = 0;
		part = strtoull(text, &end, 10);
		if (errno || part > UINT16_MAX || *end != (i < 3 ? '.' : '\0'))
			return -1;
		version = version << 16 | part;
		text = end + 1;
	}
	*ret = version;
	return 0;
}

/* Copies the next word of *@text; the length, 0 at the end, -1 if too long. */
static int next_word(const char **text, char word[WORD_MAX])
{
	size_t length;

	*text += strspn(*text, " \t");
	length = strcspn(*text, " \t");
	if (length >= WORD_MAX)
		return -1;
	memcpy(word, *text, length);
	word[length] = '\0';
	*text += length;
	*text += strspn(*text, " \t");
	return (int)length;
}

/* n, n+ or /n */
static int injection_turn(char *word, struct dxghost_injection *injection)
{
	size_t last = strlen(word) - 1;
	uint64_t nth;

	injection->mode = DXGHOST_INJECT_ONCE;
	if (*word == '/') {
		injection->mode = DXGHOST_INJECT_EVERY;
		word++;
	} else if (word[last] == '+') {
		injection->mode = DXGHOST_INJECT_FROM;
		word[last] = '\0';
	}
	if (dxghost_value_number(word, UINT32_MAX, &nth) || !nth)
		return -1;
	injection->nth = (uint32_t)nth;
	return 0;
}

/* NUMBER TURN STATUS */
int dxghost_value_injection(const char *text, struct dxghost_profile *profile)
{
	struct dxghost_injection injection = { .command = 0 };
	char command[WORD_MAX], turn[WORD_MAX], status[WORD_MAX];
	uint64_t number, value;

	if (profile->injection_count == DXGHOST_MAX_INJECTIONS ||
	    next_word(&text, command) <= 0 || next_word(&text, turn) <= 0 ||
	    next_word(&text, status) <= 0 || *text ||
	    dxghost_value_number(command, UINT32_MAX, &number) ||
	    dxghost_value_number(status, UINT32_MAX, &value) ||
	    value <= INT32_MAX || injection_turn(turn, &injection))
		return -1;
	injection.command = (uint32_t)number;
	injection.status = (uint32_t)value;
	profile->injections[profile->injection_count++] = injection;
	return 0;
}

int dxghost_value_nodes(const char *text,
			struct dxghost_adapter_profile *adapter)
{
	enum dxghost_node_type type;
	char word[WORD_MAX];
	uint32_t count = 0;
	int length;

	while ((length = next_word(&text, word)) > 0) {
		if (!strcmp(word, "3d"))
			type = DXGHOST_NODE_3D;
		else if (!strcmp(word, "compute"))
			type = DXGHOST_NODE_COMPUTE;
		else if (!strcmp(word, "copy"))
			type = DXGHOST_NODE_COPY;
		else
			return -1;
		if (count == DXGHOST_MAX_NODES)
			return -1;
		adapter->nodes[count++] = type;
	}
	adapter->node_count = count;
	return length < 0 || !count ? -1 : 0;
}

/* Text as 2-byte characters; '|' separates the strings of a multi-string. */
static int value_text(struct dxghost_registry_value *value, const char *text)
{
	size_t length = strlen(text), ends = value->type == REG_MULTI_SZ ? 2 : 1;
	uint8_t *data = calloc(length + ends, 2);
	size_t i;

	if (!data)
		return -1;
	for (i = 0; i < length; i++)
		if (value->type != REG_MULTI_SZ || text[i] != '|')
			data[2 * i] = (uint8_t)text[i];
	value->data = data;
	value->size = (uint32_t)(2 * (length + ends));
	return 0;
}

static int value_integer(struct dxghost_registry_value *value, const char *text)
{
	uint32_t i, bytes = value->type == REG_DWORD ? 4 : 8;
	uint64_t number;

	if (dxghost_value_number(text, UINT64_MAX >> (64 - 8 * bytes), &number))
		return -1;
	value->data = malloc(bytes);
	if (!value->data)
		return -1;
	for (i = 0; i < bytes; i++)
		value->data[i] = (uint8_t)(number >> 8 * i);
	value->size = bytes;
	return 0;
}

/* Pairs of hexadecimal digits. */
static int value_binary(struct dxghost_registry_value *value, const char *text)
{
	size_t i, length = strlen(text);

	if (!length || length % 2 || strspn(text, "0123456789abcdefABCDEF") !=
	    length)
		return -1;
	value->data = malloc(length / 2);
	if (!value->data)
		return -1;
	for (i = 0; i < length; i += 2) {
		char pair[3] = { text[i], text[i + 1], '\0' };

		value->data[i / 2] = (uint8_t)strtoul(pair, NULL, 16);
	}
	value->size = (uint32_t)(length / 2);
	return 0;
}

static int value_data(struct dxghost_registry_value *value, const char *type,
		      const char *text)
{
	static const struct {
		const char *name;
		uint32_t type;
		int (*parse)(struct dxghost_registry_value *, const char *);
	} types[] = {
		{ "sz", REG_SZ, value_text },
		{ "expand_sz", REG_EXPAND_SZ, value_text },
		{ "multi_sz", REG_MULTI_SZ, value_text },
		{ "binary", REG_BINARY, value_binary },
		{ "dword", REG_DWORD, value_integer },
		{ "qword", REG_QWORD, value_integer },
	};
	size_t i;

	for (i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		if (strcmp(type, types[i].name))
			continue;
		value->type = types[i].type;
		return types[i].parse(value, text);
	}
	return -1;
}

/* service|adapter TYPE NAME VALUE */
int dxghost_value_registry(const char *text,
			   struct dxghost_adapter_profile *adapter)
{
	struct dxghost_registry_value value = { .type = 0 };
	char key[WORD_MAX], type[WORD_MAX], name[WORD_MAX];

	if (adapter->registry_count == DXGHOST_MAX_REGISTRY)
		return -1;
	if (next_word(&text, key) <= 0 || next_word(&text, type) <= 0 ||
	    next_word(&text, name) <= 0)
		return -1;
	if (!strcmp(key, "service"))
		value.key = DXGHOST_KEY_SERVICE;
	else if (!strcmp(key, "adapter"))
		value.key = DXGHOST_KEY_ADAPTER;
	else
		return -1;
	if (value_data(&value, type, text))
		return -1;
	value.name = strdup(name);
	if (!value.name) {
		free(value.data);
		return -1;
	}
	adapter->registry[adapter->registry_count++] = value;
	return 0;
}
