build-clang/kernel.d/lib/symbols.c.o: lib/symbols.c lib/symbols.h

lib/symbols.h:
