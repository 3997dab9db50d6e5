/* SPDX-License-Identifier: MIT */
/* dxg/dxcore.h against DirectX-Headers: what it says in C is what they say in C++. */
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstring>

#define INITGUID
#include <wsl/winadapter.h>
#include <directx/dxcore.h>

extern "C" {
#include "layout.h"
}

#define SIZE(type) { "sizeof(" #type ")", sizeof(type) },
#define OFFSET(type, member) { #type "." #member, offsetof(type, member) },
#define VALUE(type, name) { #type "::" #name, static_cast<size_t>(type::name) },
#define RESULT(name) { #name, static_cast<uint32_t>(name) },
#define ID(name) { #name, &name },

namespace {

const layout_number numbers[] = {
#include "layout-rows.h"
	{ nullptr, 0 },
};

const layout_guid guids[] = {
#include "layout-guids.h"
	{ nullptr, nullptr },
};

} /* namespace */

int main()
{
	int checked = 0, failed = 0;

	for (int i = 0; numbers[i].name; i++, checked++) {
		if (layout_numbers[i].name && !strcmp(layout_numbers[i].name, numbers[i].name) &&
		    layout_numbers[i].number == numbers[i].number)
			continue;
		printf("%s: %zu in C, %zu in C++\n", numbers[i].name, layout_numbers[i].number,
		       numbers[i].number);
		failed++;
	}
	for (int i = 0; guids[i].name; i++, checked++) {
		if (layout_guids[i].name && !strcmp(layout_guids[i].name, guids[i].name) &&
		    !memcmp(layout_guids[i].bytes, guids[i].bytes, sizeof(GUID)))
			continue;
		printf("%s differs\n", guids[i].name);
		failed++;
	}
	printf("%d checked, %d failed\n", checked, failed);
	return failed || !checked;
}
