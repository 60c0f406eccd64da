build-clang/kernel.d/kernel/interrupts/irq.c.o: kernel/interrupts/irq.c \
  kernel/interrupts/irq.h kernel/console/console.h include/boot_info.h \
  kernel/interrupts/interrupts.h kernel/interrupts/interrupt_frame.h \
  kernel/interrupts/pic.h kernel/panic/panic.h

kernel/interrupts/irq.h:

kernel/console/console.h:

include/boot_info.h:

kernel/interrupts/interrupts.h:

kernel/interrupts/interrupt_frame.h:

kernel/interrupts/pic.h:

kernel/panic/panic.h:
