build-clang/kernel.d/kernel/time/delay.c.o: kernel/time/delay.c \
  kernel/time/delay.h kernel/time/tsc.h include/boot_info.h lib/cpu.h \
  lib/port.h

kernel/time/delay.h:

kernel/time/tsc.h:

include/boot_info.h:

lib/cpu.h:

lib/port.h:
