build-clang/kernel.d/kernel/time/calendar.c.o: kernel/time/calendar.c \
  kernel/time/calendar.h

kernel/time/calendar.h:
