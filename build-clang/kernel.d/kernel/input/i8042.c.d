build-clang/kernel.d/kernel/input/i8042.c.o: kernel/input/i8042.c \
  kernel/input/i8042.h kernel/time/delay.h lib/port.h

kernel/input/i8042.h:

kernel/time/delay.h:

lib/port.h:
