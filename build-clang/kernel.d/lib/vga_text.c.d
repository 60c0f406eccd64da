build-clang/kernel.d/lib/vga_text.c.o: lib/vga_text.c lib/vga_text.h \
  include/layout.h lib/port.h lib/string.h

lib/vga_text.h:

include/layout.h:

lib/port.h:

lib/string.h:
