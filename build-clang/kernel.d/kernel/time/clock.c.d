build-clang/kernel.d/kernel/time/clock.c.o: kernel/time/clock.c \
  kernel/time/clock.h kernel/time/pit.h

kernel/time/clock.h:

kernel/time/pit.h:
