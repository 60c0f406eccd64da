build-clang/kernel.d/kernel/shell/command_memory.c.o: \
  kernel/shell/command_memory.c kernel/console/console.h \
  include/boot_info.h kernel/debug/canonical.h \
  kernel/debug/print_machine.h kernel/debug/register_bits.h \
  kernel/interrupts/safe_read.h kernel/shell/arguments.h \
  kernel/shell/commands.h kernel/shell/commands.def

kernel/console/console.h:

include/boot_info.h:

kernel/debug/canonical.h:

kernel/debug/print_machine.h:

kernel/debug/register_bits.h:

kernel/interrupts/safe_read.h:

kernel/shell/arguments.h:

kernel/shell/commands.h:

kernel/shell/commands.def:
