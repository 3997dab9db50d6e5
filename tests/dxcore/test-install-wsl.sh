#!/bin/sh
# SPDX-License-Identifier: MIT
# What install-wsl.sh does with what is there already.
# Arguments: install-wsl.sh, and a built libdxcore.so.
set -eu
install=$1
built=$2

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export DESTDIR="$scratch"
folder=$scratch/usr/lib/wsl/lib
mkdir -p "$scratch/usr/lib"
cp "$built" "$scratch/usr/lib/libdxcore.so"

fail() {
	echo "$1"
	exit 1
}

# run [true]: into the folder, replacing or not
run() {
	"$install" /usr/lib/libdxcore.so /usr/lib/wsl/lib "${1:-false}"
}

# The folder has this library, and nothing else.
check() {
	cmp "$built" "$folder/libdxcore.so" || fail "$1: another file"
	[ "$(ls -A "$folder" | wc -l)" = "$2" ] || fail "$1: surplus files"
}

run
check "a fresh folder" 1
[ "$folder/libdxcore.so" -ef "$scratch/usr/lib/libdxcore.so" ] ||
	fail "two files in one file system"
run
check "over itself" 1

# An older one of ours.
rm "$folder/libdxcore.so"
cp "$built" "$folder/libdxcore.so"
echo older >>"$folder/libdxcore.so"
run
check "over an older one" 1

rm "$folder/libdxcore.so"
echo foreign >"$folder/libdxcore.so"
if run 2>"$scratch/message"; then
	fail "a foreign file has been replaced"
fi
grep -q 'wsl_overwrite' "$scratch/message" || fail "no word on how to replace it"
[ "$(cat "$folder/libdxcore.so")" = foreign ] || fail "a foreign file has changed"

ln -sf /no/such/file "$folder/libdxcore.so"
if run 2>/dev/null; then
	fail "a foreign link has been replaced"
fi
rm "$folder/libdxcore.so"

echo foreign >"$folder/libdxcore.so"
run true
check "over a foreign one, as asked" 2
[ "$(cat "$folder/original-libdxcore.so")" = foreign ] || fail "the foreign file is lost"

rm "$scratch/usr/lib/libdxcore.so"
if run 2>/dev/null; then
	fail "without a library"
fi
echo "8 cases"
