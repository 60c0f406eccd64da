build-clang/stage2.d/stage2/a20_open.c.o: stage2/a20_open.c stage2/a20.h \
  include/layout.h lib/milestone.h include/recorder.h \
  include/milestones.def stage2/bios.h stage2/console.h stage2/error.h \
  include/errors.def

stage2/a20.h:

include/layout.h:

lib/milestone.h:

include/recorder.h:

include/milestones.def:

stage2/bios.h:

stage2/console.h:

stage2/error.h:

include/errors.def:
