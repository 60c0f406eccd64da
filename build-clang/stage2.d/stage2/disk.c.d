build-clang/stage2.d/stage2/disk.c.o: stage2/disk.c stage2/disk.h \
  include/layout.h lib/format.h stage2/bios.h stage2/console.h \
  stage2/floppy_table.h stage2/geometry.h

stage2/disk.h:

include/layout.h:

lib/format.h:

stage2/bios.h:

stage2/console.h:

stage2/floppy_table.h:

stage2/geometry.h:
