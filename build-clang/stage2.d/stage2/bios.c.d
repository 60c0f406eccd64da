build-clang/stage2.d/stage2/bios.c.o: stage2/bios.c stage2/bios.h \
  lib/port.h

stage2/bios.h:

lib/port.h:
