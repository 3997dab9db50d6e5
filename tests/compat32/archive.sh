#!/bin/sh
# SPDX-License-Identifier: MIT
# Compile for 32 bits and put the objects together.
# usage: archive.sh OUTPUT DEPFILE SOURCE ... -- COMPILER ARGUMENT ...
set -eu
output=$1
depfile=$2
shift 2
folder=$output.parts
rm -rf "$folder" "$output"
mkdir -p "$folder"
sources=
while [ "$1" != -- ]; do
	sources="$sources $1"
	shift
done
shift
for source in $sources; do
	name=$(basename "$source" .c)
	"$@" -MMD -MF "$folder/$name.d" -MT "$output" -c "$source" \
		-o "$folder/$name.o"
done
cat "$folder"/*.d > "$depfile"
ar rcs "$output" "$folder"/*.o
rm -r "$folder"
