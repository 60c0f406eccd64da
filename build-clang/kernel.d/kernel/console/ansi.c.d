build-clang/kernel.d/kernel/console/ansi.c.o: kernel/console/ansi.c \
  kernel/console/ansi.h lib/utf8.h lib/vga_text.h include/layout.h

kernel/console/ansi.h:

lib/utf8.h:

lib/vga_text.h:

include/layout.h:
