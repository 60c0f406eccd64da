build-clang/stage2.d/stage2/console.c.o: stage2/console.c \
  stage2/console.h include/layout.h lib/format.h lib/port.h lib/uart.h \
  lib/vga_text.h

stage2/console.h:

include/layout.h:

lib/format.h:

lib/port.h:

lib/uart.h:

lib/vga_text.h:
