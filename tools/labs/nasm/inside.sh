#!/bin/sh
# inside.sh - build.sh runs this inside the bare Debian 13: it fetches NASM's sources, builds and links.
#
# The folder is always /nasm/build, so the names of source files in assertions are the same
# everywhere.  NASM compiles in the date of its version, not of its build.
set -eu

version=2.16.03
source=nasm_$version.orig.tar.xz
source_sum=1412a1c760bbd05db026b6c0d1657affd6631cd0a63cddb6f73cc6d4aa616148

cd /nasm
mkdir -p build built
apt-get update -q
/usr/lib/apt/apt-helper download-file http://deb.debian.org/debian/pool/main/n/nasm/$source build/$source
echo "$source_sum  build/$source" | sha256sum -c -

cd build
tar xf $source
cd nasm-$version
patch -p1 < /nasm/limit.patch
touch -r LICENSE asm/nasm.c asm/preproc.c include/nasm.h  # newer sources would have their tables made again, by Perl
emconfigure ./configure --host=wasm32-unknown-emscripten CFLAGS=-O2
emmake make -j"$(nproc)" nasm

# The program's own link step makes a command; this one makes a module whose files are in memory.
# MAXIMUM_MEMORY, the stack and limit.patch are what a hostile source can use.
emcc -O2 -o nasm-module.js asm/nasm.o libnasm.a \
    -sMODULARIZE=1 -sEXPORT_ES6=1 -sEXPORT_NAME=createNasm -sINVOKE_RUN=0 -sFORCE_FILESYSTEM=1 -sENVIRONMENT=web,node \
    -sEXPORTED_RUNTIME_METHODS=FS,callMain -sALLOW_MEMORY_GROWTH=1 -sMAXIMUM_MEMORY=134217728 -sSTACK_SIZE=1048576 \
    -sEXIT_RUNTIME=1

cd /nasm/built
cp ../build/nasm-$version/nasm-module.js nasm.js
sed -i 's/nasm-module\.wasm/nasm.wasm/g' nasm.js
cp ../build/nasm-$version/nasm-module.wasm nasm.wasm
chmod 644 nasm.wasm
cp ../build/nasm-$version/LICENSE LICENSE.nasm
{
    echo "NASM $version: $source, SHA-256 $source_sum, with limit.patch"
    dpkg-query -W -f '${Package} ${Version}\n' emscripten clang-19 lld-19 node-acorn
} > VERSIONS
sha256sum nasm.js nasm.wasm > SHA256SUMS
