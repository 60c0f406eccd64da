build-clang/kernel.d/kernel/panic/panic_calls.c.o: \
  kernel/panic/panic_calls.c kernel/console/console.h \
  include/boot_info.h kernel/cpu/stacks.h kernel/cpu/stacks.def \
  kernel/debug/kernel_symbols.h lib/symbols.h \
  kernel/interrupts/safe_read.h kernel/panic/panic_internal.h \
  kernel/debug/backtrace.h kernel/interrupts/interrupt_frame.h

kernel/console/console.h:

include/boot_info.h:

kernel/cpu/stacks.h:

kernel/cpu/stacks.def:

kernel/debug/kernel_symbols.h:

lib/symbols.h:

kernel/interrupts/safe_read.h:

kernel/panic/panic_internal.h:

kernel/debug/backtrace.h:

kernel/interrupts/interrupt_frame.h:
