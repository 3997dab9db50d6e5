/* SPDX-License-Identifier: MIT */
/* The engines of a profile's adapter: what they are for, and are called. */
#include <string.h>

#include "profile.h"

static const struct {
	const char *word;
	enum dxghost_node_type type;
	const char *name;
} kinds[] = {
	{ "3d", DXGHOST_NODE_3D, "3D" },
	{ "compute", DXGHOST_NODE_OTHER, "Compute" },
	{ "copy", DXGHOST_NODE_COPY, "Copy" },
	{ "video_decode", DXGHOST_NODE_VIDEO_DECODE, "Video Decode" },
	{ "video_encode", DXGHOST_NODE_VIDEO_ENCODE, "Video Encode" },
	{ "video_processing", DXGHOST_NODE_VIDEO_PROCESSING,
	  "Video Processing" },
	{ "scene_assembly", DXGHOST_NODE_SCENE_ASSEMBLY, "Scene Assembly" },
	{ "overlay", DXGHOST_NODE_OVERLAY, "Overlay" },
	{ "crypto", DXGHOST_NODE_CRYPTO, "Crypto" },
	{ "other", DXGHOST_NODE_OTHER, "Other" },
};

static int add_node(struct dxghost_adapter_profile *adapter, const char *word)
{
	struct dxghost_node_profile *node;
	size_t i;

	if (adapter->node_count == DXGHOST_MAX_NODES)
		return -1;
	node = &adapter->nodes[adapter->node_count];
	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		if (strcmp(word, kinds[i].word))
			continue;
		node->type = kinds[i].type;
		strcpy(node->name, kinds[i].name);
		adapter->node_count++;
		return 0;
	}
	return -1;
}

int dxghost_value_nodes(const char *text,
			struct dxghost_adapter_profile *adapter)
{
	char word[DXGHOST_WORD_MAX];
	int length;

	adapter->node_count = 0;
	while ((length = dxghost_value_word(&text, word)) > 0)
		if (add_node(adapter, word))
			return -1;
	return length < 0 || !adapter->node_count ? -1 : 0;
}

/* Between bars, in the order of the nodes; an empty one stays as it is. */
int dxghost_value_node_names(const char *text,
			     struct dxghost_adapter_profile *adapter)
{
	uint32_t i;

	for (i = 0; i < adapter->node_count; i++) {
		char *name = adapter->nodes[i].name;
		size_t length = strcspn(text, "|");

		if (length >= sizeof(adapter->nodes[i].name))
			return -1;
		if (length) {
			memcpy(name, text, length);
			name[length] = '\0';
		}
		text += length;
		if (!*text)
			return 0;
		text++;
	}
	return -1;
}
