build-clang/kernel.d/kernel/memory/paging.c.o: kernel/memory/paging.c \
  kernel/memory/paging.h include/boot_info.h kernel/memory/page_tables.h \
  kernel/cpu/registers.h lib/cpu.h kernel/cpu/stacks.h \
  kernel/cpu/stacks.def kernel/memory/address_space.h include/layout.h \
  kernel/memory/early_frames.h kernel/memory/frames.h \
  kernel/memory/frame_pool.h kernel/memory/physical.h \
  kernel/panic/panic.h kernel/interrupts/interrupt_frame.h lib/string.h

kernel/memory/paging.h:

include/boot_info.h:

kernel/memory/page_tables.h:

kernel/cpu/registers.h:

lib/cpu.h:

kernel/cpu/stacks.h:

kernel/cpu/stacks.def:

kernel/memory/address_space.h:

include/layout.h:

kernel/memory/early_frames.h:

kernel/memory/frames.h:

kernel/memory/frame_pool.h:

kernel/memory/physical.h:

kernel/panic/panic.h:

kernel/interrupts/interrupt_frame.h:

lib/string.h:
