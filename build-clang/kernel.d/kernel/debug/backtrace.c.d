build-clang/kernel.d/kernel/debug/backtrace.c.o: kernel/debug/backtrace.c \
  kernel/debug/backtrace.h kernel/interrupts/interrupt_frame.h

kernel/debug/backtrace.h:

kernel/interrupts/interrupt_frame.h:
