build-clang/kernel.d/kernel/time/rtc.c.o: kernel/time/rtc.c \
  kernel/time/rtc.h kernel/time/calendar.h kernel/time/delay.h \
  lib/port.h lib/string.h

kernel/time/rtc.h:

kernel/time/calendar.h:

kernel/time/delay.h:

lib/port.h:

lib/string.h:
