build-clang/kernel.d/kernel/interrupts/pic.c.o: kernel/interrupts/pic.c \
  kernel/interrupts/pic.h lib/port.h

kernel/interrupts/pic.h:

lib/port.h:
