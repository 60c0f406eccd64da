build-clang/stage2.d/lib/symbols.c.o: lib/symbols.c lib/symbols.h

lib/symbols.h:
