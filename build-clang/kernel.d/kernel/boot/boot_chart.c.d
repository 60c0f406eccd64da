build-clang/kernel.d/kernel/boot/boot_chart.c.o: kernel/boot/boot_chart.c \
  kernel/boot/boot_chart.h lib/format.h

kernel/boot/boot_chart.h:

lib/format.h:
