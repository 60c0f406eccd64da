build-clang/kernel.d/kernel/power/acpi_s5.c.o: kernel/power/acpi_s5.c \
  kernel/power/acpi_s5.h lib/string.h

kernel/power/acpi_s5.h:

lib/string.h:
