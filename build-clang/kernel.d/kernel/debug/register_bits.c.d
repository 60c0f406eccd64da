build-clang/kernel.d/kernel/debug/register_bits.c.o: \
  kernel/debug/register_bits.c kernel/debug/register_bits.h lib/format.h \
  include/register_bits.def

kernel/debug/register_bits.h:

lib/format.h:

include/register_bits.def:
