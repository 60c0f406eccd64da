build-clang/kernel.d/kernel/interrupts/exceptions.c.o: \
  kernel/interrupts/exceptions.c kernel/interrupts/exceptions.h \
  kernel/interrupts/interrupt_frame.h kernel/console/console.h \
  include/boot_info.h kernel/debug/kernel_symbols.h lib/symbols.h \
  kernel/interrupts/fixup.h kernel/interrupts/vectors.h \
  kernel/panic/panic.h include/layout.h lib/cpu.h include/exceptions.def

kernel/interrupts/exceptions.h:

kernel/interrupts/interrupt_frame.h:

kernel/console/console.h:

include/boot_info.h:

kernel/debug/kernel_symbols.h:

lib/symbols.h:

kernel/interrupts/fixup.h:

kernel/interrupts/vectors.h:

kernel/panic/panic.h:

include/layout.h:

lib/cpu.h:

include/exceptions.def:
