"""The C types of one program, from its DWARF, as rows of a list.

A row names other types by their number (-1 is void):

    ["number", name, bytes, "u" | "s" | "c" | "b" | "f"]    unsigned, signed, char, bool, floating
    ["alias", name, type]                                   a typedef
    ["pointer", bytes, type]        ["array", type, count]      ["code"]
    ["struct" | "union", name, bytes, [[offset, name, type, bit, bits]]]
    ["enum", name, bytes, [[value, name]]]

The bits of a member are 0 if it is not a bit-field.
"""

ENCODINGS = {2: "b", 4: "f", 5: "s", 6: "s", 7: "u", 8: "u"}    # DWARF 5, 7.8: DW_ATE_*
TRANSPARENT = {"DW_TAG_const_type", "DW_TAG_volatile_type", "DW_TAG_restrict_type"}


class Types:
    def __init__(self):
        self.rows = []
        self.of_die = {}        # offset in .debug_info -> number
        self.known = {}         # the same type of another unit

    def of(self, die):
        """The number of the type that a DIE refers to."""
        if "DW_AT_type" not in die.attributes:
            return -1
        return self.number(die.get_DIE_from_attribute("DW_AT_type"))

    def number(self, die):
        if die.tag in TRANSPARENT:
            return self.of(die)
        if die.offset not in self.of_die:
            self.of_die[die.offset] = self._add(die)
        return self.of_die[die.offset]

    def _add(self, die):
        name = name_of(die)
        if die.tag in ("DW_TAG_structure_type", "DW_TAG_union_type") and name:
            return self._add_named(die, name)       # may point to itself
        row = self._row(die, name)
        return self.known.setdefault(repr(row), self._append(row))

    def _add_named(self, die, name):
        key = die.tag, name, value_of(die, "DW_AT_decl_line"), value_of(die, "DW_AT_byte_size")
        if key not in self.known:
            self.known[key] = self.of_die[die.offset] = self._append(None)
            self.rows[self.known[key]] = self._row(die, name)
        return self.known[key]

    def _append(self, row):
        text = repr(row)
        if row is not None and text in self.known:
            return self.known[text]
        self.rows.append(row)
        return len(self.rows) - 1

    def _row(self, die, name):
        size = value_of(die, "DW_AT_byte_size")
        if die.tag == "DW_TAG_base_type":
            kind = "c" if name == "char" else ENCODINGS.get(value_of(die, "DW_AT_encoding"), "u")
            return ["number", name, size, kind]
        if die.tag == "DW_TAG_typedef":
            return ["alias", name, self.of(die)]
        if die.tag == "DW_TAG_pointer_type":
            return ["pointer", size or die.cu["address_size"], self.of(die)]   # Clang leaves it out
        if die.tag == "DW_TAG_array_type":
            return self._array(die)
        if die.tag in ("DW_TAG_structure_type", "DW_TAG_union_type"):
            return ["struct" if "struct" in die.tag else "union", name, size, self._members(die)]
        if die.tag == "DW_TAG_enumeration_type":
            return ["enum", name, size, [[value_of(child, "DW_AT_const_value"), name_of(child)]
                                         for child in die.iter_children()]]
        return ["code"]

    def _array(self, die):
        counts = [value_of(child, "DW_AT_count", value_of(child, "DW_AT_upper_bound", -1) + 1)
                  for child in die.iter_children()]
        row = ["array", self.of(die), counts[-1] if counts else 0]
        for count in reversed(counts[:-1]):
            row = ["array", self._append(row), count]
        return row

    def _members(self, die):
        found = []
        for child in die.iter_children():
            if child.tag == "DW_TAG_member":
                bits = value_of(child, "DW_AT_bit_size")
                bit = value_of(child, "DW_AT_data_bit_offset")
                offset = bit // 8 if bits else value_of(child, "DW_AT_data_member_location")
                found.append([offset, name_of(child), self.of(child), bit % 8, bits])
        return found

    def size(self, number):
        if number < 0:
            return 0
        row = self.rows[number]
        if row[0] == "array":
            return row[2] * self.size(row[1])
        if row[0] == "alias":
            return self.size(row[2])
        return 0 if row[0] == "code" else row[1 if row[0] == "pointer" else 2]


def value_of(die, attribute, otherwise=0):
    found = die.attributes.get(attribute)
    return found.value if found and isinstance(found.value, int) else otherwise


def text_of(die, attribute):
    found = die.attributes.get(attribute)
    return found.value.decode(errors="replace") if found else ""


def name_of(die):
    return text_of(die, "DW_AT_name")
