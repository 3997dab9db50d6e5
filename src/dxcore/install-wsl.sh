#!/bin/sh
# SPDX-License-Identifier: MIT
# Put libdxcore.so where programs for WSL look for it; run by "meson install".
# Arguments: the installed library, the folder, and true if the library of somebody
# else there may be replaced. DESTDIR stands before both.
set -eu
library=${DESTDIR:-}$1
folder=${DESTDIR:-}$2
replace=$3
name=libdxcore.so

# Ours, of whatever version, says that libdxg.so.N may stand in for its calls.
is_ours() {
	grep -aq 'libdxg\.so\.[0-9]' "$1"
}

[ -f "$library" ] || { echo "$library has not been installed" >&2; exit 1; }
mkdir -p "$folder"
place=$folder/$name
if [ -e "$place" ] || [ -L "$place" ]; then
	if ! is_ours "$place" 2>/dev/null; then
		if [ "$replace" != true ]; then
			echo "$place is not ours and has been left alone:" \
				"-Dwsl_overwrite=true replaces it" >&2
			exit 1
		fi
		# Not a name that ldconfig would take for a library.
		[ -e "$folder/original-$name" ] || mv "$place" "$folder/original-$name"
	fi
fi

# One file under both names is one library to the dynamic linker. A process that has
# the old one open keeps it.
if ! [ "$place" -ef "$library" ]; then
	rm -f "$folder/.$name.new"
	ln "$library" "$folder/.$name.new" 2>/dev/null ||
		cp "$library" "$folder/.$name.new"
	mv -f "$folder/.$name.new" "$place"
fi
echo "Installing $library to $place"
