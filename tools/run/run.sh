#!/bin/sh
# run.sh - boots an image in QEMU, in a window or on this terminal
#
#   usage        tools/run/run.sh IMAGE [QEMU ARGUMENT...]
#   environment  MEMORY=128M     the guest's RAM
#                QEMU_ACCEL=tcg  or kvm, ...
#                WINDOW=no       stay in the terminal even if there is a display
#                SERIAL=...      where COM1 goes; by default to this terminal
#
# Called by `make run` and tools/debug/debug.py.  Becomes QEMU by exec, so no
# process is left over.  QEMU writes to a temporary file, never to the image.
set -eu

[ $# -ge 1 ] || { echo "usage: tools/run/run.sh IMAGE [QEMU ARGUMENT...]" >&2; exit 2; }
image=$1
shift

qemu=qemu-system-x86_64
if ! command -v $qemu >/dev/null; then
    echo "run: $qemu is not installed; \`make setup run\` installs it" >&2
    exit 1
fi
if [ ! -r "$image" ]; then
    echo "run: $image cannot be read; \`make\` builds build/disk.img" >&2
    exit 1
fi

# A name is a path for QEMU only from a slash on ("nbd:..." is a protocol), and a comma in it is doubled.
case $image in
    /*) ;;
    *) image=./$image ;;
esac
image=$(printf %s. "$image" | sed 's/,/,,/g') image=${image%.}

# opens KIND - does a display of that kind open?  QEMU without a machine finds out and quits; with
# GTK it does so before there is any window.
opens() {
    case $1 in
        gtk) echo '{"execute":"qmp_capabilities"} {"execute":"quit"}' |
                timeout 10 $qemu -M none -nodefaults -display gtk -preconfig -qmp stdio ;;
        *) echo quit | timeout 10 $qemu -M none -nodefaults -display "$1" -monitor stdio ;;
    esac >/dev/null 2>&1
}

# find_display - the kind of window that QEMU can open here, or "none"
find_display() {
    if [ "${WINDOW:-yes}" != no ] && [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
        kinds=$($qemu -display help 2>/dev/null)
        for kind in gtk sdl; do
            if echo "$kinds" | grep -qx $kind && opens $kind; then
                echo $kind
                return
            fi
        done
        echo "run: QEMU cannot open a window on the display ${DISPLAY:-$WAYLAND_DISPLAY}" >&2
    fi
    echo none
}

display=$(find_display)

# Ctrl-A is QEMU's own key on a serial console on stdio ("mon:").
if [ -z "${SERIAL:-}" ]; then
    if [ "$display" = none ]; then
        echo "run: no window, the serial console is here. Quit: Ctrl-A, then X"
    else
        echo "run: the serial console is here as well. Quit: close the window, or Ctrl-A, then X"
        echo "run: if no window appears: WINDOW=no make run"
    fi
fi

exec $qemu \
    -accel "${QEMU_ACCEL:-tcg}" \
    -m "${MEMORY:-128M}" \
    -nic none \
    -drive "file=$image,format=raw,snapshot=on" \
    -display "$display" \
    -serial "${SERIAL:-mon:stdio}" \
    "$@"
