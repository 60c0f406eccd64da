build-clang/stage2.d/stage2/memory_ranges.c.o: stage2/memory_ranges.c \
  stage2/memory_ranges.h include/boot_info.h include/layout.h

stage2/memory_ranges.h:

include/boot_info.h:

include/layout.h:
