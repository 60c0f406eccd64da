build-clang/kernel.d/kernel/power/acpi_tables.c.o: \
  kernel/power/acpi_tables.c kernel/power/acpi_tables.h \
  kernel/power/acpi_result.h include/layout.h lib/string.h

kernel/power/acpi_tables.h:

kernel/power/acpi_result.h:

include/layout.h:

lib/string.h:
