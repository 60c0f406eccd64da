build-clang/kernel.d/kernel/memory/heap_core.c.o: \
  kernel/memory/heap_core.c kernel/memory/heap_core.h \
  kernel/memory/poison.h lib/string.h

kernel/memory/heap_core.h:

kernel/memory/poison.h:

lib/string.h:
