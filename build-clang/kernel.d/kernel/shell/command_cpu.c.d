build-clang/kernel.d/kernel/shell/command_cpu.c.o: \
  kernel/shell/command_cpu.c kernel/console/console.h \
  include/boot_info.h kernel/cpu/registers.h lib/cpu.h \
  kernel/debug/descriptors.h kernel/debug/print_machine.h \
  kernel/debug/register_bits.h kernel/interrupts/safe_read.h \
  kernel/shell/arguments.h kernel/shell/commands.h \
  kernel/shell/commands.def kernel/time/tsc.h lib/format.h lib/string.h \
  include/exceptions.def

kernel/console/console.h:

include/boot_info.h:

kernel/cpu/registers.h:

lib/cpu.h:

kernel/debug/descriptors.h:

kernel/debug/print_machine.h:

kernel/debug/register_bits.h:

kernel/interrupts/safe_read.h:

kernel/shell/arguments.h:

kernel/shell/commands.h:

kernel/shell/commands.def:

kernel/time/tsc.h:

lib/format.h:

lib/string.h:

include/exceptions.def:
