build-clang/kernel.d/kernel/memory/memory.c.o: kernel/memory/memory.c \
  kernel/memory/memory.h include/boot_info.h \
  kernel/memory/early_frames.h kernel/memory/frames.h \
  kernel/memory/frame_pool.h kernel/memory/paging.h \
  kernel/memory/page_tables.h kernel/memory/physical.h include/layout.h

kernel/memory/memory.h:

include/boot_info.h:

kernel/memory/early_frames.h:

kernel/memory/frames.h:

kernel/memory/frame_pool.h:

kernel/memory/paging.h:

kernel/memory/page_tables.h:

kernel/memory/physical.h:

include/layout.h:
