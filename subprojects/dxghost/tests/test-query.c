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

static struct rig rig;

static int up(void **state)
{
	(void)state;
	rig_up(&rig, "discrete");
	return 0;
}

static int down(void **state)
{
	(void)state;
	rig_down(&rig);
	return 0;
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
		if (rig_query(&rig, types[i].type, payload, types[i].size))
			fail_msg("type %u", types[i].type);
		memset(payload, 0, sizeof(payload));
		if (types[i].size > 1 &&
		    rig_query(&rig, types[i].type, payload, types[i].size - 1) !=
		    ST_INVALID_PARAMETER)
			fail_msg("type %u, short", types[i].type);
		if (rig_query(&rig, types[i].type, payload, types[i].size + 4) !=
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
		assert_int_equal(rig_query(&rig, types[i], payload, sizeof(payload)),
				 ST_INVALID_PARAMETER);
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
		CASE(statistics_agree_with_each_other),
		CASE(clocks_run_and_agree),
		CASE(configuration_space_names_the_adapter),
		cmocka_unit_test(old_host_speaks_the_old_form),
	};

	return cmocka_run_group_tests_name("query", tests, NULL, NULL);
}
