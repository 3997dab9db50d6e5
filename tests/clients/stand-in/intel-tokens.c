/* SPDX-License-Identifier: MIT */
/* Writes and reads token streams. */
#include "intel-tokens.h"

#define INLINE_VALUE	(1u << 0)
#define IS_GROUP	(1u << 4)

#define GROUP_WORDS	4

/* A token taken apart. */
struct token {
	uint16_t id;
	bool is_group;
	const uint32_t *content;
	size_t words;		/* of the content */
	uint32_t inline_value;
};

static uint32_t first_word(uint16_t id, uint32_t words, uint32_t flags)
{
	return id | words << 16 | flags << 24;
}

/* Room for @words, or NULL. */
static uint32_t *take(struct intel_writer *writer, size_t words)
{
	uint32_t *taken = writer->at;

	if ((size_t)(writer->end - writer->at) < words) {
		writer->is_full = true;
		return NULL;
	}
	writer->at += words;
	return taken;
}

void intel_put_u32(struct intel_writer *writer, uint16_t id, uint32_t value)
{
	uint32_t *token = take(writer, 2);

	if (!token)
		return;
	token[0] = first_word(id, 1, 0);
	token[1] = value;
}

void intel_put_u64(struct intel_writer *writer, uint16_t id, uint64_t value)
{
	uint32_t *token = take(writer, 3);

	if (!token)
		return;
	token[0] = first_word(id, 2, 0);
	token[1] = (uint32_t)value;
	token[2] = (uint32_t)(value >> 32);
}

uint32_t *intel_begin_group(struct intel_writer *writer, uint16_t id, uint32_t index)
{
	uint32_t *group = take(writer, GROUP_WORDS);

	if (!group)
		return NULL;
	group[0] = first_word(id, 0, IS_GROUP);
	group[1] = index;
	return group;
}

void intel_end_group(struct intel_writer *writer, uint32_t *group)
{
	size_t words;

	if (!group)
		return;
	words = (size_t)(writer->at - group) - GROUP_WORDS;
	group[2] = (uint32_t)(words * sizeof(*group));
	group[3] = (uint32_t)words;
}

/* False where the stream ends before the token does. */
static bool read_token(const uint32_t *at, const uint32_t *end, struct token *ret)
{
	size_t header, left = (size_t)(end - at);

	ret->is_group = at[0] >> 24 & IS_GROUP;
	header = ret->is_group ? GROUP_WORDS : 1;
	if (left < header)
		return false;
	ret->id = (uint16_t)at[0];
	ret->content = at + header;
	ret->words = ret->is_group ? at[3] : at[0] >> 16 & 0xff;
	ret->inline_value = at[0] >> 24 & INLINE_VALUE;
	return ret->words <= left - header;
}

static uint64_t value_of(const struct token *token)
{
	switch (token->words) {
	case 0:
		return token->inline_value;
	case 1:
		return token->content[0];
	default:
		return token->content[0] | (uint64_t)token->content[1] << 32;
	}
}

static bool find(const uint32_t *at, const uint32_t *end, const uint16_t *path,
		 uint64_t *value)
{
	struct token token;

	for (; at < end; at = token.content + token.words) {
		bool is_wanted;

		if (!read_token(at, end, &token))
			return false;
		is_wanted = token.id == path[0];
		if (token.is_group) {
			bool is_step = is_wanted && path[1];

			if (find(token.content, token.content + token.words,
				 path + is_step, value))
				return true;
		} else if (is_wanted && !path[1]) {
			*value = value_of(&token);
			return true;
		}
	}
	return false;
}

uint64_t intel_find_value(const uint32_t *begin, const uint32_t *end,
			  const uint16_t *path)
{
	uint64_t value = 0;

	find(begin, end, path, &value);
	return value;
}
