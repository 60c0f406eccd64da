build-clang/stage2.d/stage2/main.c.o: stage2/main.c include/boot_info.h \
  include/layout.h lib/milestone.h include/recorder.h \
  include/milestones.def lib/port.h stage2/a20.h stage2/bios.h \
  stage2/console.h stage2/cpu_check.h stage2/disk.h stage2/error.h \
  include/errors.def stage2/kernel_load.h include/image_headers.h \
  stage2/kernel_places.h include/mbr.h stage2/memory_map.h \
  stage2/milestones.h stage2/options.h stage2/paging.h

include/boot_info.h:

include/layout.h:

lib/milestone.h:

include/recorder.h:

include/milestones.def:

lib/port.h:

stage2/a20.h:

stage2/bios.h:

stage2/console.h:

stage2/cpu_check.h:

stage2/disk.h:

stage2/error.h:

include/errors.def:

stage2/kernel_load.h:

include/image_headers.h:

stage2/kernel_places.h:

include/mbr.h:

stage2/memory_map.h:

stage2/milestones.h:

stage2/options.h:

stage2/paging.h:
