build-clang/kernel.d/kernel/shell/arguments.c.o: kernel/shell/arguments.c \
  kernel/shell/arguments.h kernel/console/console.h include/boot_info.h \
  kernel/shell/number.h

kernel/shell/arguments.h:

kernel/console/console.h:

include/boot_info.h:

kernel/shell/number.h:
