build-clang/kernel.d/kernel/memory/frame_pool.c.o: \
  kernel/memory/frame_pool.c kernel/memory/frame_pool.h lib/string.h

kernel/memory/frame_pool.h:

lib/string.h:
