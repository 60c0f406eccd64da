build-clang/kernel.d/kernel/console/log.c.o: kernel/console/log.c \
  kernel/console/log.h kernel/console/console.h include/boot_info.h \
  kernel/time/timer.h lib/cpu.h lib/format.h lib/string.h

kernel/console/log.h:

kernel/console/console.h:

include/boot_info.h:

kernel/time/timer.h:

lib/cpu.h:

lib/format.h:

lib/string.h:
