"""Describes a sector of the disk, and prints its bytes."""

from firstlight.headers import constants, structure


def hexdump(data, base=0):
    """16 bytes per line with their characters; repeated lines become one "*"."""
    lines, last = [], None
    for start in range(0, len(data), 16):
        row = bytes(data[start:start + 16])
        if row == last and start + 16 < len(data):
            if lines[-1] != "*":
                lines.append("*")
            continue
        last = row
        text = "".join(chr(byte) if 32 <= byte < 127 else "." for byte in row)
        lines.append(f"{base + start:06X}  {row[:8].hex(' '):<23}  {row[8:].hex(' '):<23}  {text}")
    return lines


def describe(lba, sector, stage2_sectors=0):
    """Sentences about a sector of a Firstlight image; [] if nothing is known."""
    numbers = constants()
    magic = int.from_bytes(sector[:4], "little")
    if lba == 0:
        return _mbr(sector)
    if magic == numbers["STAGE2_MAGIC"]:
        header = structure("image_headers.h", "stage2_header").unpack(sector)
        return [f"Header of stage 2: magic FLS2, {header['sectors']} sectors with this one, "
                f"balance {header['balance']:08X}h, checksum of the rest {header['rest_sum']:08X}h. "
                f"Its code begins after it, at {numbers['STAGE2_ADDRESS']:X}h."]
    if sector[:8] == b"FLKERNEL":
        return _kernel_header(sector)
    if numbers["STAGE2_LBA"] < lba < numbers["STAGE2_LBA"] + stage2_sectors:
        at = numbers["STAGE2_HEADER"] + (lba - numbers["STAGE2_LBA"]) * numbers["SECTOR_SIZE"]
        return [f"Stage 2's code: the loader finds it at {at:X}h."]
    if lba > numbers["KERNEL_LBA"]:
        index = lba - numbers["KERNEL_LBA"] - 1
        at = numbers["KERNEL_LOAD_ADDRESS"] + index * numbers["SECTOR_SIZE"]
        return [f"After the kernel's header: byte {at - numbers['KERNEL_LOAD_ADDRESS']:X}h of the "
                f"payload, normally loaded to {at:X}h."]
    return ["All zero."] if not any(sector) else []


def _mbr(sector):
    numbers = constants()
    table = structure("mbr.h", "mbr_table").unpack(sector, numbers["MBR_SIGNATURE_OFFSET"])
    ends = sector[numbers["MBR_MAGIC_OFFSET"]:numbers["MBR_MAGIC_OFFSET"] + 2]
    lines = ["The MBR, loaded to 7C00h by the BIOS: " + (
        "it ends with 55h AAh." if ends == b"\x55\xaa" else
        f"it ends with {ends.hex(' ')} instead of 55 aa: a BIOS does not boot it."),
        f"Disk signature {table['signature']:08X}h."]
    partition = structure("mbr.h", "partition")
    for number in range(numbers["PARTITIONS"]):
        entry = partition.unpack(sector, table["partitions"] + number * partition.size)
        if entry["type"]:
            active = "active" if entry["status"] == numbers["PARTITION_ACTIVE"] else "not active"
            lines.append(f"Partition {number + 1}: type {entry['type']:02X}h, {active}, LBA "
                         f"{entry['first_lba']}, {entry['sectors']} sectors.")
    return lines


def _kernel_header(sector):
    header = structure("image_headers.h", "kernel_header").unpack(sector)
    return [f"Header of the kernel: version {header['version']}, {header['file_bytes']} bytes in "
            f"the file, {header['memory_bytes']} in memory, loaded to {header['load_address']:X}h, "
            f"entry {header['entry']:X}h, XXH32 {header['payload_hash']:08X}h."]
