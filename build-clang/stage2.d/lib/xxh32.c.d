build-clang/stage2.d/lib/xxh32.c.o: lib/xxh32.c lib/xxh32.h

lib/xxh32.h:
