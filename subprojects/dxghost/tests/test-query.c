/* SPDX-License-Identifier: MIT */
/* Queries of an adapter, configuration space, and hosts of an old version. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "rig.h"
#include "status.h"

#define VALUE_AT	544u

static struct rig rig;

static int up(void **state)
{
	(void)state;
	rig_up(&rig, "[adapter]\nregistry = adapter binary Blob 0102030405060708"
	       "090a\nregistry = adapter sz DriverDesc Another\n"
	       "vendor_id = 0x1002\ndevice_id = 0x744c\n"
	       "subsystem_vendor_id = 0x1da2\nsubsystem_id = 0xe471\n"
	       "revision_id = 0xc8\npci_address = 3:4.5\n"
	       "description = A GPU\nchip_type = A chip\ndac_type = A DAC\n"
	       "bios_version = 9f\narchitecture = Arch\n"
	       "driver_store = C:\\s\nkmd_file = k.sys\n"
	       "wddm_version = 3200\n"
	       "graphics_preemption = pixel\ncompute_preemption = dma\n"
	       "nodes = 3d video_encode copy\nnode_names = |Encoder\n"
	       "registry = adapter sz Twice first\n"
	       "registry = adapter sz Twice second\n");
	return 0;
}

static int down(void **state)
{
	(void)state;
	rig_down(&rig);
	return 0;
}

/* The status; the payload comes back in place. */
static int32_t query(uint32_t type, void *payload, uint32_t size)
{
	struct dxgk_wire_queryadapterinfo request = {
		.query_type = type, .private_data_size = size,
	};
	uint8_t *message = calloc(1, sizeof(request) + size + 7);
	uint8_t *reply = calloc(1, 4 + size);
	int32_t status;

	memcpy(message, &request, sizeof(request));
	memcpy(message + sizeof(request), payload, size);
	assert_int_equal(rig_vgpu(&rig, DXGK_CMD_QUERYADAPTERINFO, message,
				  sizeof(request) + size + 7, reply, 4 + size),
			 4 + size);
	memcpy(&status, reply, 4);
	if (status >= 0)
		memcpy(payload, reply + 4, size);
	free(message);
	free(reply);
	return status;
}

static void every_type_of_fixed_size_wants_that_size(void **state)
{
	static const struct {
		uint32_t type, size;
	} types[] = {
		{ 3, 24 }, { 4, 16 }, { 6, 12 }, { 8, 2080 }, { 11, 4 },
		{ 12, 4 }, { 13, 4 }, { 15, 4 }, { 17, 12 }, { 18, 8 },
		{ 22, 4 }, { 24, 4 }, { 25, 78 }, { 30, 4 }, { 31, 28 },
		{ 34, 12 }, { 42, 56 }, { 49, 8 }, { 52, 16 }, { 53, 12 },
		{ 54, 2080 }, { 55, 4 }, { 56, 4 }, { 57, 4 }, { 58, 12 },
		{ 59, 4 }, { 60, 80 }, { 61, 56 }, { 62, 64 }, { 63, 40 },
		{ 64, 132 }, { 65, 8192 }, { 66, 8192 }, { 68, 1 }, { 70, 4 },
		{ 75, 4 },
	};
	static uint8_t payload[8200];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		memset(payload, 0, sizeof(payload));
		if (query(types[i].type, payload, types[i].size))
			fail_msg("type %u", types[i].type);
		memset(payload, 0, sizeof(payload));
		if (types[i].size > 1 &&
		    query(types[i].type, payload, types[i].size - 1) !=
		    ST_INVALID_PARAMETER)
			fail_msg("type %u, short", types[i].type);
		if (query(types[i].type, payload, types[i].size + 4) !=
		    ST_INVALID_PARAMETER)
			fail_msg("type %u, long", types[i].type);
	}
}

static void unknown_types_are_refused(void **state)
{
	uint32_t types[] = { 2, 5, 14, 69, 78, 1000, 0xFFFFFFFF };
	uint8_t payload[64] = { 0 };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		assert_int_equal(query(types[i], payload, sizeof(payload)),
				 ST_INVALID_PARAMETER);
}

static void adapter_can_render_and_is_virtual(void **state)
{
	struct dxghost_gpu_info info = { 0 };
	uint32_t type = 0, version = 0;

	(void)state;
	assert_int_equal(query(15, &type, 4), 0);
	assert_int_equal(type & 0x881, 0x81);
	assert_int_equal(query(13, &version, 4), 0);
	assert_int_equal(version, 3200);
	assert_int_equal(query(56, &version, 4), 0);
	assert_int_equal(version, 3200);
	assert_int_equal(query(0, &info, sizeof(info)), 0);
	assert_int_equal(info.magic, DXGHOST_GPU_INFO_MAGIC);
	assert_int_equal(info.node_count, 3);
}

static void preemption_is_that_of_the_profile(void **state)
{
	uint32_t caps[3] = { 0 };

	(void)state;
	assert_int_equal(query(17, caps, sizeof(caps)), 0);
	assert_int_equal(caps[0], 400);
	assert_int_equal(caps[1], 100);
}

static void private_data_is_the_gpus_own_and_zero_behind(void **state)
{
	uint8_t payload[sizeof(struct dxghost_gpu_info) + 8];
	struct dxghost_gpu_info info;
	const uint8_t zero[8] = { 0 };

	(void)state;
	memset(payload, 0xaa, sizeof(payload));
	assert_int_equal(query(0, payload, sizeof(payload)), 0);
	memcpy(&info, payload, sizeof(info));
	assert_int_equal(info.magic, DXGHOST_GPU_INFO_MAGIC);
	assert_memory_equal(payload + sizeof(info), zero, sizeof(zero));
	assert_int_equal(query(0, payload, sizeof(info) - 1),
			 ST_INVALID_PARAMETER);
}

static void private_data_is_what_the_profile_says(void **state)
{
	uint8_t payload[5] = { 9, 9, 9, 9, 9 };

	(void)state;
	rig_up(&rig, "[adapter]\numd_private = 0102\n");
	assert_int_equal(query(0, payload, 4), 0);
	assert_memory_equal(payload, "\1\2\0\0\11", 5);
	assert_int_equal(query(0, payload, 1), ST_INVALID_PARAMETER);
	rig_down(&rig);
	rig_up(&rig, "[adapter]\numd_private = 0102\numd_private_size = 4\n");
	assert_int_equal(query(0, payload, 4), 0);
	assert_int_equal(query(0, payload, 3), ST_INVALID_PARAMETER);
	assert_int_equal(query(0, payload, 5), ST_INVALID_PARAMETER);
	rig_down(&rig);
}

/* Bytes of the reply: the data comes back in place. */
static size_t escape(uint8_t *data, uint32_t size)
{
	struct {
		struct dxgk_wire_escape request;
		uint8_t data[16];
	} message = {
		.request = { .adapter = rig.adapter,
			     .priv_drv_data_size = size },
	};

	memcpy(message.data, data, size);
	return rig_vgpu(&rig, DXGK_CMD_ESCAPE, &message,
			sizeof(message.request) + size, data, size);
}

static void escapes_answer_what_the_profile_says(void **state)
{
	uint8_t known[4] = { 1, 2, 3, 4 }, other[4] = { 1, 3, 3, 4 };
	uint8_t refused[4] = { 5, 0, 0, 0 }, small[2] = { 1, 2 };

	(void)state;
	rig_up(&rig, "[adapter]\nescape = 05 refused\nescape = 0102 ee\n"
	       "escape = 0102 a0b0c0\n");
	assert_int_equal(escape(known, 4), 4);
	assert_memory_equal(known, "\xa0\xb0\xc0\4", 4);
	assert_int_equal(escape(other, 4), 4);
	assert_memory_equal(other, "\1\3\3\4", 4);
	assert_int_equal(escape(refused, 4), 0);
	assert_int_equal(escape(small, 2), 0);
	assert_int_equal(escape(small, 1), 1);
	rig_down(&rig);
}

static void a_star_is_any_escape(void **state)
{
	uint8_t data[2] = { 7, 8 };

	(void)state;
	rig_up(&rig, "[adapter]\nescape = * refused\nescape = 07 01\n");
	assert_int_equal(escape(data, 2), 2);
	assert_memory_equal(data, "\1\10", 2);
	assert_int_equal(escape(data, 2), 0);
	assert_int_equal(escape(data, 0), 0);
	rig_down(&rig);
}

static void software_is_no_half_of_a_pair(void **state)
{
	uint32_t type = 0, caps = 1;

	(void)state;
	rig_up(&rig, "[adapter]\nsoftware = on\nintegrated = on\n");
	assert_int_equal(query(15, &type, 4), 0);
	assert_int_equal(type, 0x85);
	assert_int_equal(query(22, &caps, 4), 0);
	assert_int_equal(caps, 0);
	rig_down(&rig);
}

static void nodes_have_types_and_names(void **state)
{
	static const struct {
		uint8_t type;
		const char *name;
	} nodes[] = { { 1, "3D" }, { 3, "Encoder" }, { 6, "Copy" } };
	uint8_t node[78], i;
	uint32_t k;

	(void)state;
	for (i = 0; i < 3; i++) {
		memset(node, 0, sizeof(node));
		node[0] = i;
		assert_int_equal(query(25, node, sizeof(node)), 0);
		assert_int_equal(node[4], nodes[i].type);
		for (k = 0; k <= strlen(nodes[i].name); k++)
			assert_int_equal(node[8 + 2 * k], nodes[i].name[k]);
	}
	memset(node, 0, sizeof(node));
	node[0] = 3;
	assert_int_equal(query(25, node, sizeof(node)), ST_INVALID_PARAMETER);
}

static void pci_identity_is_that_of_the_profile(void **state)
{
	static const uint32_t want[] = {
		0, 0x1002, 0x744c, 0x1da2, 0xe471, 0xc8, 0,
	};
	static const uint32_t place[] = { 3, 4, 5 };
	uint32_t ids[7] = { 0 }, address[3] = { 0 };

	(void)state;
	assert_int_equal(query(31, ids, sizeof(ids)), 0);
	assert_memory_equal(ids, want, sizeof(want));
	assert_int_equal(query(6, address, sizeof(address)), 0);
	assert_memory_equal(address, place, sizeof(place));
	memset(address, 0, sizeof(address));
	assert_int_equal(query(53, address, sizeof(address)), 0);
	assert_memory_equal(address, place, sizeof(place));
}

static void put_name(uint8_t *payload, const char *name)
{
	uint32_t i;

	for (i = 0; name[i]; i++)
		payload[8 + 2 * i] = (uint8_t)name[i];
}

static uint32_t u32(const uint8_t *payload, uint32_t at)
{
	uint32_t value;

	memcpy(&value, payload + at, 4);
	return value;
}

static void registry_tells_the_size_that_is_needed(void **state)
{
	uint8_t payload[562] = { 1 };

	(void)state;
	put_name(payload, "Blob");
	payload[528] = 3;
	assert_int_equal(query(48, payload, 552), 0);
	assert_int_equal(u32(payload, 540), 1);
	assert_int_equal(u32(payload, 536), 10);
	assert_int_equal(query(48, payload, 552 + 2), 0);
	assert_int_equal(u32(payload, 540), 0);
	assert_memory_equal(payload + VALUE_AT, "\1\2\3\4\5\6\7\10\11\12", 10);
}

static void registry_looks_at_name_and_type(void **state)
{
	uint8_t payload[600] = { 1 };

	(void)state;
	put_name(payload, "driverdesc");
	payload[528] = 1;
	assert_int_equal(query(48, payload, sizeof(payload)), 0);
	assert_int_equal(u32(payload, 540), 0);
	assert_int_equal(u32(payload, 536), 16);
	assert_memory_equal(payload + VALUE_AT, "A\0n\0o\0t\0h\0e\0r\0\0\0", 16);
	payload[528] = 4;
	assert_int_equal(query(48, payload, sizeof(payload)), 0);
	assert_int_equal(u32(payload, 540), 2);
	memset(payload + 8, 0, 520);
	put_name(payload, "NoSuchValue");
	payload[528] = 1;
	assert_int_equal(query(48, payload, sizeof(payload)), 0);
	assert_int_equal(u32(payload, 540), 2);
	assert_int_equal(query(48, payload, 551), ST_INVALID_PARAMETER);
}

/* @text: as the value of that name in the key of that type is */
static void registry_holds(uint32_t key, const char *name, uint32_t type,
			   const char *text)
{
	uint8_t payload[1000] = { (uint8_t)key };
	uint32_t i;

	put_name(payload, name);
	payload[528] = (uint8_t)type;
	assert_int_equal(query(48, payload, sizeof(payload)), 0);
	assert_int_equal(u32(payload, 540), 0);
	assert_int_equal(u32(payload, 536), 2 * (strlen(text) + 1));
	for (i = 0; i <= strlen(text); i++)
		assert_int_equal(payload[VALUE_AT + 2 * i], text[i]);
}

static void registry_has_the_texts_of_the_profile(void **state)
{
	(void)state;
	registry_holds(1, "HardwareInformation.AdapterString", 1, "A GPU");
	registry_holds(1, "HardwareInformation.ChipType", 1, "A chip");
	registry_holds(1, "HardwareInformation.DacType", 1, "A DAC");
	registry_holds(1, "HardwareInformation.BiosString", 1, "9f");
	registry_holds(0, "ImagePath", 2, "C:\\s\\k.sys");
	registry_holds(3, "", 0, "C:\\s\\k.sys");
}

static void last_registry_value_of_a_name_counts(void **state)
{
	(void)state;
	registry_holds(1, "Twice", 1, "second");
}

/* Wide text at @at, without a look at what follows it. */
static void text_is(const uint8_t *payload, uint32_t at, const char *text)
{
	uint32_t i;

	for (i = 0; i <= strlen(text); i++) {
		assert_int_equal(payload[at + 2 * i], text[i]);
		assert_int_equal(payload[at + 2 * i + 1], 0);
	}
}

static void adapter_describes_its_hardware(void **state)
{
	uint8_t payload[2080] = { 0 };

	(void)state;
	assert_int_equal(query(8, payload, 2080), 0);
	text_is(payload, 0, "A GPU");
	text_is(payload, 520, "9f");
	text_is(payload, 1040, "A DAC");
	text_is(payload, 1560, "A chip");
	memset(payload, 0, sizeof(payload));
	assert_int_equal(query(64, payload, 132), 0);
	text_is(payload, 4, "9f");
	text_is(payload, 68, "Arch");
}

static void driver_store_is_a_windows_path(void **state)
{
	uint8_t payload[1000] = { 2 };

	(void)state;
	assert_int_equal(query(48, payload, sizeof(payload)), 0);
	assert_int_equal(u32(payload, 540), 0);
	assert_memory_equal(payload + VALUE_AT, "C\0:\0\\\0s\0", 8);
}

static void statistics_agree_with_each_other(void **state)
{
	struct dxgk_wire_querystatistics request = { .args.type = 3 };
	struct dxgk_wire_querystatistics_reply reply;
	struct rig_buffer buffer;
	uint64_t values[3];

	(void)state;
	rig_buffer(&rig, 1u << 20, &buffer);
	request.args.adapter_luid.low = 0x30000;
	rig_vgpu(&rig, DXGK_CMD_QUERYSTATISTICS, &request, sizeof(request),
		 &reply, sizeof(reply));
	assert_int_equal(reply.status, 0);
	memcpy(values, reply.result, sizeof(values));
	assert_int_equal(values[0], 4ull << 30);
	assert_int_equal(values[1], 1u << 20);
	assert_int_equal(values[2], 1u << 20);
	request.args.query_input = 2;
	rig_vgpu(&rig, DXGK_CMD_QUERYSTATISTICS, &request, sizeof(request),
		 &reply, sizeof(reply));
	assert_int_equal(reply.status, ST_INVALID_PARAMETER);
}

static void clocks_run_and_agree(void **state)
{
	struct dxgk_wire_queryclockcalibration request;
	struct dxgk_wire_queryclockcalibration_reply a, b;

	(void)state;
	memset(&request, 0, sizeof(request));
	request.args.adapter = rig.adapter;
	rig_vgpu(&rig, DXGK_CMD_QUERYCLOCKCALIBRATION, &request,
		 sizeof(request), &a, sizeof(a));
	rig_vgpu(&rig, DXGK_CMD_QUERYCLOCKCALIBRATION, &request,
		 sizeof(request), &b, sizeof(b));
	assert_int_equal(b.status, 0);
	assert_true(b.clock_data.gpu_clock_counter >
		    a.clock_data.gpu_clock_counter);
	assert_int_equal(b.clock_data.gpu_clock_counter / 100,
			 b.clock_data.cpu_clock_counter);
}

static void configuration_space_names_the_adapter(void **state)
{
	uint32_t value;

	(void)state;
	assert_int_equal(dxghost_pci_read(rig.host, 0, 0, &value), 0);
	assert_int_equal(value, 0x008E1414);
	dxghost_pci_read(rig.host, 0, DXGK_PCI_CHANNEL_GUID, &value);
	assert_int_equal(value, 0x10000);
	dxghost_pci_read(rig.host, 0, DXGK_PCI_VERSION, &value);
	assert_int_equal(value, 40);
	dxghost_pci_write(rig.host, 0, DXGK_PCI_GUEST_CAPS, 1);
	dxghost_pci_read(rig.host, 0, DXGK_PCI_VGPU_LUID, &value);
	assert_int_equal(value, 0x20000);
	dxghost_pci_read(rig.host, 0, DXGK_PCI_HOST_CAPS, &value);
	assert_int_equal(value, 1);
	assert_int_equal(dxghost_pci_read(rig.host, 1, 0, &value), -EINVAL);
	assert_int_equal(dxghost_pci_read(rig.host, 0, 2, &value), -EINVAL);
	assert_int_equal(dxghost_pci_read(rig.host, 0, 256, &value), -EINVAL);
}

/* What is set aside for it is dedicated, the rest is shared. */
static void integrated_gpu_shares_its_memory(void **state)
{
	uint64_t sizes[3] = { 0 }, groups[7] = { 0 };
	uint32_t type = 0, caps = 0;

	(void)state;
	rig_up(&rig, "[adapter]\nintegrated = on\nlocal_memory = 96M\n"
	       "dedicated_memory = 32M\nnonlocal_memory = 0\n");
	assert_int_equal(query(3, sizes, sizeof(sizes)), 0);
	assert_int_equal(sizes[0], 32u << 20);
	assert_int_equal(sizes[1], 0);
	assert_int_equal(sizes[2], 64u << 20);
	assert_int_equal(query(42, groups, sizeof(groups)), 0);
	assert_memory_equal(groups + 1, sizes, sizeof(sizes));
	assert_int_equal(groups[4], 96u << 20);
	assert_int_equal(groups[5], 0);
	assert_int_equal(query(15, &type, 4), 0);
	assert_int_equal(type & (3u << 4), 1u << 5);
	assert_int_equal(query(22, &caps, 4), 0);
	assert_int_equal(caps, 1u << 1);
	rig_down(&rig);
}

