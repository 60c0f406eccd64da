build-clang/kernel.d/kernel/debug/print_machine.c.o: \
  kernel/debug/print_machine.c kernel/debug/print_machine.h \
  kernel/debug/register_bits.h kernel/console/console.h \
  include/boot_info.h kernel/cpu/registers.h lib/cpu.h \
  kernel/debug/canonical.h kernel/debug/page_walk.h \
  kernel/interrupts/safe_read.h kernel/memory/physical.h \
  include/layout.h

kernel/debug/print_machine.h:

kernel/debug/register_bits.h:

kernel/console/console.h:

include/boot_info.h:

kernel/cpu/registers.h:

lib/cpu.h:

kernel/debug/canonical.h:

kernel/debug/page_walk.h:

kernel/interrupts/safe_read.h:

kernel/memory/physical.h:

include/layout.h:
