/* SPDX-License-Identifier: MIT */
/* The fixture of tests on the embedded device: a factory, a list, an adapter. */
#include "t-subject.h"

#include <dxg/d3dkmthk.h>
#include <dxg/dxg.h>

int t_subject_setup(void **state, const char *device)
{
	static struct t_subject subject;

	D3DKMTCloseDxCoreDevice();
	assert_int_equal(dxg_set_device(device), STATUS_SUCCESS);
	subject.factory = t_factory();
	subject.list = t_list(subject.factory, &DXCORE_ADAPTER_ATTRIBUTE_D3D12_CORE_COMPUTE);
	subject.adapter = t_adapter(subject.list, 0);
	*state = &subject;
	return 0;
}

int t_subject_teardown(void **state)
{
	struct t_subject *subject = *state;

	t_release(subject->adapter);
	t_release(subject->list);
	t_release(subject->factory);
	return t_dxcore_teardown(state);
}
