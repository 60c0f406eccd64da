build-clang/stage2.d/stage2/kernel_places.c.o: stage2/kernel_places.c \
  stage2/kernel_places.h include/mbr.h include/layout.h stage2/error.h \
  include/errors.def lib/format.h stage2/console.h stage2/disk.h

stage2/kernel_places.h:

include/mbr.h:

include/layout.h:

stage2/error.h:

include/errors.def:

lib/format.h:

stage2/console.h:

stage2/disk.h:
