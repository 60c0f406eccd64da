build-clang/stage2.d/stage2/memory_map.c.o: stage2/memory_map.c \
  stage2/memory_map.h include/boot_info.h include/layout.h lib/string.h \
  stage2/bios.h stage2/console.h stage2/error.h include/errors.def \
  stage2/memory_ranges.h stage2/options.h

stage2/memory_map.h:

include/boot_info.h:

include/layout.h:

lib/string.h:

stage2/bios.h:

stage2/console.h:

stage2/error.h:

include/errors.def:

stage2/memory_ranges.h:

stage2/options.h:
