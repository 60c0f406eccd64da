build-clang/kernel.d/kernel/memory/page_tables.c.o: \
  kernel/memory/page_tables.c kernel/memory/page_tables.h \
  kernel/memory/frame_pool.h lib/string.h

kernel/memory/page_tables.h:

kernel/memory/frame_pool.h:

lib/string.h:
