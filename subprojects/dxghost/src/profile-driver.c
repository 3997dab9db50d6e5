/* SPDX-License-Identifier: MIT */
/* What a profile lets an adapter's driver answer: registry, private data, escapes. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "profile.h"

#define REG_SZ		1u
#define REG_EXPAND_SZ	2u
#define REG_BINARY	3u
#define REG_DWORD	4u
#define REG_MULTI_SZ	7u
#define REG_QWORD	11u

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
	value->bytes.data = data;
	value->bytes.size = (uint32_t)(2 * (length + ends));
	return 0;
}

static int value_integer(struct dxghost_registry_value *value, const char *text)
{
	uint32_t i, bytes = value->type == REG_DWORD ? 4 : 8;
	uint64_t number;

	if (dxghost_value_number(text, UINT64_MAX >> (64 - 8 * bytes), &number))
		return -1;
	value->bytes.data = malloc(bytes);
	if (!value->bytes.data)
		return -1;
	for (i = 0; i < bytes; i++)
		value->bytes.data[i] = (uint8_t)(number >> 8 * i);
	value->bytes.size = bytes;
	return 0;
}

/* Pairs of hexadecimal digits, to the end of the word. */
static int parse_bytes(const char *text, struct dxghost_bytes *ret)
{
	size_t i, length = strspn(text, "0123456789abcdefABCDEF");
	uint8_t *data;

	if (!length || length % 2 ||
	    (text[length] && !isspace((unsigned char)text[length])))
		return -1;
	data = malloc(length / 2);
	if (!data)
		return -1;
	for (i = 0; i < length; i += 2) {
		char pair[3] = { text[i], text[i + 1], '\0' };

		data[i / 2] = (uint8_t)strtoul(pair, NULL, 16);
	}
	ret->data = data;
	ret->size = (uint32_t)(length / 2);
	return 0;
}

/* Such bytes and nothing else. */
static int parse_only_bytes(const char *text, struct dxghost_bytes *ret)
{
	return strpbrk(text, " \t") ? -1 : parse_bytes(text, ret);
}

static int value_binary(struct dxghost_registry_value *value, const char *text)
{
	return parse_only_bytes(text, &value->bytes);
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
	char key[DXGHOST_WORD_MAX], type[DXGHOST_WORD_MAX];
	char name[DXGHOST_WORD_MAX];

	if (adapter->registry_count == DXGHOST_MAX_REGISTRY)
		return -1;
	if (dxghost_value_word(&text, key) <= 0 ||
	    dxghost_value_word(&text, type) <= 0 ||
	    dxghost_value_word(&text, name) <= 0)
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
		free(value.bytes.data);
		return -1;
	}
	adapter->registry[adapter->registry_count++] = value;
	return 0;
}

int dxghost_value_umd_private(const char *text,
			      struct dxghost_adapter_profile *adapter)
{
	struct dxghost_bytes bytes;

	if (parse_only_bytes(text, &bytes))
		return -1;
	free(adapter->umd_private.data);
	adapter->umd_private = bytes;
	return 0;
}

/* REQUEST|* ANSWER|refused */
int dxghost_value_escape(const char *text,
			 struct dxghost_adapter_profile *adapter)
{
	struct dxghost_escape_answer *escape =
		&adapter->escapes[adapter->escape_count];
	size_t length = strcspn(text, " \t");
	const char *answer = text + length + strspn(text + length, " \t");

	if (adapter->escape_count == DXGHOST_MAX_ESCAPES || !*answer)
		return -1;
	*escape = (struct dxghost_escape_answer){ .refused = false };
	/* Counted first, so that it is freed whatever happens. */
	adapter->escape_count++;
	if ((length != 1 || *text != '*') &&
	    parse_bytes(text, &escape->request))
		return -1;
	escape->refused = !strcmp(answer, "refused");
	return escape->refused ? 0 : parse_only_bytes(answer, &escape->answer);
}

void dxghost_profile_release_driver(struct dxghost_adapter_profile *adapter)
{
	uint32_t i;

	for (i = 0; i < adapter->registry_count; i++) {
		free(adapter->registry[i].name);
		free(adapter->registry[i].bytes.data);
	}
	for (i = 0; i < adapter->escape_count; i++) {
		free(adapter->escapes[i].request.data);
		free(adapter->escapes[i].answer.data);
	}
	free(adapter->umd_private.data);
}
