build-clang/kernel.d/kernel/boot/handover.c.o: kernel/boot/handover.c \
  kernel/boot/handover.h include/boot_info.h kernel/memory/physical.h \
  include/layout.h kernel/panic/panic.h \
  kernel/interrupts/interrupt_frame.h

kernel/boot/handover.h:

include/boot_info.h:

kernel/memory/physical.h:

include/layout.h:

kernel/panic/panic.h:

kernel/interrupts/interrupt_frame.h:
