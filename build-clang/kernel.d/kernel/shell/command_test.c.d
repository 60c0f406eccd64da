build-clang/kernel.d/kernel/shell/command_test.c.o: \
  kernel/shell/command_test.c kernel/console/console.h \
  include/boot_info.h kernel/cpu/gdt.h kernel/cpu/registers.h lib/cpu.h \
  kernel/debug/descriptors.h kernel/debug/kernel_symbols.h lib/symbols.h \
  kernel/debug/page_walk.h kernel/interrupts/safe_read.h \
  kernel/memory/frames.h kernel/memory/frame_pool.h \
  kernel/memory/page_tables.h kernel/memory/physical.h include/layout.h \
  kernel/shell/commands.h kernel/shell/commands.def kernel/time/timer.h

kernel/console/console.h:

include/boot_info.h:

kernel/cpu/gdt.h:

kernel/cpu/registers.h:

lib/cpu.h:

kernel/debug/descriptors.h:

kernel/debug/kernel_symbols.h:

lib/symbols.h:

kernel/debug/page_walk.h:

kernel/interrupts/safe_read.h:

kernel/memory/frames.h:

kernel/memory/frame_pool.h:

kernel/memory/page_tables.h:

kernel/memory/physical.h:

include/layout.h:

kernel/shell/commands.h:

kernel/shell/commands.def:

kernel/time/timer.h:
