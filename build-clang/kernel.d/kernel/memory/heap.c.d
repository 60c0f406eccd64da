build-clang/kernel.d/kernel/memory/heap.c.o: kernel/memory/heap.c \
  kernel/memory/heap.h kernel/memory/heap_core.h kernel/memory/frames.h \
  include/boot_info.h kernel/memory/frame_pool.h \
  kernel/memory/physical.h include/layout.h kernel/panic/panic.h \
  kernel/interrupts/interrupt_frame.h lib/format.h lib/string.h

kernel/memory/heap.h:

kernel/memory/heap_core.h:

kernel/memory/frames.h:

include/boot_info.h:

kernel/memory/frame_pool.h:

kernel/memory/physical.h:

include/layout.h:

kernel/panic/panic.h:

kernel/interrupts/interrupt_frame.h:

lib/format.h:

lib/string.h:
