build-clang/tools/mkheader: lib/xxh32.c lib/xxh32.h
lib/xxh32.h:
