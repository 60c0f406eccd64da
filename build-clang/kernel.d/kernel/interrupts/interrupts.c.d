build-clang/kernel.d/kernel/interrupts/interrupts.c.o: \
  kernel/interrupts/interrupts.c kernel/interrupts/interrupts.h \
  kernel/interrupts/interrupt_frame.h kernel/interrupts/exceptions.h \
  kernel/panic/panic.h include/layout.h

kernel/interrupts/interrupts.h:

kernel/interrupts/interrupt_frame.h:

kernel/interrupts/exceptions.h:

kernel/panic/panic.h:

include/layout.h:
