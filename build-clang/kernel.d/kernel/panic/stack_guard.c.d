build-clang/kernel.d/kernel/panic/stack_guard.c.o: \
  kernel/panic/stack_guard.c kernel/panic/stack_guard.h \
  kernel/cpu/registers.h lib/cpu.h kernel/panic/panic.h \
  kernel/interrupts/interrupt_frame.h

kernel/panic/stack_guard.h:

kernel/cpu/registers.h:

lib/cpu.h:

kernel/panic/panic.h:

kernel/interrupts/interrupt_frame.h:
