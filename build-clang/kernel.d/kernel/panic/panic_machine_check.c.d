build-clang/kernel.d/kernel/panic/panic_machine_check.c.o: \
  kernel/panic/panic_machine_check.c kernel/console/console.h \
  include/boot_info.h kernel/cpu/registers.h lib/cpu.h \
  kernel/debug/register_bits.h kernel/panic/panic_internal.h \
  kernel/debug/backtrace.h kernel/interrupts/interrupt_frame.h

kernel/console/console.h:

include/boot_info.h:

kernel/cpu/registers.h:

lib/cpu.h:

kernel/debug/register_bits.h:

kernel/panic/panic_internal.h:

kernel/debug/backtrace.h:

kernel/interrupts/interrupt_frame.h:
