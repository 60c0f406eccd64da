"""11-endian-mkdisk.py BOOT KERNEL OUT - puts the kernel at sector 16 and tells the boot sector where it is"""
import os
import struct
import sys

ORDER = "<" if os.environ.get("MENDED") else ">"
boot, kernel = (bytearray(open(name, "rb").read()) for name in sys.argv[1:3])
kernel += bytes(-len(kernel) % 512)
struct.pack_into("<H", boot, 3 + 2, len(kernel) // 512)
struct.pack_into(ORDER + "Q", boot, 3 + 8, 16)
with open(sys.argv[3], "wb") as disk:
    disk.write(boot + bytes(15 * 512) + kernel + bytes(1024 * 512))
