#!/bin/sh
# SPDX-License-Identifier: MIT
# in-wsl in a root that is a plain folder, as that of a chroot, of a mount that is shared
# with others: the program sees its library and works where it was called, and nobody
# else sees a mount of it.
# usage: test-in-wsl.sh
set -eu
folder=$(cd "$(dirname "$0")" && pwd)

if [ -z "${IN_WSL_ROOT:-}" ]; then
	namespace=--mount
	[ "$(id -u)" = 0 ] || namespace='--mount --map-root-user'
	# shellcheck disable=SC2086
	unshare $namespace --propagation private true || {
		echo "skipped: no mounts of its own for a program"
		exit 77
	}
	IN_WSL_ROOT=$(mktemp -d)
	trap 'rmdir "$IN_WSL_ROOT"' EXIT
	trap 'exit 130' INT TERM
	export IN_WSL_ROOT
	# All that is mounted is gone with the process.
	# shellcheck disable=SC2086
	unshare $namespace --propagation private "$0"
	exit
fi

fail() {
	echo "FAILED: $1"
	exit 1
}

# A mount that is shared, and in it a root with what this machine has.
mount -t tmpfs none "$IN_WSL_ROOT"
mount --make-shared "$IN_WSL_ROOT"
root=$IN_WSL_ROOT/root
mkdir -p "$root/given/wsl" "$root/here"
echo found >"$root/given/wsl/marker"
for name in bin lib lib64 sbin; do
	[ ! -L "/$name" ] || ln -s "usr/$name" "$root/$name"
done
for name in dev proc usr; do
	mkdir "$root/$name"
	mount --rbind "/$name" "$root/$name"
done
cp "$folder/in-wsl" "$root/given/"

cat /proc/self/mountinfo >"$root/given/before"
chroot "$root" sh -c "cd /here && exec /given/in-wsl /given sh -c '
	pwd >/given/place
	cp /usr/lib/wsl/marker /given/seen
	cat /proc/$$/mountinfo >/given/during'" || fail "it does not run"
cat /proc/self/mountinfo >"$root/given/after"

[ "$(cat "$root/given/seen")" = found ] || fail "the program does not see its library"
[ "$(cat "$root/given/place")" = /here ] ||
	fail "the program runs in $(cat "$root/given/place")"
cmp "$root/given/before" "$root/given/during" || fail "its mounts are seen outside"
cmp "$root/given/before" "$root/given/after" || fail "its mounts are left"
