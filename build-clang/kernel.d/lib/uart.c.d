build-clang/kernel.d/lib/uart.c.o: lib/uart.c lib/uart.h include/layout.h \
  lib/port.h

lib/uart.h:

include/layout.h:

lib/port.h:
