build-clang/kernel.d/kernel/input/line_view.c.o: kernel/input/line_view.c \
  kernel/input/line_view.h kernel/input/line.h lib/string.h lib/utf8.h

kernel/input/line_view.h:

kernel/input/line.h:

lib/string.h:

lib/utf8.h:
