"""Two independent disassemblers: what `xi` printed, compared with ndisasm."""

import re
import subprocess

from machine import require

# mnemonics that the two spell differently
SAME = {"jz": "je", "jnz": "jne", "jc": "jb", "jnc": "jae", "jna": "jbe", "jnl": "jge",
        "jng": "jle",
        "loopz": "loope", "retn": "ret", "retf": "retf", "lret": "retf", "ljmp": "jmp",
        "lcall": "call",
        "cbw": "cbtw", "setz": "sete", "setnz": "setne", "setc": "setb", "setnc": "setae",
        "pushaw": "pusha",
        "popaw": "popa", "movabs": "mov", "cmovz": "cmove", "cmovnz": "cmovne", "cmovc": "cmovb",
        "cmovnc": "cmovae", "cmovna": "cmovbe", "cmovnl": "cmovge", "cmovng": "cmovle",
        "iretw": "iret",
        "setna": "setbe", "setnl": "setge", "jpe": "jp", "jpo": "jnp", "wait": "fwait",
        "pushfw": "pushf",
        "popfw": "popf", "lidtd": "lidt", "lgdtd": "lgdt", "lgdtw": "lgdt", "lidtw": "lidt",
        "sidtd": "sidt", "sgdtd": "sgdt"}
PREFIX = r"(?:(?:rep\w*|data\d+|addr\d+|[a-g]s|o\d+|a\d+|lock|rex\S*|bnd)\s+)*"


def mnemonic(text):
    word = re.match(PREFIX + r"(\S+)", text.strip().lower())[1]
    word = re.sub(r"^(movs|stos|lods|cmps|scas|ins|outs)[bwdq]$", r"\1", word)
    return SAME.get(word, word)


def ndisasm(code, width):
    """[(offset, mnemonic)]; lines that only continue the bytes are left out."""
    require("ndisasm")
    text = subprocess.run(["ndisasm", f"-b{width}", "-"], input=code, stdout=subprocess.PIPE,
                          check=True).stdout.decode()
    return [(int(offset, 16), mnemonic(words)) for offset, words
            in re.findall(r"^([0-9A-F]{8})  [0-9A-F]+ +(\S.*)$", text, re.M)]


def shown_by_xi(output):
    """(bytes, [(offset, mnemonic)]) of what xi printed."""
    code, found = b"", []
    for raw, text in re.findall(r"^(?:=>|  ) [0-9A-F:]+  ([0-9a-f]+) +(\S.*)$", output, re.M):
        found.append((len(code), mnemonic(text)))
        code += bytes.fromhex(raw)
    return code, found
