build-clang/kernel.d/kernel/shell/command_crash.c.o: \
  kernel/shell/command_crash.c kernel/console/console.h \
  include/boot_info.h kernel/crash/crash.h kernel/crash/crash.def \
  kernel/shell/commands.h kernel/shell/commands.def lib/string.h

kernel/console/console.h:

include/boot_info.h:

kernel/crash/crash.h:

kernel/crash/crash.def:

kernel/shell/commands.h:

kernel/shell/commands.def:

lib/string.h:
