build-clang/kernel.d/kernel/memory/memory_report.c.o: \
  kernel/memory/memory_report.c kernel/memory/memory_report.h \
  include/boot_info.h kernel/console/console.h kernel/memory/physical.h \
  include/layout.h

kernel/memory/memory_report.h:

include/boot_info.h:

kernel/console/console.h:

kernel/memory/physical.h:

include/layout.h:
