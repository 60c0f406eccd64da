build-clang/kernel.d/kernel/crash/crash_memory.c.o: \
  kernel/crash/crash_memory.c kernel/crash/crash.h \
  kernel/crash/crash.def kernel/memory/address_space.h include/layout.h \
  kernel/memory/heap.h kernel/memory/heap_core.h

kernel/crash/crash.h:

kernel/crash/crash.def:

kernel/memory/address_space.h:

include/layout.h:

kernel/memory/heap.h:

kernel/memory/heap_core.h:
