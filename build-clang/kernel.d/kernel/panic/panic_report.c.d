build-clang/kernel.d/kernel/panic/panic_report.c.o: \
  kernel/panic/panic_report.c kernel/boot/boot_times.h \
  include/boot_info.h kernel/console/console.h kernel/cpu/registers.h \
  lib/cpu.h kernel/cpu/stacks.h kernel/cpu/stacks.def \
  kernel/debug/kernel_symbols.h lib/symbols.h kernel/debug/operand.h \
  kernel/interrupts/interrupt_frame.h kernel/interrupts/safe_read.h \
  kernel/interrupts/vectors.h kernel/panic/panic.h \
  kernel/panic/panic_hint.h kernel/panic/panic_internal.h \
  kernel/debug/backtrace.h lib/port.h

kernel/boot/boot_times.h:

include/boot_info.h:

kernel/console/console.h:

kernel/cpu/registers.h:

lib/cpu.h:

kernel/cpu/stacks.h:

kernel/cpu/stacks.def:

kernel/debug/kernel_symbols.h:

lib/symbols.h:

kernel/debug/operand.h:

kernel/interrupts/interrupt_frame.h:

kernel/interrupts/safe_read.h:

kernel/interrupts/vectors.h:

kernel/panic/panic.h:

kernel/panic/panic_hint.h:

kernel/panic/panic_internal.h:

kernel/debug/backtrace.h:

lib/port.h:
