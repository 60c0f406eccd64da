build-clang/kernel.d/kernel/power/acpi_sleep.c.o: \
  kernel/power/acpi_sleep.c kernel/power/acpi_sleep.h \
  kernel/power/acpi_fadt.h kernel/power/acpi_tables.h \
  kernel/power/acpi_result.h kernel/power/acpi_s5.h kernel/time/delay.h \
  lib/port.h

kernel/power/acpi_sleep.h:

kernel/power/acpi_fadt.h:

kernel/power/acpi_tables.h:

kernel/power/acpi_result.h:

kernel/power/acpi_s5.h:

kernel/time/delay.h:

lib/port.h:
