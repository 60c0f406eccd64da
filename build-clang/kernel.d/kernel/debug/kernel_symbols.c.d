build-clang/kernel.d/kernel/debug/kernel_symbols.c.o: \
  kernel/debug/kernel_symbols.c kernel/debug/kernel_symbols.h \
  lib/symbols.h

kernel/debug/kernel_symbols.h:

lib/symbols.h:
