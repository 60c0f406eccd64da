build-clang/kernel.d/kernel/shell/command_mem.c.o: \
  kernel/shell/command_mem.c kernel/boot/handover.h include/boot_info.h \
  kernel/console/console.h kernel/memory/frames.h \
  kernel/memory/frame_pool.h kernel/memory/heap.h \
  kernel/memory/heap_core.h kernel/memory/physical.h include/layout.h \
  kernel/shell/commands.h kernel/shell/commands.def

kernel/boot/handover.h:

include/boot_info.h:

kernel/console/console.h:

kernel/memory/frames.h:

kernel/memory/frame_pool.h:

kernel/memory/heap.h:

kernel/memory/heap_core.h:

kernel/memory/physical.h:

include/layout.h:

kernel/shell/commands.h:

kernel/shell/commands.def:
