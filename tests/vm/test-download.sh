#!/bin/sh
# SPDX-License-Identifier: MIT
# How scripts/vm downloads a package: lists that are older than the archive are renewed,
# and that once; that nobody is asked anything, and no server waited for without end. The
# function is taken out of the script, apt-get is our own.
# usage: test-download.sh SCRIPTS/VM
set -eu

script=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/bin"

# It notes what it is asked for, and what it could be answered. The package is found in
# lists that are new, which an update makes them where there is an archive; it fails where
# there is none.
cat > "$work/bin/apt-get" <<'END'
#!/bin/sh
options=
while [ "$1" = -o ]; do
	options="$options $2"
	shift 2
done
case $options in
*Acquire::http::Timeout=*) ;;
*) echo "without a limit: $*" >> "$WORK/calls" ;;
esac
! read -r answer || echo "answered: $answer" >> "$WORK/calls"
echo "$*" >> "$WORK/calls"
case $1 in
update) [ -e "$WORK/archive" ] && : > "$WORK/lists" ;;
download) [ -e "$WORK/lists" ] && echo "$3" > package.deb ;;
esac
END
chmod +x "$work/bin/apt-get"
export WORK="$work" PATH="$work/bin:$PATH"

sed -n '/^download() {$/,/^}$/p' "$script" > "$work/function"
[ -s "$work/function" ] || { echo "no download() in $script"; exit 1; }
. "$work/function"
# As the script sets it.
apt_get=$(realpath "$(dirname "$script")")/apt-get

# expect NAME STATUS PACKAGE CALL ...: of a download with the files that are there;
# PACKAGE: yes or no.
expect() {
	name=$1
	want="$2 $3"
	shift 3
	printf '%s\n' "$@" > "$work/wanted"
	rm -rf "$work/folder" "$work/calls"
	mkdir "$work/folder"
	: > "$work/calls"
	status=done
	echo yes | download "$work/folder" linux-image || status=failed
	package=no
	[ ! -f "$work/folder/package.deb" ] || package=yes
	if [ "$status $package" = "$want" ] &&
	   cmp -s "$work/wanted" "$work/calls"; then
		echo "ok: $name"
		return
	fi
	echo "FAILED: $name: $status, package: $package; apt-get was asked for"
	cat "$work/calls"
	exit 1
}

ask='download -qq linux-image'
renew='update -qq'

expect 'no archive' failed no "$ask" "$renew" "$ask"
: > "$work/archive"
expect 'old lists' done yes "$ask" "$renew" "$ask"
expect 'new lists' done yes "$ask"
rm "$work/archive"
expect 'new lists, no archive' done yes "$ask"
