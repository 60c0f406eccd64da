/*
 * crash.h - code that fails on purpose, to show the report.
 *
 * Each kind of crash.def is a function crash_<kind>(void).  Those that the
 * kernel survives return.
 */
#ifndef FIRSTLIGHT_KERNEL_CRASH_CRASH_H
#define FIRSTLIGHT_KERNEL_CRASH_CRASH_H

#define CRASH(kind, text) void crash_##kind(void);
#include "kernel/crash/crash.def"
#undef CRASH

#endif
