build-clang/kernel.d/lib/milestone.c.o: lib/milestone.c lib/milestone.h \
  include/recorder.h include/layout.h include/milestones.def lib/cpu.h

lib/milestone.h:

include/recorder.h:

include/layout.h:

include/milestones.def:

lib/cpu.h:
