"""How many bytes a boot writes to COM1 up to the prompt, each of which takes time on a real UART."""

from guest import Guest
from progress import doing, say

KERNEL_BEGINS = "Firstlight v"


def run(options):
    doing("counting bytes on COM1")
    with Guest(options.build / "disk.img") as pc:
        text = pc.wait_for("\n> ") + pc.found
    begin = text.index(KERNEL_BEGINS)
    sizes = {"the loader": len(text[:begin].encode()), "the kernel": len(text[begin:].encode())}
    say("\nBytes on COM1 to the prompt: " + ", ".join(f"{name} {size:,}"
                                                    for name, size in sizes.items()))
    return sizes
