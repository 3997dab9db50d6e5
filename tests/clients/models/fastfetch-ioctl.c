/* SPDX-License-Identifier: MIT */
/*
 * fastfetch of 2026: no library, but the requests of /dev/dxg themselves. Strings come as
 * they are on the wire then, in units of 16 bits.
 */
#include <fcntl.h>
#include <unistd.h>

#include <sys/ioctl.h>

#include <dxg/uapi.h>

#include "client.h"
#include "t-host.h"

#define ADAPTERS 64
#define SEGMENT_GROUP_USAGE 17

static struct d3dkmt_adapterinfo adapters[ADAPTERS];
static __u32 adapter_count;
static int device;

/* On the soft device its own functions take the place of the system's. */
static int request(unsigned long number, void *args)
{
	const struct t_soft *soft = t_soft_if_any();

	return soft ? soft->ioctl(device, number, args) : ioctl(device, number, args);
}

static void opens_the_node(void)
{
	static const char machine[] = "[adapter]\n"
				      "like = amd\n"
				      CLIENT_LITTLE_MEMORY
				      "[adapter]\n"
				      "like = intel\n"
				      CLIENT_LITTLE_MEMORY;
	const struct t_soft *soft = t_soft_if_any();

	t_host_use_machine(machine);
	if (soft) {
		assert_int_equal(soft->set_profile(machine), 0);
		device = soft->open();
	} else {
		device = open("/dev/dxg", O_RDWR | O_CLOEXEC);
	}
	assert_true(device >= 0);
}

static void enumerates_in_one_call(void)
{
	struct d3dkmt_enumadapters2 args = {
		.num_adapters = ADAPTERS, .adapters = (uintptr_t)adapters,
	};

	assert_int_equal(request(LX_DXENUMADAPTERS2, &args), 0);
	adapter_count = args.num_adapters;
	assert_int_equal(adapter_count, 2);
}

static void ask(__u32 index, __u32 type, void *data, __u32 size)
{
	struct d3dkmt_queryadapterinfo args = {
		.adapter = adapters[index].adapter_handle,
		.type = type,
		.private_data = (uintptr_t)data,
		.private_data_size = size,
	};

	assert_int_equal(request(LX_DXQUERYADAPTERINFO, &args), 0);
}

static void asks_for_numbers(void)
{
	static const __u32 vendors[] = { 0x1002, 0x8086 };
	static const __u32 buses[] = { 3, 0 };
	__u32 i;

	for (i = 0; i < adapter_count; i++) {
		__u32 type, model, address[3], ids[7] = { 0 };
		__u64 version, sizes[3];

		ask(i, DXG_QAI_ADAPTERTYPE, &type, sizeof(type));
		ask(i, DXG_QAI_DRIVERVERSION, &model, sizeof(model));
		ask(i, DXG_QAI_ADAPTERADDRESS, address, sizeof(address));
		ask(i, DXG_QAI_PHYSICALADAPTERDEVICEIDS, ids, sizeof(ids));
		ask(i, DXG_QAI_UMD_DRIVER_VERSION, &version, sizeof(version));
		ask(i, DXG_QAI_GETSEGMENTSIZE, sizes, sizeof(sizes));
		assert_true(type & 1);
		assert_int_equal(model, 3200);
		assert_int_equal(address[0], buses[i]);
		assert_int_equal(ids[1], vendors[i]);
		assert_int_equal(version >> 48, 32);
		assert_int_equal(sizes[0], 64 << 20);
	}
}

static bool is_text(const __u16 *units, const char *text)
{
	for (; *text; units++, text++)
		if (*units != (unsigned char)*text)
			return false;
	return !*units;
}

/* Four strings of 260; a node's of 32, which begins at 8; one of 40. */
static void asks_for_strings_of_16_bits(void)
{
	__u16 registry[4 * 260] = { 0 }, guid[40] = { 0 };
	struct {
		__u32 node;
		__u32 type;
		__u16 name[32];
		__u8 rest[6];
	} node = { .node = 2 };

	ask(0, DXG_QAI_ADAPTERREGISTRYINFO, registry, sizeof(registry));
	assert_true(is_text(registry, "AMD Radeon RX 7900 XTX"));
	ask(0, DXG_QAI_NODEMETADATA, &node, 78);
	assert_true(is_text(node.name, "Compute 0"));
	ask(0, DXG_QAI_QUERY_ADAPTER_UNIQUE_GUID, guid, sizeof(guid));
	assert_true(guid[0] == '{' && guid[37] == '}' && !guid[38]);
}

/* Of both groups, the second in the upper half of the input. */
static void asks_how_much_memory_is_used(void)
{
	static const __u64 sizes[] = { 64 << 20, 16 << 20 };
	__u32 group;

	for (group = 0; group < 2; group++) {
		struct d3dkmt_querystatistics args = {
			.type = SEGMENT_GROUP_USAGE,
			.adapter_luid = adapters[0].adapter_luid,
			.query = { group << 16 },
		};
		__u64 usage[5];

		assert_int_equal(request(LX_DXQUERYSTATISTICS, &args), 0);
		memcpy(usage, &args.result, sizeof(usage));
		assert_int_equal(usage[0] + usage[1], sizes[group]);
	}
}

static void closes_each_adapter(void)
{
	const struct t_soft *soft = t_soft_if_any();
	__u32 i;

	for (i = 0; i < adapter_count; i++) {
		struct d3dkmt_closeadapter args = {
			.adapter_handle = adapters[i].adapter_handle,
		};

		assert_int_equal(request(LX_DXCLOSEADAPTER, &args), 0);
	}
	assert_int_equal(soft ? soft->close(device) : close(device), 0);
}

int main(void)
{
	const struct CMUnitTest steps[] = {
		client_step(opens_the_node),
		client_step(enumerates_in_one_call),
		client_step(asks_for_numbers),
		client_step(asks_for_strings_of_16_bits),
		client_step(asks_how_much_memory_is_used),
		client_step(closes_each_adapter),
	};

	return cmocka_run_group_tests_name("client-fastfetch-ioctl", steps, NULL, NULL);
}
