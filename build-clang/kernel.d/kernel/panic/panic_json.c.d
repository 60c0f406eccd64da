build-clang/kernel.d/kernel/panic/panic_json.c.o: \
  kernel/panic/panic_json.c kernel/console/console.h include/boot_info.h \
  kernel/debug/kernel_symbols.h lib/symbols.h \
  kernel/panic/panic_internal.h kernel/debug/backtrace.h \
  kernel/interrupts/interrupt_frame.h

kernel/console/console.h:

include/boot_info.h:

kernel/debug/kernel_symbols.h:

lib/symbols.h:

kernel/panic/panic_internal.h:

kernel/debug/backtrace.h:

kernel/interrupts/interrupt_frame.h:
