build-clang/kernel.d/kernel/time/tsc.c.o: kernel/time/tsc.c \
  kernel/time/tsc.h include/boot_info.h kernel/time/pit.h lib/cpu.h \
  lib/port.h

kernel/time/tsc.h:

include/boot_info.h:

kernel/time/pit.h:

lib/cpu.h:

lib/port.h:
