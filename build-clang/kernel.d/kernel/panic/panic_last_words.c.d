build-clang/kernel.d/kernel/panic/panic_last_words.c.o: \
  kernel/panic/panic_last_words.c kernel/memory/physical.h \
  include/layout.h kernel/panic/panic_internal.h \
  kernel/debug/backtrace.h kernel/interrupts/interrupt_frame.h \
  lib/port.h lib/vga_text.h

kernel/memory/physical.h:

include/layout.h:

kernel/panic/panic_internal.h:

kernel/debug/backtrace.h:

kernel/interrupts/interrupt_frame.h:

lib/port.h:

lib/vga_text.h:
