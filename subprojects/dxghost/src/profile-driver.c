/* SPDX-License-Identifier: MIT */
/* What a profile lets an adapter's driver answer: values of its registry keys. */
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
		free(value.data);
		return -1;
	}
	adapter->registry[adapter->registry_count++] = value;
	return 0;
}
