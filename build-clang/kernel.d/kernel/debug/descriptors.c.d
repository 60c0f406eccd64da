build-clang/kernel.d/kernel/debug/descriptors.c.o: \
  kernel/debug/descriptors.c kernel/debug/descriptors.h

kernel/debug/descriptors.h:
