#!/bin/sh
# clean.sh FOLDER MARK - removes a build folder, and nothing that is not one
#
# `make clean` calls it.  MARK is the first line of FOLDER/toolchain, where every build
# leaves it: BUILD= may name any folder, and only one of ours may go.
set -eu
folder=$1 mark=$2

[ -e "$folder" ] || exit 0
if ! head -n 1 "$folder/toolchain" 2>/dev/null | grep -qxF "$mark"; then
    echo "clean: $folder is left alone: its toolchain file does not say that Firstlight made it" >&2
    exit 1
fi
rm -rf -- "$folder"
