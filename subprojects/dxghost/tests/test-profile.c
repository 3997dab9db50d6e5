/* SPDX-License-Identifier: MIT */
/* The text form of profiles. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "profile.h"

static struct dxghost_profile profile;
static char error[200];

static int load(const char *text)
{
	error[0] = '\0';
	return dxghost_profile_load(&profile, text, error, sizeof(error));
}

static void expect_error(const char *text, const char *message)
{
	assert_int_not_equal(load(text), 0);
	assert_string_equal(error, message);
}

static void default_profile_has_one_discrete_adapter(void **state)
{
	(void)state;
	assert_int_equal(load(NULL), 0);
	assert_int_equal(profile.adapter_count, 1);
	assert_int_equal(profile.interface_version, 40);
	assert_true(profile.async);
	assert_true(profile.map_guest_memory);
	assert_string_equal(profile.adapters[0].instance_id,
			    "ROOT\\DXGHOST\\0000");
	assert_int_equal(profile.adapters[0].local_memory, 4ull << 30);
	assert_false(profile.adapters[0].integrated);
	dxghost_profile_release(&profile);
}

static void built_in_profiles_are_what_they_are_called(void **state)
{
	(void)state;
	assert_int_equal(load("two-adapters"), 0);
	assert_int_equal(profile.adapter_count, 2);
	assert_true(profile.adapters[1].integrated);
	dxghost_profile_release(&profile);
	assert_int_equal(load("compute-only"), 0);
	assert_true(profile.adapters[0].compute_only);
	dxghost_profile_release(&profile);
	assert_int_equal(load("none"), 0);
	assert_int_equal(profile.adapter_count, 0);
	dxghost_profile_release(&profile);
}

static void adapter_like_another_has_its_keys(void **state)
{
	const struct dxghost_adapter_profile *a;

	(void)state;
	assert_int_equal(load("[adapter]\n[adapter]\nvsync_hz = 60\n"
			      "like = compute-only\nnodes = copy\n"), 0);
	assert_int_equal(profile.adapter_count, 2);
	a = &profile.adapters[1];
	assert_true(a->compute_only);
	assert_int_equal(a->device_id, 0x5303);
	/* What it does not say stays, and so does the adapter's own identity. */
	assert_int_equal(a->vsync_hz, 60);
	assert_int_equal(a->luid.low, 0x10001);
	/* What is said later counts. */
	assert_int_equal(a->node_count, 1);
	dxghost_profile_release(&profile);
}

static void like_takes_the_first_adapter(void **state)
{
	(void)state;
	assert_int_equal(load("[adapter]\nlike = two-adapters\n"), 0);
	assert_int_equal(profile.adapter_count, 1);
	assert_false(profile.adapters[0].integrated);
	dxghost_profile_release(&profile);
	/* Which may itself be like another. */
	assert_int_equal(load("[adapter]\nlike = vendors\n"), 0);
	assert_int_equal(profile.adapters[0].vendor_id, 0x8086);
	dxghost_profile_release(&profile);
}

static void later_like_replaces_what_was_before(void **state)
{
	const struct dxghost_adapter_profile *a;

	(void)state;
	assert_int_equal(load("[adapter]\nlike = amd\nlike = nvidia\n"), 0);
	a = &profile.adapters[0];
	assert_string_equal(a->description, "NVIDIA GeForce RTX 4060");
	assert_int_equal(a->local_memory, 8188ull << 20);
	dxghost_profile_release(&profile);
}

/* Made of the ids that queries answer; software is in no slot. */
static void expect_instance_path(const struct dxghost_adapter_profile *a)
{
	char want[64] = "ROOT\\BASICRENDER\\0000";

	if (!a->software)
		snprintf(want, sizeof(want),
			 "PCI\\VEN_%04X&DEV_%04X&SUBSYS_%04X%04X&REV_%02X\\",
			 a->vendor_id, a->device_id, a->subsystem_id,
			 a->subsystem_vendor_id, a->revision_id);
	assert_memory_equal(a->instance_id, want, strlen(want));
}

static void all_vendors_are_in_one_machine(void **state)
{
	static const uint32_t vendors[] = { 0x8086, 0x10de, 0x1002, 0x1414 };
	uint32_t i;

	(void)state;
	assert_int_equal(load("vendors"), 0);
	assert_int_equal(profile.adapter_count, 4);
	for (i = 0; i < 4; i++) {
		assert_int_equal(profile.adapters[i].vendor_id, vendors[i]);
		assert_int_equal(profile.adapters[i].software, i == 3);
		assert_int_equal(profile.adapters[i].luid.low, 0x10000 + i);
		expect_instance_path(&profile.adapters[i]);
	}
	dxghost_profile_release(&profile);
}

static void every_key_is_read(void **state)
{
	const struct dxghost_adapter_profile *a;

	(void)state;
	assert_int_equal(load("interface_version = 27\n"
			      "async = off\n"
			      "map_guest_memory = off\n"
			      "latency_us = 3\n"
			      "paging_delay_us = 4\n"
			      "paging_immediate = 5\n"
			      "tdr_ms = 6\n"
			      "drain_ms = 7\n"
			      "fail_command = 23 /3 0xC01E0102\n"
			      "fail_command = 1000 2+ 0xC0000017\n"
			      "fail_command = 0 1 0xC000000D\n"
			      "[adapter]\n"
			      "description = A GPU = good\n"
			      "instance_id = PCI\\VEN_10DE&DEV_0007\\4&0\n"
			      "driver_store = C:\\x\n"
			      "umd_file = a.so\n"
			      "kmd_file = a.sys\n"
			      "chip_type = Chip\n"
			      "dac_type = Some DAC\n"
			      "bios_version = 2.0\n"
			      "architecture = Arch\n"
			      "luid = 1:0x2\n"
			      "vgpu_luid = 3:4\n"
			      "host_luid = 5:6\n"
			      "vendor_id = 0x10de\n"
			      "device_id = 7\n"
			      "subsystem_vendor_id = 0x1028\n"
			      "subsystem_id = 0xa20\n"
			      "revision_id = 0xa1\n"
			      "pci_address = c3:1f.7\n"
			      "driver_version = 1.2.3.4\n"
			      "wddm_version = 3200\n"
			      "local_memory = 16M\n"
			      "nonlocal_memory = 1G\n"
			      "dedicated_memory = 2M\n"
			      "software = on\n"
			      "graphics_preemption = pixel\n"
			      "compute_preemption = thread_group\n"
			      "hw_scheduling = off\n"
			      "vsync_hz = 60\n"
			      "nodes = copy video_decode 3d other\n"
			      "node_names = Copy 0||Render\n"
			      "registry = adapter multi_sz List a|b\n"
			      "registry = service qword Big 0x100000000\n"
			      "registry = adapter binary Blob 00ff\n"
			      "umd_private = 0102fF\n"
			      "umd_private_size = 4096\n"
			      "escape = * refused\n"
			      "escape = 0102  a0b0c0\n"), 0);
	a = &profile.adapters[0];
	assert_int_equal(profile.interface_version, 27);
	assert_int_equal(profile.injection_count, 3);
	assert_int_equal(profile.injections[0].command, 23);
	assert_int_equal(profile.injections[0].mode, DXGHOST_INJECT_EVERY);
	assert_int_equal(profile.injections[0].nth, 3);
	assert_int_equal(profile.injections[0].status, 0xC01E0102);
	assert_int_equal(profile.injections[1].mode, DXGHOST_INJECT_FROM);
	assert_int_equal(profile.injections[1].nth, 2);
	assert_int_equal(profile.injections[2].mode, DXGHOST_INJECT_ONCE);
	assert_int_equal(profile.adapters[0].vsync_hz, 60);
	assert_false(profile.async);
	assert_false(profile.map_guest_memory);
	assert_int_equal(profile.latency_us, 3);
	assert_int_equal(profile.paging_delay_us, 4);
	assert_int_equal(profile.paging_immediate, 5);
	assert_int_equal(profile.tdr_ms, 6);
	assert_int_equal(profile.drain_ms, 7);
	assert_string_equal(a->description, "A GPU = good");
	assert_string_equal(a->instance_id, "PCI\\VEN_10DE&DEV_0007\\4&0");
	assert_string_equal(a->driver_store, "C:\\x");
	assert_string_equal(a->umd_file, "a.so");
	assert_string_equal(a->kmd_file, "a.sys");
	assert_string_equal(a->chip_type, "Chip");
	assert_string_equal(a->dac_type, "Some DAC");
	assert_string_equal(a->bios_version, "2.0");
	assert_string_equal(a->architecture, "Arch");
	assert_int_equal(a->luid.high, 1);
	assert_int_equal(a->luid.low, 2);
	assert_int_equal(a->vgpu_luid.low, 4);
	assert_int_equal(a->host_luid.low, 6);
	assert_int_equal(a->vendor_id, 0x10de);
	assert_int_equal(a->device_id, 7);
	assert_int_equal(a->subsystem_vendor_id, 0x1028);
	assert_int_equal(a->subsystem_id, 0xa20);
	assert_int_equal(a->revision_id, 0xa1);
	assert_int_equal(a->pci_address.bus, 0xc3);
	assert_int_equal(a->pci_address.device, 0x1f);
	assert_int_equal(a->pci_address.function, 7);
	assert_int_equal(a->driver_version, 0x0001000200030004ull);
	assert_int_equal(a->wddm_version, 3200);
	assert_int_equal(a->local_memory, 16u << 20);
	assert_int_equal(a->nonlocal_memory, 1u << 30);
	assert_int_equal(a->dedicated_memory, 2u << 20);
	assert_true(a->software);
	assert_int_equal(a->graphics_preemption, 400);
	assert_int_equal(a->compute_preemption, 300);
	assert_false(a->hw_scheduling);
	assert_int_equal(a->node_count, 4);
	assert_int_equal(a->nodes[0].type, DXGHOST_NODE_COPY);
	assert_string_equal(a->nodes[0].name, "Copy 0");
	assert_int_equal(a->nodes[1].type, DXGHOST_NODE_VIDEO_DECODE);
	assert_string_equal(a->nodes[1].name, "Video Decode");
	assert_int_equal(a->nodes[2].type, DXGHOST_NODE_3D);
	assert_string_equal(a->nodes[2].name, "Render");
	assert_int_equal(a->nodes[3].type, DXGHOST_NODE_OTHER);
	assert_string_equal(a->nodes[3].name, "Other");
	assert_int_equal(a->registry_count, 3);
	assert_int_equal(a->registry[0].bytes.size, 10);
	assert_memory_equal(a->registry[0].bytes.data, "a\0\0\0b\0\0\0\0\0", 10);
	assert_int_equal(a->registry[1].bytes.size, 8);
	assert_memory_equal(a->registry[2].bytes.data, "\x00\xff", 2);
	assert_int_equal(a->umd_private.size, 3);
	assert_memory_equal(a->umd_private.data, "\x01\x02\xff", 3);
	assert_int_equal(a->umd_private_size, 4096);
	assert_int_equal(a->escape_count, 2);
	assert_int_equal(a->escapes[0].request.size, 0);
	assert_true(a->escapes[0].refused);
	assert_int_equal(a->escapes[1].request.size, 2);
	assert_false(a->escapes[1].refused);
	assert_memory_equal(a->escapes[1].answer.data, "\xa0\xb0\xc0", 3);
	dxghost_profile_release(&profile);
}

static void subsystem_is_the_card_itself_unless_said(void **state)
{
	(void)state;
	assert_int_equal(load("[adapter]\nvendor_id = 0x10de\ndevice_id = 7\n"
			      "[adapter]\nsubsystem_vendor_id = 5\n"), 0);
	assert_int_equal(profile.adapters[0].subsystem_vendor_id, 0x10de);
	assert_int_equal(profile.adapters[0].subsystem_id, 7);
	assert_int_equal(profile.adapters[0].pci_address.bus, 1);
	assert_int_equal(profile.adapters[1].subsystem_vendor_id, 5);
	assert_int_equal(profile.adapters[1].subsystem_id, 0x5301);
	assert_int_equal(profile.adapters[1].pci_address.bus, 2);
	dxghost_profile_release(&profile);
}

static void memory_is_dedicated_unless_it_is_integrated(void **state)
{
	(void)state;
	assert_int_equal(load("[adapter]\nlocal_memory = 8M\n"
			      "[adapter]\nlocal_memory = 8M\nintegrated = on\n"
			      "nonlocal_memory = 0\n"), 0);
	assert_int_equal(profile.adapters[0].dedicated_memory, 8u << 20);
	assert_int_equal(profile.adapters[1].dedicated_memory, 0);
	assert_int_equal(profile.adapters[1].nonlocal_memory, 0);
	dxghost_profile_release(&profile);
}

static void comments_and_blank_lines_are_skipped(void **state)
{
	(void)state;
	assert_int_equal(load("# one\n\n   \n[adapter]\n  # two\n"), 0);
	assert_int_equal(profile.adapter_count, 1);
	dxghost_profile_release(&profile);
}

static void errors_name_the_line_and_what_is_wrong(void **state)
{
	(void)state;
	expect_error("[adapter]\nspeed = fast\n", "profile, line 2: unknown "
		     "key \"speed\" for an adapter");
	expect_error("\nluid = 1:1\n", "profile, line 2: unknown key \"luid\" "
		     "before the first [adapter]");
	expect_error("[adapter]\nlike = no-such\n", "profile, line 2: bad "
		     "value \"no-such\" for \"like\"");
	expect_error("[adapter]\nlike = none\n", "profile, line 2: bad "
		     "value \"none\" for \"like\"");
	expect_error("like = intel\n", "profile, line 1: unknown key \"like\" "
		     "before the first [adapter]");
	expect_error("async = maybe\n", "profile, line 1: bad value \"maybe\" "
		     "for \"async\"");
	expect_error("[adaptor]\n", "profile, line 1: \"[adaptor]\" is neither "
		     "\"key = value\" nor \"[adapter]\"");
	expect_error("[adapter]\n\nlocal_memory = 7\n", "profile, line 3: bad "
		     "value \"7\" for \"local_memory\"");
	expect_error("[adapter]\n[adapter]\nluid = 0:0x10000\n", "profile: "
		     "adapters 0 and 1 have the same LUID");
	expect_error("[adapter]\n[adapter]\nlocal_memory = 4M\n"
		     "dedicated_memory = 5M\n", "profile: adapter 1 has more "
		     "dedicated than local memory");
	expect_error("[adapter]\nnonlocal_memory = 0\n", "profile: adapter 0 "
		     "has no non-local memory and is not integrated");
	expect_error("[adapter]\numd_private = 010203\n"
		     "umd_private_size = 2\n", "profile: adapter 0 has more "
		     "private data than its size says");
	expect_error("[adapter]\nlocal_memory = 59G\n", "profile: more than "
		     "60 GiB of memory");
}

static void later_private_data_replaces_what_was_before(void **state)
{
	(void)state;
	assert_int_equal(load("[adapter]\numd_private = 01\n"
			      "umd_private = 0203\n"), 0);
	assert_int_equal(profile.adapters[0].umd_private.size, 2);
	dxghost_profile_release(&profile);
}

static void file_that_is_not_there_is_an_error(void **state)
{
	(void)state;
	assert_int_not_equal(load("/nonexistent/profile"), 0);
	assert_non_null(strstr(error, "/nonexistent/profile"));
	assert_non_null(strstr(error, "not built in"));
}

static void bad_values_are_refused(void **state)
{
	static const char *const lines[] = {
		"interface_version = 41", "latency_us = -1", "tdr_ms = 0",
		"async =", "[adapter]\nluid = 5", "[adapter]\nluid = 0:0",
		"[adapter]\nluid = 1:2:3", "[adapter]\nnodes = 4d",
		"[adapter]\nnodes =", "[adapter]\nlocal_memory = 100G",
		"[adapter]\nlocal_memory = 99999999999999999999",
		"[adapter]\ndriver_version = 1.2.3",
		"[adapter]\ndriver_version = 1.2.3.65536",
		"[adapter]\nregistry = adapter dword X",
		"[adapter]\nregistry = adapter dword X 0x100000000",
		"[adapter]\nregistry = adapter binary X 0g",
		"[adapter]\nregistry = other sz X y",
		"[adapter]\nnodes = 3d 3d 3d 3d 3d 3d 3d 3d 3d 3d 3d 3d 3d 3d 3d 3d 3d",
		"[adapter]\nnode_names = 1|2|3|",
		"[adapter]\nnode_names = 12345678901234567890123456789012",
		"[adapter]\nvsync_hz = 1001",
		"[adapter]\ngraphics_preemption = dispatch",
		"[adapter]\ncompute_preemption = pixel",
		"[adapter]\ncompute_preemption =",
		"[adapter]\numd_private = 012", "[adapter]\numd_private =",
		"[adapter]\numd_private = 01 02",
		"[adapter]\numd_private_size = 131073",
		"[adapter]\nescape = 01", "[adapter]\nescape = 01 02 03",
		"[adapter]\nescape = ** 02", "[adapter]\nescape = 0 02",
		"[adapter]\nescape = 01 refuse", "[adapter]\nescape =",
		"[adapter]\nrevision_id = 0x100",
		"[adapter]\nwddm_version = 999", "[adapter]\nkmd_file =",
		"[adapter]\ninstance_id =",
		"[adapter]\ndac_type = 12345678901234567890123456789012",
		"[adapter]\npci_address = 1:2", "[adapter]\npci_address = 1:2.8",
		"[adapter]\npci_address = 100:0.0",
		"[adapter]\npci_address = 1:20.0",
		"[adapter]\npci_address = 1:2.3.", "[adapter]\npci_address = :.",
		"fail_command = 1 1", "fail_command = 1 0 0xC000000D",
		"fail_command = 1 + 0xC000000D", "fail_command = 1 / 0xC000000D",
		"fail_command = 1 1 0x103", "fail_command = x 1 0xC000000D",
		"fail_command = 1 1 0xC000000D 2",
	};
	char text[200];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		strcpy(text, lines[i]);
		strcat(text, "\n");
		if (!load(text))
			fail_msg("accepted: %s", lines[i]);
	}
}

/* As many characters as the message has room for, and one more. */
static void instance_path_has_its_length(void **state)
{
	char text[300] = "[adapter]\ninstance_id = ";
	size_t start = strlen(text);

	(void)state;
	memset(text + start, 'x', 259);
	strcpy(text + start + 259, "\n");
	assert_int_equal(load(text), 0);
	assert_int_equal(strlen(profile.adapters[0].instance_id), 259);
	dxghost_profile_release(&profile);
	strcpy(text + start + 259, "x\n");
	assert_int_not_equal(load(text), 0);
}

static void too_many_adapters_are_refused(void **state)
{
	char text[200] = "";
	int i;

	(void)state;
	for (i = 0; i < 17; i++)
		strcat(text, "[adapter]\n");
	expect_error(text, "profile, line 17: more than 16 adapters");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(default_profile_has_one_discrete_adapter),
		cmocka_unit_test(built_in_profiles_are_what_they_are_called),
		cmocka_unit_test(adapter_like_another_has_its_keys),
		cmocka_unit_test(like_takes_the_first_adapter),
		cmocka_unit_test(later_like_replaces_what_was_before),
		cmocka_unit_test(all_vendors_are_in_one_machine),
		cmocka_unit_test(every_key_is_read),
		cmocka_unit_test(subsystem_is_the_card_itself_unless_said),
		cmocka_unit_test(memory_is_dedicated_unless_it_is_integrated),
		cmocka_unit_test(comments_and_blank_lines_are_skipped),
		cmocka_unit_test(errors_name_the_line_and_what_is_wrong),
		cmocka_unit_test(later_private_data_replaces_what_was_before),
		cmocka_unit_test(file_that_is_not_there_is_an_error),
		cmocka_unit_test(bad_values_are_refused),
		cmocka_unit_test(instance_path_has_its_length),
		cmocka_unit_test(too_many_adapters_are_refused),
	};

	return cmocka_run_group_tests_name("profile", tests, NULL, NULL);
}
