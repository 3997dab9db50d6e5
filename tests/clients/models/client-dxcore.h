/* SPDX-License-Identifier: MIT */
/* The objects of DXCore as clients use them; each use is counted for the matrix. */
#ifndef CLIENT_DXCORE_H
#define CLIENT_DXCORE_H

#include "client.h"

#include "t-dxcore.h"

/* From the library's one export; a reference, or the test fails. */
IDXCoreAdapterFactory *client_factory(void *library);

/* CreateAdapterList() with one attribute, such as D3D12_GRAPHICS. S_OK, whatever is in it. */
#define client_list(factory, attribute) \
	client_list_of(factory, &DXCORE_ADAPTER_ATTRIBUTE_##attribute, \
		       "CreateAdapterList(" #attribute ")")
IDXCoreAdapterList *client_list_of(IDXCoreAdapterFactory *factory, const GUID *attribute,
				   const char *row);

/* As IDXCoreAdapter, the interface that all know. */
IDXCoreAdapter *client_adapter(IDXCoreAdapterList *list, uint32_t index);

/*
 * A method with what it is asked for, such as GetProperty and HardwareID. As in client.h:
 * what the client goes on without; what has to be S_OK exactly.
 */
#define client_may_get(adapter, property, size, data) \
	client_note("GetProperty(" #property ")", \
		    t_call(adapter, GetProperty, DXCoreAdapterProperty_##property, size, data))
#define client_must_get(adapter, property, size, data) \
	assert_result(client_may_get(adapter, property, size, data), S_OK)
#define client_must_get_size(adapter, property, size) \
	assert_result(client_note("GetPropertySize(" #property ")", \
				  t_call(adapter, GetPropertySize, \
					 DXCoreAdapterProperty_##property, size)), S_OK)
#define client_may_query(adapter, state, in_size, in, out_size, out) \
	client_note("QueryState(" #state ")", \
		    t_call(adapter, QueryState, DXCoreAdapterState_##state, in_size, in, \
			   out_size, out))
#define client_must_query(adapter, state, in_size, in, out_size, out) \
	assert_result(client_may_query(adapter, state, in_size, in, out_size, out), S_OK)
#define client_must_do(row, object, method, ...) \
	assert_result(client_note(row, t_call(object, method, __VA_ARGS__)), S_OK)

/* Whether it has one; both answers are successes. */
#define client_has_attribute(adapter, attribute) \
	(client_note("IsAttributeSupported(" #attribute ")", S_OK) == S_OK && \
	 t_call(adapter, IsAttributeSupported, &DXCORE_ADAPTER_ATTRIBUTE_##attribute))
#define client_has_property(adapter, property) \
	(client_note("IsPropertySupported", S_OK) == S_OK && \
	 t_call(adapter, IsPropertySupported, DXCoreAdapterProperty_##property))

/* The name: its size is asked for, and the last byte of it is the NUL. To be freed. */
char *client_description(IDXCoreAdapter *adapter);

#endif
