build-clang/kernel.d/kernel/memory/early_frames.c.o: \
  kernel/memory/early_frames.c kernel/memory/early_frames.h \
  include/boot_info.h kernel/memory/frame_pool.h kernel/panic/panic.h \
  kernel/interrupts/interrupt_frame.h include/layout.h

kernel/memory/early_frames.h:

include/boot_info.h:

kernel/memory/frame_pool.h:

kernel/panic/panic.h:

kernel/interrupts/interrupt_frame.h:

include/layout.h:
