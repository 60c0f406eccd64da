build-clang/kernel.d/kernel/panic/panic_dump.c.o: \
  kernel/panic/panic_dump.c kernel/console/console.h include/boot_info.h \
  kernel/cpu/registers.h lib/cpu.h kernel/cpu/stacks.h \
  kernel/cpu/stacks.def kernel/debug/print_machine.h \
  kernel/debug/register_bits.h kernel/interrupts/safe_read.h \
  kernel/interrupts/vectors.h kernel/panic/panic_internal.h \
  kernel/debug/backtrace.h kernel/interrupts/interrupt_frame.h \
  include/layout.h

kernel/console/console.h:

include/boot_info.h:

kernel/cpu/registers.h:

lib/cpu.h:

kernel/cpu/stacks.h:

kernel/cpu/stacks.def:

kernel/debug/print_machine.h:

kernel/debug/register_bits.h:

kernel/interrupts/safe_read.h:

kernel/interrupts/vectors.h:

kernel/panic/panic_internal.h:

kernel/debug/backtrace.h:

kernel/interrupts/interrupt_frame.h:

include/layout.h:
