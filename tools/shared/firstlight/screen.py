"""The VGA text screen: characters of code page 437 and colours as a terminal shows them."""

from firstlight.headers import constants

# VGA has blue = 1, red = 4; terminals have them the other way round.
ANSI = (0, 4, 2, 6, 1, 5, 3, 7)
NAMES = ("black", "blue", "green", "cyan", "red", "magenta", "brown", "light grey",
         "dark grey", "light blue", "light green", "light cyan", "light red", "light magenta",
         "yellow", "white")
CONTROL = str.maketrans({code: " " if code in (0, 0xff) else "."
                         for code in range(32)} | {127: "."})


def colour_code(attribute):
    foreground, background = attribute & 15, attribute >> 4 & 7
    return (f"\x1b[0;{(90 if foreground & 8 else 30) + ANSI[foreground & 7]};"
            f"{40 + ANSI[background]}m")


def rows(memory, with_colours=False):
    """25 rows of text from the screen's 4000 bytes; trailing blanks are removed without colours."""
    columns = constants()["VGA_COLUMNS"]
    result = []
    for start in range(0, len(memory), 2 * columns):
        row = memory[start:start + 2 * columns]
        text = row[0::2].decode("cp437").translate(CONTROL)
        result.append(_coloured(text, row[1::2]) if with_colours else text.rstrip())
    return result


def _coloured(text, attributes):
    parts, last = [], None
    for character, attribute in zip(text, attributes):
        if attribute != last:
            parts.append(colour_code(attribute))
            last = attribute
        parts.append(character)
    return "".join(parts) + "\x1b[0m"


def colour_legend(memory):
    """"07 light grey on black: 312 characters", most frequent first; blanks don't count."""
    counts = {}
    for character, attribute in zip(memory[0::2], memory[1::2]):
        if character not in (0, 32):
            counts[attribute] = counts.get(attribute, 0) + 1
    return [f"{attribute:02X}h {NAMES[attribute & 15]} on {NAMES[attribute >> 4 & 7]}: "
            f"{count} characters" for attribute,
            count in sorted(counts.items(), key=lambda c: -c[1])]


def framed(memory, with_colours=False):
    """The screen in a frame, so that blank rows are visible."""
    edge = "+" + "-" * constants()["VGA_COLUMNS"] + "+"
    width = constants()["VGA_COLUMNS"]
    body = [f"|{row if with_colours else row.ljust(width)}|" for row in rows(memory, with_colours)]
    return [edge, *body, edge]
