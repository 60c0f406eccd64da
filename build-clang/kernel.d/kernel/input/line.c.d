build-clang/kernel.d/kernel/input/line.c.o: kernel/input/line.c \
  kernel/input/line.h lib/string.h lib/utf8.h

kernel/input/line.h:

lib/string.h:

lib/utf8.h:
