build-clang/kernel.d/kernel/debug/operand.c.o: kernel/debug/operand.c \
  kernel/debug/operand.h kernel/interrupts/interrupt_frame.h \
  kernel/debug/canonical.h

kernel/debug/operand.h:

kernel/interrupts/interrupt_frame.h:

kernel/debug/canonical.h:
