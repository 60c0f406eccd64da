build-clang/kernel.d/kernel/panic/panic.c.o: kernel/panic/panic.c \
  kernel/panic/panic.h kernel/interrupts/interrupt_frame.h \
  kernel/interrupts/exceptions.h kernel/interrupts/idt.h \
  kernel/panic/panic_internal.h kernel/debug/backtrace.h lib/cpu.h \
  lib/format.h

kernel/panic/panic.h:

kernel/interrupts/interrupt_frame.h:

kernel/interrupts/exceptions.h:

kernel/interrupts/idt.h:

kernel/panic/panic_internal.h:

kernel/debug/backtrace.h:

lib/cpu.h:

lib/format.h:
