build-clang/kernel.d/kernel/shell/command_time.c.o: \
  kernel/shell/command_time.c kernel/console/console.h \
  include/boot_info.h kernel/interrupts/irq.h kernel/power/acpi.h \
  kernel/power/acpi_result.h kernel/shell/commands.h \
  kernel/shell/commands.def kernel/time/rtc.h kernel/time/calendar.h \
  kernel/time/timer.h kernel/time/tsc.h

kernel/console/console.h:

include/boot_info.h:

kernel/interrupts/irq.h:

kernel/power/acpi.h:

kernel/power/acpi_result.h:

kernel/shell/commands.h:

kernel/shell/commands.def:

kernel/time/rtc.h:

kernel/time/calendar.h:

kernel/time/timer.h:

kernel/time/tsc.h:
