/* SPDX-License-Identifier: MIT */
/* What a host looks like: its adapters and how it behaves. */
#ifndef DXGHOST_PROFILE_H
#define DXGHOST_PROFILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define DXGHOST_MAX_ADAPTERS	16
#define DXGHOST_MAX_NODES	16
#define DXGHOST_MAX_REGISTRY	32
#define DXGHOST_MAX_ESCAPES	16
#define DXGHOST_MAX_INJECTIONS	16
#define DXGHOST_MAX_MEMORY	(60ull << 30)	/* MiB of all fit 16 bits */

/* DXGK_ENGINE_TYPE. An engine runs the same packets whatever it is called. */
enum dxghost_node_type {
	DXGHOST_NODE_OTHER = 0,		/* those for computing, too */
	DXGHOST_NODE_3D = 1,
	DXGHOST_NODE_VIDEO_DECODE = 2,
	DXGHOST_NODE_VIDEO_ENCODE = 3,
	DXGHOST_NODE_VIDEO_PROCESSING = 4,
	DXGHOST_NODE_SCENE_ASSEMBLY = 5,
	DXGHOST_NODE_COPY = 6,
	DXGHOST_NODE_OVERLAY = 7,
	DXGHOST_NODE_CRYPTO = 8,
};

struct dxghost_node_profile {
	enum dxghost_node_type type;
	char name[32];
};

struct dxghost_luid {
	uint32_t low;
	uint32_t high;
};

struct dxghost_pci_address {
	uint32_t bus;
	uint32_t device;
	uint32_t function;
};

enum dxghost_registry_key {
	DXGHOST_KEY_SERVICE,
	DXGHOST_KEY_ADAPTER,
};

struct dxghost_bytes {
	uint8_t *data;
	uint32_t size;
};

/* A registry value in its wire form: text has 2-byte characters. */
struct dxghost_registry_value {
	enum dxghost_registry_key key;
	uint32_t type;			/* REG_* */
	char *name;
	struct dxghost_bytes bytes;
};

/* What the driver answers to a private escape that begins with @request. */
struct dxghost_escape_answer {
	struct dxghost_bytes request;
	struct dxghost_bytes answer;	/* over the beginning of its data */
	bool refused;
};

struct dxghost_adapter_profile {
	char description[80];
	char instance_id[260];		/* instance path of the host's GPU */
	char driver_store[200];		/* Windows directory of the package */
	char umd_file[60];		/* user-mode driver in that directory */
	char kmd_file[60];		/* kernel-mode driver in it */
	char chip_type[80];
	char dac_type[32];
	char bios_version[32];
	char architecture[32];
	struct dxghost_luid luid;	/* the one that the guest shows */
	struct dxghost_luid vgpu_luid;
	struct dxghost_luid host_luid;
	uint32_t vendor_id;		/* of the host's GPU */
	uint32_t device_id;
	uint32_t subsystem_vendor_id;
	uint32_t subsystem_id;
	uint32_t revision_id;
	struct dxghost_pci_address pci_address;
	uint64_t driver_version;	/* four 16-bit parts */
	uint32_t wddm_version;		/* KMT_DRIVERVERSION_WDDM_* */
	uint64_t local_memory;		/* bytes */
	uint64_t nonlocal_memory;
	uint64_t dedicated_memory;	/* of the local one, not shared */
	bool compute_only;
	bool integrated;
	bool software;			/* no hardware is behind it */
	bool hw_scheduling;
	uint32_t graphics_preemption;	/* D3DKMDT_GRAPHICS_PREEMPTION_* */
	uint32_t compute_preemption;	/* D3DKMDT_COMPUTE_PREEMPTION_* */
	uint32_t vsync_hz;		/* of its display; 0: it has none */
	uint32_t node_count;
	struct dxghost_node_profile nodes[DXGHOST_MAX_NODES];
	uint32_t registry_count;
	struct dxghost_registry_value registry[DXGHOST_MAX_REGISTRY];
	struct dxghost_bytes umd_private;	/* empty: the software GPU's */
	uint32_t umd_private_size;		/* the only one; 0: any */
	uint32_t escape_count;
	struct dxghost_escape_answer escapes[DXGHOST_MAX_ESCAPES];
};

enum dxghost_inject_mode {
	DXGHOST_INJECT_ONCE,	/* the n-th message */
	DXGHOST_INJECT_FROM,	/* the n-th, and all after it */
	DXGHOST_INJECT_EVERY,	/* each n-th */
};

/* Messages of one command that fail. */
struct dxghost_injection {
	uint32_t command;
	enum dxghost_inject_mode mode;
	uint32_t nth;		/* from 1 */
	uint32_t status;	/* NTSTATUS, an error */
};

struct dxghost_profile {
	uint32_t interface_version;
	bool async;			/* asynchronous messages offered */
	bool map_guest_memory;		/* page lists instead of GPADLs */
	uint32_t latency_us;		/* added to each round trip */
	uint32_t paging_delay_us;
	uint32_t paging_immediate;	/* every n-th completes at once; 0 none */
	uint32_t tdr_ms;		/* time-out of a packet */
	uint32_t drain_ms;		/* longest wait of a destroy for work */
	uint32_t injection_count;
	struct dxghost_injection injections[DXGHOST_MAX_INJECTIONS];
	uint32_t adapter_count;
	struct dxghost_adapter_profile *adapters;
};

/*
 * @source is the name of a built-in profile, text with a newline in it, or the
 * path of a file. 0, or -1 and a line of text in @error.
 */
int dxghost_profile_load(struct dxghost_profile *profile, const char *source,
			 char *error, size_t error_size);
void dxghost_profile_release(struct dxghost_profile *profile);

/* profile-builtin.c: the text of a built-in profile, or NULL */
const char *dxghost_profile_builtin(const char *name);

/* profile-vendor.c: texts of built-in profiles */
extern const char dxghost_profile_intel[];
extern const char dxghost_profile_amd[];
extern const char dxghost_profile_nvidia[];
extern const char dxghost_profile_basic_render[];
extern const char dxghost_profile_vendors[];

/* profile-key.c: 0; -1 a bad value; 1 an unknown key */
int dxghost_profile_set_host(struct dxghost_profile *profile, const char *key,
			     const char *value);
int dxghost_profile_set_adapter(struct dxghost_adapter_profile *adapter,
				const char *key, const char *value);

/* profile-value.c: values of the text form; 0 or -1 */
int dxghost_value_bool(const char *text, bool *ret);
int dxghost_value_number(const char *text, uint64_t max, uint64_t *ret);
int dxghost_value_size(const char *text, uint64_t *ret);
int dxghost_value_luid(const char *text, struct dxghost_luid *ret);
int dxghost_value_version(const char *text, uint64_t *ret);
int dxghost_value_graphics_preemption(const char *text, uint32_t *ret);
int dxghost_value_compute_preemption(const char *text, uint32_t *ret);
int dxghost_value_pci_address(const char *text,
			      struct dxghost_pci_address *ret);
int dxghost_value_injection(const char *text, struct dxghost_profile *profile);
/* Copies the next word of *@text; the length, 0 at the end, -1 if too long. */
#define DXGHOST_WORD_MAX	64
int dxghost_value_word(const char **text, char word[DXGHOST_WORD_MAX]);

/* profile-node.c */
int dxghost_value_nodes(const char *text,
			struct dxghost_adapter_profile *adapter);
int dxghost_value_node_names(const char *text,
			     struct dxghost_adapter_profile *adapter);

/* profile-driver.c */
int dxghost_value_registry(const char *text,
			   struct dxghost_adapter_profile *adapter);
int dxghost_value_umd_private(const char *text,
			      struct dxghost_adapter_profile *adapter);
int dxghost_value_escape(const char *text,
			 struct dxghost_adapter_profile *adapter);
/* Frees what these have allocated. */
void dxghost_profile_release_driver(struct dxghost_adapter_profile *adapter);

#endif
