// The disk of lab 3: the student's sector, a small stage 2 of three sectors in the form of Firstlight's
// (include/layout.h), and sectors that hold nothing but their own number.

const SECTOR = 512, SECTORS = 2880;
export const STAGE2 = 0x8000, ENTRY = 0x8010, NUMBER = 3;

const MAGIC = 0x32534c46, BALANCE = 8;      // offset in the header

// Prints a text from its second sector with code from its third, so that it needs all of them
const PARTS = [
    [0x10, 'EA 15 80 00 00'],               //      jmp  0:8015h
    [0x15, '31 C0 8E D8 8E D0 BC 00 70'],   //      DS = SS = 0, SP = 7000h
    [0x1e, 'FC BE 00 82 E9 DB 03'],         //      cld; mov si, 8200h; jmp 8400h
    [0x400, 'AC 84 C0 74 09'],              // .a:  lodsb; test al, al; jz .b
    [0x405, 'B4 0E BB 07 00 CD 10 EB F2'],  //      print AL on page 0; jmp .a
    [0x40e, 'F4 EB FD'],                    // .b:  hlt; jmp .b
];
const TEXT = [0x200, 'Stage 2 runs: your MBR has loaded it.\0'];

function stage2() {
    const bytes = Uint8Array.from({ length: NUMBER * SECTOR }, (_, i) => i * 37 + 11);
    const words = new DataView(bytes.buffer);
    [MAGIC, NUMBER, 0, 0].forEach((word, i) => words.setUint32(4 * i, word, true));
    for (const [offset, code] of PARTS)
        bytes.set(code.split(' ').map((byte) => parseInt(byte, 16)), offset);
    bytes.set([...TEXT[1]].map((c) => c.charCodeAt(0)), TEXT[0]);
    let sum = 0;
    for (let i = 0; i < bytes.length; i += 4)
        sum = sum + words.getUint32(i, true) >>> 0;
    words.setUint32(BALANCE, -sum, true);
    return bytes;
}

export const stage2Bytes = stage2();

export function disk(mbr) {
    const words = new Uint32Array(SECTORS * SECTOR / 4).map((_, i) => Math.floor(i / (SECTOR / 4)));
    const image = new Uint8Array(words.buffer);
    image.set(new Uint8Array(SECTOR));
    image.set(mbr.slice(0, SECTOR));
    image.set(stage2Bytes, SECTOR);
    return image;
}

// Which sector of the disk these 512 bytes are: its number, or null
export function whichSector(bytes, mbr) {
    const same = (other) => bytes.every((byte, i) => byte === other[i]);
    for (let i = 0; i < NUMBER; i++)
        if (same(stage2Bytes.subarray(i * SECTOR, (i + 1) * SECTOR)))
            return i + 1;
    // an MBR's variables may have changed since
    if (bytes[510] === 0x55 && bytes[511] === 0xaa && bytes.filter((byte, i) => byte === mbr[i]).length > SECTOR * 0.9)
        return 0;
    const words = new Uint32Array(bytes.slice().buffer);
    return words[0] && words[0] < SECTORS && words.every((word) => word === words[0]) ? words[0] : null;
}

// The first address in conventional memory at which the first sector of stage 2 lies, or -1
export function findStage2(memory) {
    for (let at = 0; at + SECTOR <= memory.length; at += 16)
        if (stage2Bytes.subarray(0, 64).every((byte, i) => byte === memory[at + i]))
            return at;
    return -1;
}
