build-clang/kernel.d/kernel/shell/command_console.c.o: \
  kernel/shell/command_console.c kernel/console/console.h \
  include/boot_info.h kernel/console/log.h kernel/shell/commands.h \
  kernel/shell/commands.def lib/string.h

kernel/console/console.h:

include/boot_info.h:

kernel/console/log.h:

kernel/shell/commands.h:

kernel/shell/commands.def:

lib/string.h:
