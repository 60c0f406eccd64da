build-clang/kernel.d/kernel/console/printk.c.o: kernel/console/printk.c \
  kernel/console/console.h include/boot_info.h \
  kernel/console/console_internal.h lib/format.h

kernel/console/console.h:

include/boot_info.h:

kernel/console/console_internal.h:

lib/format.h:
