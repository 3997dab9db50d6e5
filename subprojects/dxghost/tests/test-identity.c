/* SPDX-License-Identifier: MIT */
/* What an adapter says of itself is what its profile says. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <string.h>
#include <cmocka.h>

#include "rig.h"
#include "status.h"

static struct rig rig;

static int up(void **state)
{
	(void)state;
	rig_up(&rig, "[adapter]\n"
	       "vendor_id = 0x1002\ndevice_id = 0x744c\n"
	       "subsystem_vendor_id = 0x1da2\nsubsystem_id = 0xe471\n"
	       "revision_id = 0xc8\npci_address = 3:4.5\n"
	       "instance_id = PCI\\VEN_1002&DEV_744C\\6&5\n"
	       "description = A GPU\nchip_type = A chip\ndac_type = A DAC\n"
	       "bios_version = 9f\narchitecture = Arch\nwddm_version = 3200\n"
	       "graphics_preemption = pixel\ncompute_preemption = dma\n"
	       "nodes = 3d video_encode copy\nnode_names = |Encoder\n");
	return 0;
}

static int down(void **state)
{
	(void)state;
	rig_down(&rig);
	return 0;
}

static void adapter_can_render_and_is_virtual(void **state)
{
	struct dxghost_gpu_info info = { 0 };
	uint32_t type = 0, version = 0;

	(void)state;
	assert_int_equal(rig_query(&rig, 15, &type, 4), 0);
	assert_int_equal(type & 0x881, 0x81);
	assert_int_equal(rig_query(&rig, 13, &version, 4), 0);
	assert_int_equal(version, 3200);
	assert_int_equal(rig_query(&rig, 56, &version, 4), 0);
	assert_int_equal(version, 3200);
	assert_int_equal(rig_query(&rig, 0, &info, sizeof(info)), 0);
	assert_int_equal(info.magic, DXGHOST_GPU_INFO_MAGIC);
	assert_int_equal(info.node_count, 3);
}

static void pci_identity_is_that_of_the_profile(void **state)
{
	static const uint32_t want[] = {
		0, 0x1002, 0x744c, 0x1da2, 0xe471, 0xc8, 0,
	};
	static const uint32_t place[] = { 3, 4, 5 };
	uint32_t ids[7] = { 0 }, address[3] = { 0 };

	(void)state;
	assert_int_equal(rig_query(&rig, 31, ids, sizeof(ids)), 0);
	assert_memory_equal(ids, want, sizeof(want));
	assert_int_equal(rig_query(&rig, 6, address, sizeof(address)), 0);
	assert_memory_equal(address, place, sizeof(place));
	memset(address, 0, sizeof(address));
	assert_int_equal(rig_query(&rig, 53, address, sizeof(address)), 0);
	assert_memory_equal(address, place, sizeof(place));
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

static void guest_hears_of_name_and_path(void **state)
{
	struct dxgk_wire_getinternaladapterinfo request = { 0 };
	struct dxgk_wire_getinternaladapterinfo_reply reply;

	(void)state;
	assert_int_equal(rig_vgpu(&rig, DXGK_CMD_GETINTERNALADAPTERINFO,
				  &request, sizeof(request), &reply,
				  sizeof(reply)), sizeof(reply));
	text_is((const uint8_t *)reply.device_description, 0, "A GPU");
	text_is((const uint8_t *)reply.device_instance_id, 0,
		"PCI\\VEN_1002&DEV_744C\\6&5");
}

static void adapter_describes_its_hardware(void **state)
{
	uint8_t payload[2080] = { 0 };

	(void)state;
	assert_int_equal(rig_query(&rig, 8, payload, 2080), 0);
	text_is(payload, 0, "A GPU");
	text_is(payload, 520, "9f");
	text_is(payload, 1040, "A DAC");
	text_is(payload, 1560, "A chip");
	memset(payload, 0, sizeof(payload));
	assert_int_equal(rig_query(&rig, 64, payload, 132), 0);
	text_is(payload, 4, "9f");
	text_is(payload, 68, "Arch");
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
		assert_int_equal(rig_query(&rig, 25, node, sizeof(node)), 0);
		assert_int_equal(node[4], nodes[i].type);
		for (k = 0; k <= strlen(nodes[i].name); k++)
			assert_int_equal(node[8 + 2 * k], nodes[i].name[k]);
	}
	memset(node, 0, sizeof(node));
	node[0] = 3;
	assert_int_equal(rig_query(&rig, 25, node, sizeof(node)),
			 ST_INVALID_PARAMETER);
}

static void preemption_is_that_of_the_profile(void **state)
{
	uint32_t caps[3] = { 0 };

	(void)state;
	assert_int_equal(rig_query(&rig, 17, caps, sizeof(caps)), 0);
	assert_int_equal(caps[0], 400);
	assert_int_equal(caps[1], 100);
}

static void discrete_gpu_alone_is_no_half_of_a_pair(void **state)
{
	uint32_t type = 0, caps = 1;

	(void)state;
	assert_int_equal(rig_query(&rig, 15, &type, 4), 0);
	assert_int_equal(type & (3u << 4), 0);
	assert_int_equal(rig_query(&rig, 22, &caps, 4), 0);
	assert_int_equal(caps, 0);
}

/* What is set aside for it is dedicated, the rest is shared. */
static void integrated_gpu_shares_its_memory(void **state)
{
	uint64_t sizes[3] = { 0 }, groups[7] = { 0 };
	uint32_t type = 0, caps = 0;

	(void)state;
	rig_up(&rig, "[adapter]\nintegrated = on\nlocal_memory = 96M\n"
	       "dedicated_memory = 32M\nnonlocal_memory = 0\n");
	assert_int_equal(rig_query(&rig, 3, sizes, sizeof(sizes)), 0);
	assert_int_equal(sizes[0], 32u << 20);
	assert_int_equal(sizes[1], 0);
	assert_int_equal(sizes[2], 64u << 20);
	assert_int_equal(rig_query(&rig, 42, groups, sizeof(groups)), 0);
	assert_memory_equal(groups + 1, sizes, sizeof(sizes));
	assert_int_equal(groups[4], 96u << 20);
	assert_int_equal(groups[5], 0);
	assert_int_equal(rig_query(&rig, 15, &type, 4), 0);
	assert_int_equal(type & (3u << 4), 1u << 5);
	assert_int_equal(rig_query(&rig, 22, &caps, 4), 0);
	assert_int_equal(caps, 1u << 1);
	rig_down(&rig);
}

static void software_is_no_half_of_a_pair(void **state)
{
	uint32_t type = 0, caps = 1;

	(void)state;
	rig_up(&rig, "[adapter]\nsoftware = on\nintegrated = on\n");
	assert_int_equal(rig_query(&rig, 15, &type, 4), 0);
	assert_int_equal(type, 0x85);
	assert_int_equal(rig_query(&rig, 22, &caps, 4), 0);
	assert_int_equal(caps, 0);
	rig_down(&rig);
}

static void private_data_is_the_gpus_own_and_zero_behind(void **state)
{
	uint8_t payload[sizeof(struct dxghost_gpu_info) + 8];
	struct dxghost_gpu_info info;
	const uint8_t zero[8] = { 0 };

	(void)state;
	memset(payload, 0xaa, sizeof(payload));
	assert_int_equal(rig_query(&rig, 0, payload, sizeof(payload)), 0);
	memcpy(&info, payload, sizeof(info));
	assert_int_equal(info.magic, DXGHOST_GPU_INFO_MAGIC);
	assert_memory_equal(payload + sizeof(info), zero, sizeof(zero));
	assert_int_equal(rig_query(&rig, 0, payload, sizeof(info) - 1),
			 ST_INVALID_PARAMETER);
}

static void private_data_is_what_the_profile_says(void **state)
{
	uint8_t payload[5] = { 9, 9, 9, 9, 9 };

	(void)state;
	rig_up(&rig, "[adapter]\numd_private = 0102\n");
	assert_int_equal(rig_query(&rig, 0, payload, 4), 0);
	assert_memory_equal(payload, "\1\2\0\0\11", 5);
	assert_int_equal(rig_query(&rig, 0, payload, 1), ST_INVALID_PARAMETER);
	rig_down(&rig);
	rig_up(&rig, "[adapter]\numd_private = 0102\numd_private_size = 4\n");
	assert_int_equal(rig_query(&rig, 0, payload, 4), 0);
	assert_int_equal(rig_query(&rig, 0, payload, 3), ST_INVALID_PARAMETER);
	assert_int_equal(rig_query(&rig, 0, payload, 5), ST_INVALID_PARAMETER);
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

#define CASE(name) cmocka_unit_test_setup_teardown(name, up, down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(adapter_can_render_and_is_virtual),
		CASE(pci_identity_is_that_of_the_profile),
		CASE(guest_hears_of_name_and_path),
		CASE(adapter_describes_its_hardware),
		CASE(nodes_have_types_and_names),
		CASE(preemption_is_that_of_the_profile),
		CASE(discrete_gpu_alone_is_no_half_of_a_pair),
		cmocka_unit_test(integrated_gpu_shares_its_memory),
		cmocka_unit_test(software_is_no_half_of_a_pair),
		CASE(private_data_is_the_gpus_own_and_zero_behind),
		cmocka_unit_test(private_data_is_what_the_profile_says),
		cmocka_unit_test(escapes_answer_what_the_profile_says),
		cmocka_unit_test(a_star_is_any_escape),
	};

	return cmocka_run_group_tests_name("identity", tests, NULL, NULL);
}
