"""A report of `make biosprobe`: the probe runs, and what it reports is simulated."""

import qemu
from bochs import Bochs
from medium import medium
from project import BUILD, IMAGE
from report import read_report
import runner

END = "\nend"
PROBE = BUILD / "biosprobe.img"


def probe_on(*, drive="if=ide", shim=None, folder=None):
    """The report of the probe in QEMU; after the shim, if there is one."""
    shim_drive = []
    if shim:
        (folder / "shim").write_bytes(shim)
        shim_drive = [*runner.SHIM, "-drive",
                      f"file={folder}/shim,format=raw,snapshot=on,if=none,id=shim"]
    process, com1 = qemu.start(qemu.command(PROBE, *shim_drive, drive=drive), "com1")
    try:
        com1.settimeout(runner.LIMIT)
        text = ""
        while END not in text:
            text += com1.recv(65536).decode()
        return text
    finally:
        process.kill()
        process.wait()
        com1.close()


def test_probe_names_what_seabios_does():
    settings, extras = read_report(probe_on())
    assert settings["int12_kib"] == 639 and "no_42" not in settings
    assert settings["e820_short"] == 1
    assert (0x100000, 0x7700000, 1, 1) in extras


def test_probe_runs_from_a_floppy():
    settings, _ = read_report(probe_on(drive="if=floppy"))
    assert settings["no_41"] == settings["no_42"] == 1


def test_probe_runs_in_bochs(tmp_path):
    with Bochs(PROBE, tmp_path) as pc:
        pc.wait_for_text(END)
    settings, extras = read_report(pc.serial)
    assert (0x100000, 0x1EF0000, 1, 1) in extras
    assert settings["int12_kib"] == 639 and settings["heads"] == 16 and settings["sectors"] == 63
    assert settings["e820_replace"] == settings["e820_short"] == 1


def test_what_the_shim_simulates_is_reported(tmp_path):
    """From settings to a report and back."""
    wanted = {"edd_most": 63, "returns_df": 1, "closes_a20": 1, "junk_ds": 1, "no_88": 1,
              "entry_cli": 1, "entry_df": 1, "entry_segment": 0x7C0, "a20_lies": 1,
              "entry_a20_off": 1, "int12_set": 1, "int12_kib": 512, "e820_opaque": 1,
              "e820_end": 1, "heads": 240, "sectors": 63}
    settings, _ = read_report(probe_on(shim=medium(target=0x81, **wanted), folder=tmp_path))
    assert wanted.items() <= settings.items()


def test_image_boots_on_a_bios_as_reported():
    """The machine of this report, simulated by the shim."""
    settings, extras = read_report(probe_on())
    outcome = runner.boot(IMAGE, medium(extras, target=0x81, **settings))
    assert outcome.end == "boots", outcome.text
