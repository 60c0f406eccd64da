build-clang/stage2.d/stage2/faults.c.o: stage2/faults.c stage2/error.h \
  include/errors.def include/layout.h lib/cpu.h lib/format.h \
  lib/symbols.h stage2/console.h include/exceptions.def

stage2/error.h:

include/errors.def:

include/layout.h:

lib/cpu.h:

lib/format.h:

lib/symbols.h:

stage2/console.h:

include/exceptions.def:
