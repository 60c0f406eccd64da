build-clang/stage2.d/stage2/a20.c.o: stage2/a20.c stage2/a20.h lib/port.h \
  stage2/bios.h

stage2/a20.h:

lib/port.h:

stage2/bios.h:
