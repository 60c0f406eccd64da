"""What the image is booted from: QEMU's controllers, as parameters of tests."""

import pytest

NOT_PLUGGED_IN = "if=none,id=d"         # a -device option does that


def param(arguments, id=None, **options):
    """One machine: QEMU's arguments in one string, options of Machine, a readable id."""
    marks = [pytest.mark.full] if options.pop("full", False) else []
    return pytest.param(arguments.split(), options, id=id or arguments, marks=marks)


CONTROLLERS = [
    param("-device ide-hd,drive=d", id="IDE"),
    param("-device ide-hd,drive=d", id="AHCI of q35", machine="q35"),
    param("-device ahci,id=ahci -device ide-hd,drive=d,bus=ahci.0", id="AHCI on pc"),
    param("-device virtio-blk-pci,drive=d", id="virtio-blk"),
    param("-device virtio-blk-pci,drive=d,disable-legacy=on,disable-modern=off",
          id="virtio-blk modern", full=True),
    param("-device virtio-scsi-pci -device scsi-hd,drive=d", id="virtio-scsi"),
    param("-device nvme,drive=d,serial=1", id="NVMe"),
    param("-device lsi53c895a -device scsi-hd,drive=d", id="lsi53c895a"),
    param("-device megasas -device scsi-hd,drive=d", id="megasas"),
    param("-device pvscsi -device scsi-hd,drive=d", id="pvscsi"),
    param("-device am53c974 -device scsi-hd,drive=d", id="am53c974", full=True),
    param("-device piix3-usb-uhci -device usb-storage,drive=d", id="USB 1 UHCI"),
    param("-device piix3-usb-uhci -device usb-storage,drive=d,removable=on",
          id="USB 1 UHCI removable", full=True),
    param("-device usb-ehci -device usb-storage,drive=d", id="USB 2 EHCI"),
    param("-device usb-ehci -device usb-storage,drive=d,removable=on", id="USB 2 EHCI removable",
          full=True),
    param("-device qemu-xhci -device usb-storage,drive=d", id="USB 3 xHCI"),
    param("-device qemu-xhci -device usb-storage,drive=d,removable=on", id="USB 3 xHCI removable"),
    param("-device qemu-xhci -device usb-storage,drive=d", id="USB 3 xHCI of q35", machine="q35",
          full=True),
    param("-device qemu-xhci -device usb-bot -device scsi-hd,drive=d", id="usb-bot", full=True),
]
