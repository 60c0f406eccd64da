// The screen's font: the 8x16 font in the VGA BIOS, found by its letters.  Pure.

export const GLYPH_HEIGHT = 16;
const GLYPHS = 256;
// "A" and the full block (DBh) as every IBM-compatible VGA BIOS draws them
const LETTER_A = [0, 0, 0x10, 0x38, 0x6c, 0xc6, 0xc6, 0xfe, 0xc6, 0xc6, 0xc6, 0xc6, 0, 0, 0, 0];
const CODE_A = 0x41,
    CODE_BLOCK = 0xdb;

function holds(rom, at, glyph) {
    return glyph.every((row, i) => rom[at + i] === row);
}

// The 4096 bytes of the font in a ROM, or null.
export function findFont(rom) {
    const size = GLYPHS * GLYPH_HEIGHT;
    for (let start = 0; start + size <= rom.length; start++) {
        const letter = start + CODE_A * GLYPH_HEIGHT;
        if (
            rom[letter + 2] === 0x10 &&
            holds(rom, letter, LETTER_A) &&
            holds(rom, start + CODE_BLOCK * GLYPH_HEIGHT, new Array(GLYPH_HEIGHT).fill(0xff))
        )
            return rom.slice(start, start + size);
    }
    return null;
}
