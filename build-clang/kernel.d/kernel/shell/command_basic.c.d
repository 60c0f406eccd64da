build-clang/kernel.d/kernel/shell/command_basic.c.o: \
  kernel/shell/command_basic.c kernel/boot/boot_times.h \
  include/boot_info.h kernel/console/console.h kernel/panic/panic.h \
  kernel/interrupts/interrupt_frame.h kernel/shell/commands.h \
  kernel/shell/commands.def kernel/version.h

kernel/boot/boot_times.h:

include/boot_info.h:

kernel/console/console.h:

kernel/panic/panic.h:

kernel/interrupts/interrupt_frame.h:

kernel/shell/commands.h:

kernel/shell/commands.def:

kernel/version.h:
