build-clang/stage2.d/stage2/kernel_load.c.o: stage2/kernel_load.c \
  stage2/kernel_load.h include/image_headers.h include/layout.h \
  stage2/kernel_places.h include/mbr.h stage2/error.h include/errors.def \
  lib/milestone.h include/recorder.h include/milestones.def lib/string.h \
  lib/xxh32.h stage2/console.h stage2/disk.h stage2/header_check.h \
  stage2/memory_map.h include/boot_info.h stage2/options.h

stage2/kernel_load.h:

include/image_headers.h:

include/layout.h:

stage2/kernel_places.h:

include/mbr.h:

stage2/error.h:

include/errors.def:

lib/milestone.h:

include/recorder.h:

include/milestones.def:

lib/string.h:

lib/xxh32.h:

stage2/console.h:

stage2/disk.h:

stage2/header_check.h:

stage2/memory_map.h:

include/boot_info.h:

stage2/options.h:
