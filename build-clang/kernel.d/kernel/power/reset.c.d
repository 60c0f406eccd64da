build-clang/kernel.d/kernel/power/reset.c.o: kernel/power/reset.c \
  kernel/power/reset.h kernel/cpu/registers.h lib/cpu.h \
  kernel/input/i8042.h kernel/time/delay.h lib/port.h

kernel/power/reset.h:

kernel/cpu/registers.h:

lib/cpu.h:

kernel/input/i8042.h:

kernel/time/delay.h:

lib/port.h:
