build-clang/kernel.d/kernel/crash/crash.c.o: kernel/crash/crash.c \
  kernel/crash/crash.h kernel/crash/crash.def \
  kernel/interrupts/interrupt_frame.h kernel/panic/panic.h lib/string.h

kernel/crash/crash.h:

kernel/crash/crash.def:

kernel/interrupts/interrupt_frame.h:

kernel/panic/panic.h:

lib/string.h:
