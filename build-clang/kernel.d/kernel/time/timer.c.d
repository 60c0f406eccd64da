build-clang/kernel.d/kernel/time/timer.c.o: kernel/time/timer.c \
  kernel/time/timer.h kernel/interrupts/irq.h kernel/time/clock.h \
  kernel/time/delay.h kernel/time/pit.h kernel/time/tsc.h \
  include/boot_info.h lib/cpu.h lib/port.h

kernel/time/timer.h:

kernel/interrupts/irq.h:

kernel/time/clock.h:

kernel/time/delay.h:

kernel/time/pit.h:

kernel/time/tsc.h:

include/boot_info.h:

lib/cpu.h:

lib/port.h:
