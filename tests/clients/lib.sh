# SPDX-License-Identifier: MIT
# What the scripts of clients have in common. On standard output they have a transcript,
# which docs/clients.md shows; what is not as expected they tell on standard error.
# shellcheck shell=sh
set -eu

here=$(cd "$(dirname "$0")" && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
trap 'exit 130' INT TERM

# What the client finds as /usr/lib/wsl.
wsl=$scratch/wsl
mkdir -p "$wsl/lib" "$wsl/drivers/stand-in"
ln -s "$LIBDXCORE" "$wsl/lib/libdxcore.so"
touch "$scratch/out" "$scratch/err" "$scratch/trace"

# Nothing of the caller's: of what it draws on, where it caches, what it is told to do.
unset DISPLAY WAYLAND_DISPLAY LD_LIBRARY_PATH GALLIUM_DRIVER NEOReadDebugKeys DXG_TRACE
export HOME="$scratch" XDG_RUNTIME_DIR="$scratch" LC_ALL=C
ulimit -c 0

skip() {
	echo "skipped: $1"
	exit 77
}

# With the last that the client said and did.
fail() {
	{
		tail -n 20 "$scratch/out" "$scratch/err"
		tail -n 20 "$scratch/trace" | cut -c 1-200
		echo "FAILED: $1"
	} >&2 || :
	exit 1
}

# installed PACKAGE: its version, if it is, where the client is to run
installed() {
	if [ -n "${CLIENTS_ROOT:-}" ]; then
		sed -n "s/^$1 //p" "$CLIENTS_ROOT/packages" 2>/dev/null
	else
		dpkg-query -W -f '${db:Status-Status} ${Version}' "$1" 2>/dev/null |
			sed -n 's/^installed //p'
	fi
}

# need PACKAGE ...: says which versions there are, and that mounts are allowed
need() {
	line=
	for package; do
		version=$(installed "$package")
		[ -n "$version" ] || skip "the package $package is not installed"
		line="$line, $package $version"
	done
	echo "# ${line#, }"
	"$here/in-wsl" "$scratch" 2>"$scratch/err" ||
		skip "no mounts of its own for a program: $(tail -n 1 "$scratch/err")"
}

# note LINE ...: between the commands
note() {
	echo
	printf '# %s\n' "$@"
}

# run DEVICE [NAME=VALUE ...] COMMAND ...: on the embedded device, which is a file of this
# folder or one that is built in; with a trace
run() {
	device=$1
	shift
	line=
	for word; do
		case $word in
		/*) line="$line ${word##*/}" ;;
		*) line="$line $word" ;;
		esac
	done
	echo "\$ DXG_DEVICE=soft:$device$line"
	[ ! -e "$here/$device" ] || device=$here/$device
	rm -f "$scratch/trace"
	status=0
	(
		while [ "${1#*=}" != "$1" ]; do
			export "$1"
			shift
		done
		DXG_TRACE="$scratch/trace" DXG_DEVICE=soft:$device \
			exec timeout 100 "$here/in-wsl" "$scratch" "$@"
	) >"$scratch/out" 2>"$scratch/err" </dev/null || status=$?
	touch "$scratch/trace"
}

# exits STATUS: with this one
exits() {
	[ "$status" = "$1" ] || fail "status $status, not $1"
}

# What it said first on standard output, then on standard error.
# shows PATTERN: prints lines of what the client said, of which there have to be some
shows() {
	cat "$scratch/out" "$scratch/err" | grep -e "$1" ||
		fail "no line of the client's is like $1"
}

# says LINE: has said so, in these words alone
says() {
	cat "$scratch/out" "$scratch/err" | grep -qxFe "$1" ||
		fail "no line of the client's is $1"
}

# called FUNCTION [PATTERN]: with success, and with such arguments
called() {
	grep -e " $1(.*${2:-}.*) = \(STATUS_SUCCESS\|STATUS_PENDING\|S_OK\) " \
		"$scratch/trace" >/dev/null || fail "$1(${2:-}) has not been called"
}

not_called() {
	! grep -e " $1(.*${2:-}" "$scratch/trace" >/dev/null ||
		fail "$1(${2:-}) has been called"
}

# succeeded: no call has failed (a count is no failure)
succeeded() {
	! grep -v ') = \(STATUS_SUCCESS\|STATUS_PENDING\|S_OK\|[0-9]*\) <' \
		"$scratch/trace" >"$scratch/failed" ||
		fail "a call has failed: $(head -n 1 "$scratch/failed")"
}

count() {
	grep -c " $1(.*) = STATUS_SUCCESS " "$scratch/trace" || :
}

# undone FUNCTION FUNCTION: the second as often as the first, and not never
undone() {
	called "$1"
	[ "$(count "$1")" = "$(count "$2")" ] ||
		fail "$1 $(count "$1") times, and $2 $(count "$2") times"
}

# Prints which calls there were. Waits are left out: whether there is something to wait
# for is up to chance.
calls() {
	sed -n 's/^[0-9/]* \([A-Za-z0-9:]*\)(.*/\1/p' "$scratch/trace" |
		grep -v 'WaitForSynchronizationObject' | sed 's/^D3DKMT//' | sort -u |
		tr '\n' ' ' | fold -s -w 88 | sed 's/^/  /; s/ *$//'
	echo
}
