build-clang/kernel.d/kernel/input/terminal.c.o: kernel/input/terminal.c \
  kernel/input/terminal.h kernel/input/keys.h lib/utf8.h

kernel/input/terminal.h:

kernel/input/keys.h:

lib/utf8.h:
