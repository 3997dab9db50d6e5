/* SPDX-License-Identifier: MIT */
/* The objects of DXCore, looked up at run time. */
#include "client-dxcore.h"

IDXCoreAdapterFactory *client_factory(void *library)
{
	__typeof__(&DXCoreCreateAdapterFactory) create;
	void *factory = NULL;

	*(void **)&create = dlsym(library, "DXCoreCreateAdapterFactory");
	assert_non_null(create);
	assert_result(create(&IID_IDXCoreAdapterFactory, &factory), S_OK);
	assert_non_null(factory);
	return factory;
}

IDXCoreAdapterList *client_list_of(IDXCoreAdapterFactory *factory, const GUID *attribute,
				   const char *row)
{
	void *list = NULL;

	client_must_do(row, factory, CreateAdapterList, 1, attribute, &IID_IDXCoreAdapterList,
		       &list);
	assert_non_null(list);
	return list;
}

IDXCoreAdapter *client_adapter(IDXCoreAdapterList *list, uint32_t index)
{
	void *adapter = NULL;

	assert_result(t_call(list, GetAdapter, index, &IID_IDXCoreAdapter, &adapter), S_OK);
	assert_non_null(adapter);
	return adapter;
}

char *client_description(IDXCoreAdapter *adapter)
{
	size_t size = 0;
	char *text;

	client_must_get_size(adapter, DriverDescription, &size);
	assert_true(size > 1);
	text = malloc(size);
	assert_non_null(text);
	memset(text, 'x', size);
	client_must_get(adapter, DriverDescription, size, text);
	assert_int_equal(text[size - 1], '\0');
	assert_int_equal(strlen(text), size - 1);
	return text;
}
