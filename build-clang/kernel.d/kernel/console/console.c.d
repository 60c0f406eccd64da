build-clang/kernel.d/kernel/console/console.c.o: kernel/console/console.c \
  kernel/console/console.h include/boot_info.h kernel/console/ansi.h \
  lib/utf8.h lib/vga_text.h include/layout.h \
  kernel/console/console_internal.h kernel/console/log.h \
  kernel/memory/physical.h kernel/time/timer.h lib/cpu.h lib/uart.h

kernel/console/console.h:

include/boot_info.h:

kernel/console/ansi.h:

lib/utf8.h:

lib/vga_text.h:

include/layout.h:

kernel/console/console_internal.h:

kernel/console/log.h:

kernel/memory/physical.h:

kernel/time/timer.h:

lib/cpu.h:

lib/uart.h:
