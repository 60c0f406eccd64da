build-clang/kernel.d/kernel/input/line_completion.c.o: \
  kernel/input/line_completion.c kernel/input/line_completion.h \
  kernel/input/line_editor.h kernel/input/keys.h \
  kernel/input/line_history.h kernel/input/line.h \
  kernel/input/line_view.h lib/string.h

kernel/input/line_completion.h:

kernel/input/line_editor.h:

kernel/input/keys.h:

kernel/input/line_history.h:

kernel/input/line.h:

kernel/input/line_view.h:

lib/string.h:
