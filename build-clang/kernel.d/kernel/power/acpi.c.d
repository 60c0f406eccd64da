build-clang/kernel.d/kernel/power/acpi.c.o: kernel/power/acpi.c \
  kernel/power/acpi.h kernel/power/acpi_result.h kernel/memory/paging.h \
  include/boot_info.h kernel/memory/page_tables.h \
  kernel/memory/physical.h include/layout.h kernel/power/acpi_fadt.h \
  kernel/power/acpi_tables.h kernel/power/acpi_s5.h \
  kernel/power/acpi_sleep.h

kernel/power/acpi.h:

kernel/power/acpi_result.h:

kernel/memory/paging.h:

include/boot_info.h:

kernel/memory/page_tables.h:

kernel/memory/physical.h:

include/layout.h:

kernel/power/acpi_fadt.h:

kernel/power/acpi_tables.h:

kernel/power/acpi_s5.h:

kernel/power/acpi_sleep.h:
