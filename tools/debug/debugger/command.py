"""@command turns a function into a GDB command; its docstring is the help text."""

import gdb

ALL = []                    # (name, first line of the help)


def command(name, completer=gdb.COMPLETE_NONE):
    """The function gets the words after the command; it prints, or raises gdb.GdbError."""
    def register(function):
        help_text = "\n".join(line.strip() for line in function.__doc__.strip().splitlines())

        class Registered(gdb.Command):
            __doc__ = help_text

            def invoke(self, argument, from_tty):
                self.dont_repeat()
                function(gdb.string_to_argv(argument))

        Registered(name, gdb.COMMAND_USER, completer)
        ALL.append((name, help_text.splitlines()[0]))
        return function
    return register


def number(text):
    """A number or any GDB expression: 0x7c00, 7C00h, $pc, stage2_main."""
    if text[-1:] in "hH" and text[:1].isdigit():
        try:
            return int(text[:-1], 16)
        except ValueError:
            pass
    value = gdb.parse_and_eval(text)
    if value.type.strip_typedefs().code in (gdb.TYPE_CODE_FUNC, gdb.TYPE_CODE_ARRAY):
        value = value.address
    return int(value) & 0xffffffffffffffff


def say(lines):
    gdb.write("\n".join(lines) + "\n")
