"""The console: scrolling back, colours on both sinks, Unicode, the log."""

import re

import pytest

from screen import COLUMNS

LOOK = {"back": {"keyboard": ["shift", "pgup"], "serial": "\x1b[5;2~"},
        "forward": {"keyboard": ["shift", "pgdn"], "serial": "\x1b[6;2~"}}


def look(pc, source, direction):
    if source == "keyboard":
        pc.press(*LOOK[direction]["keyboard"])
    else:
        pc.com1.sendall(LOOK[direction]["serial"].encode())


def machine_with_numbered_rows(boot):
    """A machine that has printed the rows "row 0" to "row 79"; returns it."""
    pc = boot()
    pc.wait_for_prompt()
    for number in range(80):
        start = len(pc.serial)
        pc.type_serial(f"echo row {number}\n")
        pc.wait_for_prompt(after=start)
    pc.wait_for_screen_like_serial()
    return pc


def all_rows(pc):
    return [row.rstrip() for row in pc.serial.replace("\r", "").split("\n")]


def status(pc, text):
    """Waits for a text in the status row; returns the row."""
    return pc.wait_for_screen(lambda screen: text in (screen.status or ""), f"status {text}").status


@pytest.mark.parametrize("source", ["keyboard", "serial"])
def test_scrolling_back_shows_the_rows_that_scrolled_away(boot, source):
    pc = machine_with_numbered_rows(boot)
    rows = all_rows(pc)
    height = len(pc.screen().rows)
    screenful = height - 1                      # one row stays in sight
    for screens in (1, 2, 3):
        look(pc, source, "back")
        end = len(rows) - screens * screenful
        pc.wait_for_screen(lambda screen: screen.rows == rows[end - height:end],
                           f"rows {screens} screens back")
        status(pc, f" Scrolled back {screens * screenful} rows ")
    look(pc, source, "forward")
    end = len(rows) - 2 * screenful
    pc.wait_for_screen(lambda screen: screen.rows == rows[end - height:end], "rows 2 screens back")
    pc.type_serial("x")
    pc.wait_for_screen_like_serial()
    assert pc.serial.endswith("> x")


def test_new_output_ends_scrolling_back(boot):
    pc = machine_with_numbered_rows(boot)
    look(pc, "keyboard", "back")
    pc.wait_for_screen(lambda screen: "> " not in screen.rows[-1:], "older rows")
    pc.qmp_command("inject-nmi")
    pc.wait_for_screen_text("KERNEL PANIC")


def test_status_shows_time_memory_layout_and_locks(boot):
    pc = boot(memory="64M")
    pc.wait_for_prompt()
    assert re.fullmatch(r" Firstlight │ up 0:00:\d\d │ 6\d of 64 MiB free │ us +"
                        "help lists commands", status(pc, "us"))
    status(pc, "up 0:00:02")
    pc.press("caps_lock")
    status(pc, "│ us │ CAPS ")
    pc.press("caps_lock")
    pc.type_serial("layout de\n")
    status(pc, "│ de  ")


def test_panic_takes_the_status_row(boot):
    pc = boot()
    pc.wait_for_prompt()
    status(pc, "us")
    pc.qmp_command("inject-nmi")
    screen = pc.wait_for_screen_text("System halted.")
    assert screen.status is None
    pc.wait_for_screen(lambda screen: screen.rows[-2].startswith("System halted."), "panic's end")


def test_colors_are_the_same_on_screen_and_serial_line(boot):
    pc = boot()
    pc.wait_for_prompt()
    start = len(pc.serial)
    pc.type_serial("colors\n")
    pc.wait_for_prompt(after=start)
    screen = pc.wait_for_screen(lambda screen: "Foreground and background" in screen.text, "colors")
    vga = [0, 4, 2, 6, 1, 5, 3, 7]              # red and blue are swapped
    row = next(i for i, text in enumerate(screen.rows) if re.match(r"  40  30  90", text))
    for background in range(8):
        for foreground in range(8):
            column = 5 + 8 * foreground
            for bright in (0, 1):
                attribute = screen.attributes[row + background][column + 4 * bright]
                assert attribute == vga[background] << 4 | bright << 3 | vga[foreground]
            assert f"\x1b[{30 + foreground};{40 + background}m {30 + foreground} " in \
                pc.serial[start:]
    pc.wait_for_screen_like_serial()
    assert set(screen.attributes[row + 8][:COLUMNS]) == {7}


def test_unicode_is_echoed_and_shown(boot):
    pc = boot()
    pc.wait_for_prompt()
    pc.com1.sendall("echo Größe ½ ─\r".encode())
    pc.wait_for_text("\nGröße ½ ─\r\n> ")
    pc.wait_for_screen_like_serial()


def test_log_shows_time_and_level(boot):
    pc = boot()
    pc.wait_for_prompt()
    start = len(pc.serial)
    pc.type_serial("log\n")
    pc.wait_for_prompt(after=start)
    rows = re.findall(r"\[ *(\d+\.\d{6})\] (\w+) +(.*)\r\n", pc.serial[start:])
    assert ("info", "Hardware initialized.") in [row[1:] for row in rows]
    times = [float(row[0]) for row in rows]
    assert times == sorted(times) and 0 < times[-1] < 60
    start = len(pc.serial)
    pc.type_serial("log error\n")
    pc.wait_for_prompt(after=start)
    assert "Hardware" not in pc.serial[start:]
    start = len(pc.serial)
    pc.type_serial("log loud\n")
    pc.wait_for_text('Unknown level "loud"', after=start)


def test_serial_port_gets_a_full_fifo_for_each_poll(boot, tmp_path):
    """Between two reads of the line status, the FIFO is filled completely."""
    trace = tmp_path / "trace"
    pc = boot("-trace", "serial_read", "-trace", "serial_write", "-D", str(trace))
    pc.wait_for_prompt()
    start = len(pc.serial)
    pc.type_serial("help\n")
    pc.wait_for_prompt(after=start)
    # line feeds come together with the text before them; the echo of typed keys comes one by one
    # "write addr 0x00 val 0x41" in QEMU 7 and 10, "[0x00] <- 0x41" in QEMU 11
    accesses = re.findall(r"serial_(read|write) (?:\w+ addr |\[)0x0([05])", trace.read_text())
    polls = "".join("p" if access == ("read", "5") else "w" if access == ("write", "0") else ""
                    for access in accesses).split("p")
    bursts = [len(burst) for burst in polls if burst]
    assert max(bursts) == 16
    full = bursts.count(16)
    assert full * 16 > sum(bursts) / 2, bursts
