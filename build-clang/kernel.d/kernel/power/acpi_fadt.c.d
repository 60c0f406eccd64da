build-clang/kernel.d/kernel/power/acpi_fadt.c.o: kernel/power/acpi_fadt.c \
  kernel/power/acpi_fadt.h kernel/power/acpi_tables.h \
  kernel/power/acpi_result.h lib/string.h

kernel/power/acpi_fadt.h:

kernel/power/acpi_tables.h:

kernel/power/acpi_result.h:

lib/string.h:
