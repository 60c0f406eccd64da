build-clang/kernel.d/kernel/input/serial_input.c.o: \
  kernel/input/serial_input.c kernel/input/serial_input.h \
  kernel/input/terminal.h kernel/input/keys.h lib/utf8.h \
  kernel/console/console.h include/boot_info.h kernel/console/log.h \
  kernel/input/byte_queue.h kernel/interrupts/irq.h kernel/time/timer.h

kernel/input/serial_input.h:

kernel/input/terminal.h:

kernel/input/keys.h:

lib/utf8.h:

kernel/console/console.h:

include/boot_info.h:

kernel/console/log.h:

kernel/input/byte_queue.h:

kernel/interrupts/irq.h:

kernel/time/timer.h:
