# defaults.gdb - GDB's own settings, for what a ~/.gdbinit may have set otherwise; start.py loads
# this first, in silence.  Attaching to QEMU and our commands rely on each of them.

set architecture auto
set osabi auto
set endian auto
unset tdesc filename
set non-stop off
set schedule-multiple off
set remote target-features-packet auto
set remote hardware-breakpoint-limit unlimited
set breakpoint always-inserted off
set breakpoint auto-hw on
set language auto
set input-radix 10
set output-radix 10
set print frame-info auto
set print address on
set print symbol on
set print entry-values default
set print max-depth 20
set width 0
set logging enabled off
