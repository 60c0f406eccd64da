build-clang/kernel.d/kernel/memory/frames.c.o: kernel/memory/frames.c \
  kernel/memory/frames.h include/boot_info.h kernel/memory/frame_pool.h \
  kernel/memory/early_frames.h kernel/memory/physical.h include/layout.h \
  kernel/panic/panic.h kernel/interrupts/interrupt_frame.h

kernel/memory/frames.h:

include/boot_info.h:

kernel/memory/frame_pool.h:

kernel/memory/early_frames.h:

kernel/memory/physical.h:

include/layout.h:

kernel/panic/panic.h:

kernel/interrupts/interrupt_frame.h:
