build-clang/kernel.d/kernel/boot/boot_times.c.o: kernel/boot/boot_times.c \
  kernel/boot/boot_times.h include/boot_info.h kernel/boot/boot_chart.h \
  kernel/console/console.h kernel/memory/physical.h include/layout.h \
  kernel/time/tsc.h lib/format.h lib/milestone.h include/recorder.h \
  include/milestones.def

kernel/boot/boot_times.h:

include/boot_info.h:

kernel/boot/boot_chart.h:

kernel/console/console.h:

kernel/memory/physical.h:

include/layout.h:

kernel/time/tsc.h:

lib/format.h:

lib/milestone.h:

include/recorder.h:

include/milestones.def:
