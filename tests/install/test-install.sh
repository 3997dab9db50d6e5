#!/bin/sh
# SPDX-License-Identifier: MIT
# Install into a scratch folder, then build and run a program against that.
# Arguments: the build folder, this folder, and meson's command.
set -eu
build=$1
here=$2
shift 2

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
DESTDIR="$scratch/root" "$@" install -C "$build" --no-rebuild >"$scratch/log" 2>&1 || {
	cat "$scratch/log"
	exit 1
}

pc=$(find "$scratch/root" -name libdxg.pc)
[ -n "$pc" ] || { echo "no libdxg.pc has been installed"; exit 1; }
libdir=$(dirname "$(dirname "$pc")")
export PKG_CONFIG_LIBDIR="${pc%/*}"
export PKG_CONFIG_SYSROOT_DIR="$scratch/root"
unset DXG_DEVICE DXG_SOFT_LIBRARY PKG_CONFIG_PATH

for file in libdxg.so libdxg.so.0 libdxg.a libdxg-soft.so; do
	[ -e "$libdir/$file" ] || { echo "$file has not been installed"; exit 1; }
done

# run NAME PROGRAM: on the embedded device, and where there is no device
run() {
	echo "$1"
	DXG_DEVICE=soft LD_LIBRARY_PATH="$libdir" "$2"
	DXG_DEVICE="$scratch/no-such-node" LD_LIBRARY_PATH="$libdir" "$2" none
}

# try NAME COMPILER [arguments]: shared, then static
try() {
	name=$1
	shift
	# shellcheck disable=SC2046
	"$@" -Wall -Wextra -Werror -o "$scratch/shared" \
		$(pkg-config --cflags --libs libdxg)
	run "$name, shared" "$scratch/shared"
	# Only libdxg itself is static: the embedded device is loaded by dlopen().
	# shellcheck disable=SC2046
	"$@" -Wall -Wextra -Werror -o "$scratch/static" \
		$(pkg-config --cflags libdxg) "$libdir/libdxg.a" \
		$(pkg-config --static --libs-only-l libdxg | sed 's/-ldxg\b//')
	if command -v readelf >/dev/null &&
	   readelf -d "$scratch/static" | grep -q 'NEEDED.*libdxg\.so'; then
		echo "the static program needs libdxg.so"
		exit 1
	fi
	run "$name, static" "$scratch/static"
}

# try_dxcore NAME COMPILER: a C program that has libdxcore alone
try_dxcore() {
	[ -e "$libdir/libdxcore.so" ] || return 0
	# shellcheck disable=SC2046
	"$2" -std=c11 -Wall -Wextra -Werror -o "$scratch/dxcore" "$here/dxcore.c" \
		$(pkg-config --cflags --libs libdxcore)
	echo "$1, libdxcore"
	DXG_DEVICE=soft LD_LIBRARY_PATH="$libdir" "$scratch/dxcore"
}

cp "$here/program.c" "$scratch/program.cpp"
for suffix in "gcc g++" "clang clang++"; do
	c=${suffix% *}
	cpp=${suffix#* }
	if command -v "$c" >/dev/null; then
		try "$c -std=c11" "$c" -std=c11 "$here/program.c"
		try_dxcore "$c" "$c"
	fi
	if command -v "$cpp" >/dev/null; then
		try "$cpp -std=c++17" "$cpp" -std=c++17 "$scratch/program.cpp"
	fi
done