static void discrete_gpu_alone_is_no_half_of_a_pair(void **state)
{
	uint32_t type = 0, caps = 1;

	(void)state;
	assert_int_equal(query(15, &type, 4), 0);
	assert_int_equal(type & (3u << 4), 0);
	assert_int_equal(query(22, &caps, 4), 0);
	assert_int_equal(caps, 0);
}

/* No extended header, shorter replies, payloads without a status. */
static void old_host_speaks_the_old_form(void **state)
{
	struct dxghost *host = dxghost_create("interface_version = 27\n"
					      "[adapter]\n", NULL, NULL, NULL,
					      0);
	struct dxgk_wire_openadapter open = {
		.hdr.command_type = DXGK_CMD_OPENADAPTER,
		.vmbus_interface_version = 27,
		.vmbus_last_compatible_interface_version = 16,
	};
	struct dxgk_wire_createprocess process = {
		.hdr = { .channel_type = DXGK_VM_TO_HOST,
			 .command_type = DXGK_VMCMD_CREATEPROCESS },
	};
	struct {
		struct dxgk_wire_queryadapterinfo request;
		uint32_t payload[3];
	} info = {
		.request = { .hdr.command_type = DXGK_CMD_QUERYADAPTERINFO,
			     .query_type = 13, .private_data_size = 4 },
	};
	uint32_t reply[200], value;
	size_t got;

	(void)state;
	assert_non_null(host);
	dxghost_pci_read(host, 0, DXGK_PCI_VERSION, &value);
	assert_int_equal(value, 0);
	dxghost_message(host, 0, &open, sizeof(open), true, reply,
			sizeof(reply), &got);
	assert_int_equal(got, 16);
	assert_int_equal(reply[1], 0);
	open.hdr.command_type = DXGK_CMD_GETINTERNALADAPTERINFO;
	dxghost_message(host, 0, &open, 24, true, reply, sizeof(reply), &got);
	assert_int_equal(got, 704);
	assert_int_equal(reply[3] & 1u << 6, 0);
	dxghost_message(host, -1, &process, sizeof(process), true, reply,
			sizeof(reply), &got);
	info.request.hdr.process = reply[0];
	dxghost_message(host, 0, &info, sizeof(info), true, reply,
			sizeof(reply), &got);
	assert_int_equal(got, 4);
	assert_int_equal(reply[0], 2900);
	info.request.query_type = 999;
	dxghost_message(host, 0, &info, sizeof(info), true, reply,
			sizeof(reply), &got);
	assert_int_equal(got, 0);
	dxghost_destroy(host);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, up, down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(every_type_of_fixed_size_wants_that_size),
		CASE(unknown_types_are_refused),
		CASE(adapter_can_render_and_is_virtual),
		CASE(preemption_is_that_of_the_profile),
		CASE(private_data_is_the_gpus_own_and_zero_behind),
		cmocka_unit_test(private_data_is_what_the_profile_says),
		cmocka_unit_test(escapes_answer_what_the_profile_says),
		cmocka_unit_test(a_star_is_any_escape),
		cmocka_unit_test(software_is_no_half_of_a_pair),
		CASE(nodes_have_types_and_names),
		CASE(pci_identity_is_that_of_the_profile),
		CASE(registry_tells_the_size_that_is_needed),
		CASE(registry_looks_at_name_and_type),
		CASE(registry_has_the_texts_of_the_profile),
		CASE(last_registry_value_of_a_name_counts),
		CASE(adapter_describes_its_hardware),
		CASE(driver_store_is_a_windows_path),
		CASE(statistics_agree_with_each_other),
		CASE(clocks_run_and_agree),
		CASE(configuration_space_names_the_adapter),
		CASE(discrete_gpu_alone_is_no_half_of_a_pair),
		cmocka_unit_test(integrated_gpu_shares_its_memory),
		cmocka_unit_test(old_host_speaks_the_old_form),
	};

	return cmocka_run_group_tests_name("query", tests, NULL, NULL);
}
