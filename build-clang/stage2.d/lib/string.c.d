build-clang/stage2.d/lib/string.c.o: lib/string.c lib/string.h lib/cpu.h

lib/string.h:

lib/cpu.h:
