#!/bin/sh
# run.sh - boots an image in QEMU: in a window, as text in this terminal, or on its serial port
#
#   usage        tools/run/run.sh IMAGE [QEMU ARGUMENT...]
#   environment  MACHINE=pc      or q35, ...: QEMU's name of the board
#                MEDIUM=ide      or ahci, virtio, scsi, nvme, usb, floppy, cd: what holds the image
#                MEMORY=128M     the guest's RAM
#                CPUS=1          its processors (the kernel uses one)
#                QEMU_ACCEL=tcg  or kvm, ...
#                WINDOW=no       the serial port even if there is a display; gtk, sdl, curses: that one
#                SERIAL=...      where COM1 goes; by default to this terminal
#
# Called by `make run` and tools/debug/debug.py.  Becomes QEMU by exec, so no
# process is left over.  QEMU writes to a temporary file, never to the image.
set -eu

fail() {
    echo "run: $*" >&2
    exit 1
}

[ $# -ge 1 ] || { echo "usage: tools/run/run.sh IMAGE [QEMU ARGUMENT...]" >&2; exit 2; }
image=$1
shift

qemu=qemu-system-x86_64
command -v $qemu >/dev/null || fail "$qemu is not installed; \`make setup run\` installs it"
[ -r "$image" ] || fail "$image cannot be read; \`make\` builds build/disk.img"

# A name is a path for QEMU only from a slash on ("nbd:..." is a protocol), and a comma in it is doubled.
case $image in
    /*) ;;
    *) image=./$image ;;
esac
image=$(printf %s. "$image" | sed 's/,/,,/g') image=${image%.}

# ---- the medium: how the drive is plugged in, and what it is plugged into -----------------------

plugged=if=none,id=d
case ${MEDIUM:-ide} in
    ide) plugged=if=ide devices= ;; # on a q35 that is AHCI
    ahci) devices="ahci,id=ahci ide-hd,drive=d,bus=ahci.0" ;;
    virtio) devices=virtio-blk-pci,drive=d ;;
    scsi) devices="virtio-scsi-pci scsi-hd,drive=d" ;;
    nvme) devices=nvme,drive=d,serial=1 ;;
    usb) devices="qemu-xhci usb-storage,drive=d" ;;
    floppy) plugged=if=floppy devices= ;;
    cd) plugged=if=ide,media=cdrom devices= ;; # an image that `make image CD=` made
    *) fail "unknown MEDIUM=$MEDIUM: use ide, ahci, virtio, scsi, nvme, usb, floppy or cd" ;;
esac
for device in $devices; do
    set -- "$@" -device "$device"
done

# ---- the display ----------------------------------------------------------------------------------

# opens KIND - does a display of that kind open?  QEMU without a machine finds out and quits; with
# GTK it does so before there is any window.
opens() {
    case $1 in
        gtk) echo '{"execute":"qmp_capabilities"} {"execute":"quit"}' |
                timeout 10 $qemu -M none -nodefaults -display gtk -preconfig -qmp stdio ;;
        # without a display that answers, SDL of 2024 and later draws invisibly
        sdl) echo quit | SDL_VIDEODRIVER=${SDL_VIDEODRIVER:-x11,wayland} \
                timeout 10 $qemu -M none -nodefaults -display sdl -monitor stdio ;;
        *) echo quit | timeout 10 $qemu -M none -nodefaults -display "$1" -monitor stdio ;;
    esac >/dev/null 2>&1
}

# has_text_screen - a terminal in which all 25 rows of the PC's screen can be seen
has_text_screen() {
    [ "$terminal" = yes ] && [ "${TERM:-dumb}" != dumb ] && [ -z "${SERIAL:-}" ] || return 1
    echo "$kinds" | grep -qx curses || return 1
    size=$(stty size) && [ "${size% *}" -ge 25 ] && [ "${size#* }" -ge 80 ]
}

terminal=no
if [ -t 0 ] && [ -t 1 ]; then terminal=yes; fi

# find_display - the first of GTK, SDL and curses that shows the PC's screen here, or "none"
find_display() {
    kinds=$($qemu -display help 2>/dev/null) || kinds=
    if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
        for kind in gtk sdl; do
            if echo "$kinds" | grep -qx $kind && opens $kind; then
                echo $kind
                return
            fi
        done
        echo "run: QEMU cannot open a window on the display ${DISPLAY:-$WAYLAND_DISPLAY};" \
            "\`make setup run\` installs what a window needs" >&2
    fi
    if has_text_screen; then echo curses; else echo none; fi
}

case ${WINDOW:-yes} in
    no) display=none ;;
    gtk | sdl | curses) display=$WINDOW ;;
    *) display=$(find_display) ;;
esac

serial=${SERIAL:-mon:stdio} # Ctrl-A is QEMU's own key on a serial console on stdio ("mon:")
if [ "$display" = curses ]; then
    serial=${SERIAL:-null} # the terminal is the PC's screen
    echo "run: no window, the PC's screen and keyboard will be this terminal."
    echo "run: Quit: Alt+2, then type quit and Enter. WINDOW=no gives the serial console instead."
    printf 'run: Press Enter to start. '
    read -r _
elif [ -n "${SERIAL:-}" ]; then
    :
elif [ "$display" = none ]; then
    echo "run: no window, the serial console is here. Quit: Ctrl-A, then X"
else
    echo "run: the serial console is here as well. Quit: close the window, or Ctrl-A, then X"
    echo "run: if no window appears: make run WINDOW=no"
fi

exec $qemu \
    -machine "${MACHINE:-pc}" \
    -accel "${QEMU_ACCEL:-tcg}" \
    -m "${MEMORY:-128M}" \
    -smp "${CPUS:-1}" \
    -nic none \
    -drive "file=$image,format=raw,snapshot=on,$plugged" \
    -display "$display" \
    -serial "$serial" \
    "$@"
