/* SPDX-License-Identifier: MIT */
/*
 * The objects of DXCore for C programs: tables of methods, in the order that is
 * their ABI. Included by dxg/dxcore.h, which has the types they use.
 */
#ifndef DXG_DXCORE_OBJECTS_H
#define DXG_DXCORE_OBJECTS_H

#ifndef __cplusplus

#include <dxg/dxcore.h>

/*
 * Errors of every method that makes or finds an object: E_POINTER: no place for
 * it; E_NOINTERFACE: it has no such interface. The place then holds NULL.
 */

#ifndef __IUnknown_INTERFACE_DEFINED__
#define __IUnknown_INTERFACE_DEFINED__
#ifndef __IUnknown_FWD_DEFINED__
#define __IUnknown_FWD_DEFINED__
typedef struct IUnknown IUnknown;
#endif

typedef struct IUnknownVtbl {
	HRESULT (*QueryInterface)(IUnknown *self, const IID *riid, void **object);
	/* Both answer the references left: for diagnosis only. */
	ULONG (*AddRef)(IUnknown *self);
	ULONG (*Release)(IUnknown *self);
} IUnknownVtbl;

struct IUnknown {
	const IUnknownVtbl *lpVtbl;
};
#endif

/* The first three methods of every object. */
#define DXG_UNKNOWN_METHODS(type)                                             \
	HRESULT (*QueryInterface)(type * self, const IID *riid, void **object); \
	uint32_t (*AddRef)(type * self);                                      \
	uint32_t (*Release)(type * self)

/*
 * Called from a thread of the library, for one registration never twice at a
 * time. It may use any method, UnregisterEventNotification() of its own included.
 */
typedef void (*PFN_DXCORE_NOTIFICATION_CALLBACK)(DXCoreNotificationType type, IUnknown *object,
						 void *context);

/*
 * An adapter. The same one is the same pointer, wherever it comes from. It lives
 * while it is referenced, also when it has gone (IsValid() is false then, its
 * properties stay, its states answer DXGI_ERROR_DEVICE_REMOVED).
 *
 * Every output is zeroed over its whole size first, also where the call fails.
 * E_INVALIDARG: it is too small, or the input is wrong;
 * DXGI_ERROR_INVALID_CALL: there is no such property or state;
 * DXGI_ERROR_UNSUPPORTED: this adapter has it not.
 */
typedef struct IDXCoreAdapter1 IDXCoreAdapter1;

typedef struct IDXCoreAdapter1Vtbl {
	DXG_UNKNOWN_METHODS(IDXCoreAdapter1);
	bool (*IsValid)(IDXCoreAdapter1 *self);
	bool (*IsAttributeSupported)(IDXCoreAdapter1 *self, const GUID *attribute);
	bool (*IsPropertySupported)(IDXCoreAdapter1 *self, DXCoreAdapterProperty property);
	HRESULT (*GetProperty)(IDXCoreAdapter1 *self, DXCoreAdapterProperty property, size_t size,
			       void *data);
	HRESULT (*GetPropertySize)(IDXCoreAdapter1 *self, DXCoreAdapterProperty property,
				   size_t *size);
	bool (*IsQueryStateSupported)(IDXCoreAdapter1 *self, DXCoreAdapterState state);
	HRESULT (*QueryState)(IDXCoreAdapter1 *self, DXCoreAdapterState state, size_t input_size,
			      const void *input, size_t output_size, void *output);
	bool (*IsSetStateSupported)(IDXCoreAdapter1 *self, DXCoreAdapterState state);
	HRESULT (*SetState)(IDXCoreAdapter1 *self, DXCoreAdapterState state, size_t input_size,
			    const void *input, size_t data_size, const void *data);
	HRESULT (*GetFactory)(IDXCoreAdapter1 *self, const IID *riid, void **factory);
	/* From here on IDXCoreAdapter1 alone. */
	HRESULT (*GetPropertyWithInput)(IDXCoreAdapter1 *self, DXCoreAdapterProperty property,
					size_t input_size, const void *input, size_t output_size,
					void *output);
} IDXCoreAdapter1Vtbl;

struct IDXCoreAdapter1 {
	const IDXCoreAdapter1Vtbl *lpVtbl;
};

/* The adapters that fitted when it was made, in an order that Sort() changes. */
typedef struct IDXCoreAdapterList IDXCoreAdapterList;

typedef struct IDXCoreAdapterListVtbl {
	DXG_UNKNOWN_METHODS(IDXCoreAdapterList);
	/* E_INVALIDARG: no such place; DXGI_ERROR_DEVICE_REMOVED: it has gone */
	HRESULT (*GetAdapter)(IDXCoreAdapterList *self, uint32_t index, const IID *riid,
			      void **adapter);
	uint32_t (*GetAdapterCount)(IDXCoreAdapterList *self);
	/* Whether one of them has gone, or another has come that would be in it. */
	bool (*IsStale)(IDXCoreAdapterList *self);
	HRESULT (*GetFactory)(IDXCoreAdapterList *self, const IID *riid, void **factory);
	/* Earlier preferences weigh more; unknown ones weigh nothing. */
	HRESULT (*Sort)(IDXCoreAdapterList *self, uint32_t count,
			const DXCoreAdapterPreference *preferences);
	bool (*IsAdapterPreferenceSupported)(IDXCoreAdapterList *self,
					     DXCoreAdapterPreference preference);
} IDXCoreAdapterListVtbl;

struct IDXCoreAdapterList {
	const IDXCoreAdapterListVtbl *lpVtbl;
};

/* The one object of the process that everything comes from. */
typedef struct IDXCoreAdapterFactory1 IDXCoreAdapterFactory1;

typedef struct IDXCoreAdapterFactory1Vtbl {
	DXG_UNKNOWN_METHODS(IDXCoreAdapterFactory1);
	/* Those that have all @count attributes, at least one; S_OK if none has. */
	HRESULT (*CreateAdapterList)(IDXCoreAdapterFactory1 *self, uint32_t count,
				     const GUID *attributes, const IID *riid, void **list);
	/* E_INVALIDARG: no such adapter; DXGI_ERROR_DEVICE_REMOVED: it has gone */
	HRESULT (*GetAdapterByLuid)(IDXCoreAdapterFactory1 *self, const LUID *luid,
				    const IID *riid, void **adapter);
	bool (*IsNotificationTypeSupported)(IDXCoreAdapterFactory1 *self,
					    DXCoreNotificationType type);
	/*
	 * The registration keeps @object alive. *@cookie is its number, 0 if the call
	 * fails; it is there before the first callback comes, which may be before
	 * the call returns.
	 */
	HRESULT (*RegisterEventNotification)(IDXCoreAdapterFactory1 *self, IUnknown *object,
					     DXCoreNotificationType type,
					     PFN_DXCORE_NOTIFICATION_CALLBACK callback,
					     void *context, uint32_t *cookie);
	/* No callback comes any more, and none is running unless it is the caller. */
	HRESULT (*UnregisterEventNotification)(IDXCoreAdapterFactory1 *self, uint32_t cookie);
	/* From here on IDXCoreAdapterFactory1 alone; the best adapter comes first. */
	HRESULT (*CreateAdapterListByWorkload)(IDXCoreAdapterFactory1 *self,
					       DXCoreWorkload workload,
					       DXCoreRuntimeFilterFlags runtimes,
					       DXCoreHardwareTypeFilterFlags types,
					       const IID *riid, void **list);
} IDXCoreAdapterFactory1Vtbl;

struct IDXCoreAdapterFactory1 {
	const IDXCoreAdapterFactory1Vtbl *lpVtbl;
};

/* The older interfaces are the beginning of the newer ones. */
typedef IDXCoreAdapter1 IDXCoreAdapter;
typedef IDXCoreAdapterFactory1 IDXCoreAdapterFactory;

/**
 * DXCoreCreateAdapterFactory() - give the factory of the process
 * @riid:    [in] IID_IDXCoreAdapterFactory1, IID_IDXCoreAdapterFactory or
 *           IID_IUnknown
 * @factory: [out] the factory, NULL if the call fails
 *
 * There is one at a time: it lives while there is a reference to it, to a list or
 * to an adapter.
 *
 * Owner:  to be given back with Release().
 * Errors: E_POINTER, E_NOINTERFACE; HRESULT_FROM_NT(STATUS_UNSUCCESSFUL): the
 *         device cannot be used (dxg_last_error_text() says why, if the program
 *         has libdxg); E_OUTOFMEMORY.
 */
DXG_API HRESULT DXCoreCreateAdapterFactory(const IID *riid, void **factory);

#endif /* __cplusplus */

#endif /* DXG_DXCORE_OBJECTS_H */
