build-clang/kernel.d/kernel/interrupts/fixup.c.o: \
  kernel/interrupts/fixup.c kernel/interrupts/fixup.h \
  kernel/interrupts/interrupt_frame.h kernel/interrupts/vectors.h

kernel/interrupts/fixup.h:

kernel/interrupts/interrupt_frame.h:

kernel/interrupts/vectors.h:
