build-clang/kernel.d/kernel/shell/command_power.c.o: \
  kernel/shell/command_power.c kernel/console/console.h \
  include/boot_info.h kernel/power/acpi.h kernel/power/acpi_result.h \
  kernel/power/reset.h kernel/shell/commands.h kernel/shell/commands.def \
  kernel/time/delay.h lib/cpu.h lib/port.h

kernel/console/console.h:

include/boot_info.h:

kernel/power/acpi.h:

kernel/power/acpi_result.h:

kernel/power/reset.h:

kernel/shell/commands.h:

kernel/shell/commands.def:

kernel/time/delay.h:

lib/cpu.h:

lib/port.h:
