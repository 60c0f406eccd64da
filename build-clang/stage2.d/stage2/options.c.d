build-clang/stage2.d/stage2/options.c.o: stage2/options.c \
  stage2/options.h include/layout.h lib/cpu.h stage2/bios.h

stage2/options.h:

include/layout.h:

lib/cpu.h:

stage2/bios.h:
