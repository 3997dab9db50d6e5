#!/bin/sh
# SPDX-License-Identifier: MIT
# fastfetch, which tells what a machine has, by the fixed path of libdxcore.so. Its first
# package is of Debian 13, so it runs in a root of that release. See lib.sh.
. "$(dirname "$0")/lib.sh"

[ -e "${CLIENTS_ROOT:=$CLIENTS_ROOTS/trixie}/packages" ] ||
	skip 'there is no root of Debian 13: scripts/setup clients'
export CLIENTS_ROOT
need fastfetch
fastfetch='fastfetch --config none --logo none --structure gpu'

note 'What it shows of an adapter,'
run intel $fastfetch --format json
exits 0
shows '"\(dedicated\|shared\|total\|driver\|name\|type\|vendor\|platformApi\)"'
says '        "driver": "32.0.101.5972",'
says '        "name": "Intel(R) Iris(R) Xe Graphics",'
says '        "platformApi": "DXCore",'
called IDXCoreAdapterFactory::CreateAdapterList D3D11_GRAPHICS
for property in IsHardware DriverVersion DedicatedAdapterMemory SharedSystemMemory \
		IsIntegrated HardwareID; do
	called IDXCoreAdapter::GetProperty "property=$property"
done
called IDXCoreAdapter::GetProperty 'property=DriverDescription, bufferSize=256'
succeeded
calls

note 'and of several, of which one is software, and not shown.'
run vendors $fastfetch --pipe
exits 0
shows '^GPU'
[ "$(grep -c ^GPU "$scratch/out")" = 3 ] || fail 'not three adapters'
