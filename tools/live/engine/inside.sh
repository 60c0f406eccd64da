#!/bin/sh
# inside.sh - build.sh runs this inside the bare Debian 13: it fetches the sources, builds and links.
#
# The folder is always /engine/build, so the names of source files in assertions are
# the same everywhere.  Bochs compiles no date in.
set -eu

version=3.0+dfsg
source=bochs_$version.orig.tar.xz
source_sum=78f6c73d4a6472d5130a87ab9dc306d02c7c71ed8e25b3a8ef642e2a7acd282b

cd /engine
mkdir -p build/out built
apt-get update -q
/usr/lib/apt/apt-helper download-file http://deb.debian.org/debian/pool/main/b/bochs/$source build/$source
(cd build && apt-get download -q bochsbios vgabios)
echo "$source_sum  build/$source" | sha256sum -c -

cd build
tar xf $source
for package in bochsbios vgabios; do dpkg -x "$(echo ${package}_*.deb)" roms; done
cd bochs-3.0
patch -p1 < /engine/bochs.patch
cp /engine/display.cc gui/nogui.cc
mkdir instrument/live
cp /engine/instrument/* instrument/live/
sed "s/^  instrument.o/  $(cd instrument/live && echo *.cc | sed 's/\.cc/.o/g')/" instrument/stubs/Makefile.in > instrument/live/Makefile.in

cd ../out
emconfigure ../bochs-3.0/configure --host=wasm32-unknown-emscripten --with-nogui --enable-x86-64 --enable-cpu-level=6 \
    --disable-plugins --disable-docbook --disable-large-ramfile --disable-usb --disable-ne2000 --disable-es1370 \
    --disable-sb16 --enable-pci --disable-handlers-chaining --disable-repeat-speedups --disable-debugger \
    --disable-voodoo --disable-gdb-stub --disable-show-ips --enable-instrumentation=instrument/live CXXFLAGS=-O2 CFLAGS=-O2
emmake make -j"$(nproc)" bochs

# Bochs's own link step makes a program for a terminal; this one makes a module for a page.
em++ -O2 -o engine.js ./*.o instrument/live/*.o iodev/libiodev.a iodev/display/libdisplay.a iodev/hdimage/libhdimage.a \
    cpu/libcpu.a cpu/cpudb/libcpudb.a memory/libmemory.a gui/libgui.a cpu/fpu/libfpu.a cpu/softfloat3e/libsoftfloat.a \
    -sMODULARIZE=1 -sEXPORT_ES6=1 -sEXPORT_NAME=createLive -sINVOKE_RUN=0 -sFORCE_FILESYSTEM=1 -sENVIRONMENT=web,node \
    -sEXPORTED_RUNTIME_METHODS=FS,callMain,HEAPU8,UTF8ToString -sALLOW_MEMORY_GROWTH=1 -sINITIAL_MEMORY=117440512 \
    -sSTACK_SIZE=1048576

cd /engine/built
cp ../build/out/engine.js ../build/out/engine.wasm .
chmod 644 engine.wasm
cp ../build/roms/usr/share/bochs/BIOS-bochs-latest bios.bin
cp ../build/roms/usr/share/vgabios/vgabios.bin vgabios.bin
cp ../build/bochs-3.0/COPYING COPYING.bochs
cp ../build/roms/usr/share/doc/vgabios/copyright COPYRIGHT.vgabios
{
    echo "Bochs $version: $source, SHA-256 $source_sum, with bochs.patch"
    for package in bochsbios vgabios; do basename ../build/${package}_*.deb; done
    dpkg-query -W -f '${Package} ${Version}\n' emscripten clang-19 lld-19 node-acorn
} > VERSIONS
sha256sum engine.js engine.wasm bios.bin vgabios.bin > SHA256SUMS
