build-clang/stage2.d/stage2/floppy_table.c.o: stage2/floppy_table.c \
  stage2/floppy_table.h lib/string.h stage2/bios.h

stage2/floppy_table.h:

lib/string.h:

stage2/bios.h:
