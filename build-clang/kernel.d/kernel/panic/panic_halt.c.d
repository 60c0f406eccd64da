build-clang/kernel.d/kernel/panic/panic_halt.c.o: \
  kernel/panic/panic_halt.c kernel/panic/panic_internal.h \
  kernel/debug/backtrace.h kernel/interrupts/interrupt_frame.h lib/cpu.h

kernel/panic/panic_internal.h:

kernel/debug/backtrace.h:

kernel/interrupts/interrupt_frame.h:

lib/cpu.h:
