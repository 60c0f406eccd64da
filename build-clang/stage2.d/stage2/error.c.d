build-clang/stage2.d/stage2/error.c.o: stage2/error.c stage2/error.h \
  include/errors.def include/layout.h lib/cpu.h lib/format.h \
  lib/vga_text.h stage2/bios.h stage2/console.h stage2/disk.h \
  stage2/options.h

stage2/error.h:

include/errors.def:

include/layout.h:

lib/cpu.h:

lib/format.h:

lib/vga_text.h:

stage2/bios.h:

stage2/console.h:

stage2/disk.h:

stage2/options.h:
