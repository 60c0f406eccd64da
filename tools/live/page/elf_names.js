// The functions and variables of an ELF file that was dropped on the page: names only, no lines.
// Pure.  ELF-64 Object File Format; both widths, little-endian.

const SHT_SYMTAB = 2,
    SHF_ALLOC = 2n,
    SHF_EXECINSTR = 4n,
    STT_FUNC = 2,
    STT_NOTYPE = 0,
    STT_OBJECT = 1;
const SAMPLE = 64; // bytes of code that identify the program in an image

export function isElf(bytes) {
    return (
        bytes.length > 52 && bytes[0] === 0x7f && bytes[1] === 0x45 && bytes[2] === 0x4c && bytes[3] === 0x46
    );
}

// A program as live.py describes one; throws an Error with a sentence if it is not one.
export function readElf(bytes, name) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (!isElf(bytes) || bytes[5] !== 1) throw new Error(`${name} is not a little-endian ELF file.`);
    try {
        return describe(view, bytes, name);
    } catch (error) {
        if (error instanceof RangeError) throw new Error(`${name} is damaged: it ends before its tables do.`);
        throw error;
    }
}

function describe(view, bytes, name) {
    const is64 = bytes[4] === 2;
    const sections = readSections(view, is64);
    const code = sections.filter((section) => section.flags & SHF_EXECINSTR && section.size);
    if (!code.length) throw new Error(`${name} has no code in it.`);
    const start = code.map((section) => section.address).reduce((a, b) => (a < b ? a : b));
    const end = code
        .map((section) => section.address + BigInt(section.size))
        .reduce((a, b) => (a > b ? a : b));
    const symbols = readSymbols(view, bytes, sections, is64);
    const isIn =
        (flag) =>
        ({ section }) =>
            Boolean(sections[section]?.flags & flag);
    const functions = symbols
        .filter(isIn(SHF_EXECINSTR))
        .filter(({ kind, label }) => kind === STT_FUNC || !label.includes('.'));
    const variables = symbols
        .filter(isIn(SHF_ALLOC))
        .filter((symbol) => !isIn(SHF_EXECINSTR)(symbol) && symbol.size);
    const sample = code[0];
    return {
        name: name.replace(/\.elf$/, ''),
        bits: is64 ? 64 : 32,
        base: start.toString(16),
        size: Number(end - start),
        codeAt: Number(sample.address - start),
        code: [...bytes.subarray(sample.offset, sample.offset + Math.min(SAMPLE, sample.size))],
        functions: offsets(functions, start, end),
        variables: offsets(variables, start, null),
        lines: [],
    };
}

function readSections(view, is64) {
    const at = is64 ? Number(view.getBigUint64(40, true)) : view.getUint32(32, true);
    const [size, count] = [view.getUint16(is64 ? 58 : 46, true), view.getUint16(is64 ? 60 : 48, true)];
    return Array.from({ length: count }, (_, i) => {
        const row = at + i * size;
        const word = (wide, narrow) =>
            is64 ? view.getBigUint64(row + wide, true) : BigInt(view.getUint32(row + narrow, true));
        return {
            type: view.getUint32(row + 4, true),
            flags: word(8, 8),
            address: word(16, 12),
            offset: Number(word(24, 16)),
            size: Number(word(32, 20)),
            link: view.getUint32(row + (is64 ? 40 : 24), true),
        };
    });
}

function readSymbols(view, bytes, sections, is64) {
    const table = sections.find((section) => section.type === SHT_SYMTAB);
    const found = [];
    if (!table) return found;
    const names = sections[table.link];
    for (let at = table.offset; at < table.offset + table.size; at += is64 ? 24 : 16) {
        const kind = bytes[at + (is64 ? 4 : 12)] & 15;
        const label = text(bytes, names.offset + view.getUint32(at, true));
        if (!label || ![STT_NOTYPE, STT_OBJECT, STT_FUNC].includes(kind)) continue;
        found.push({
            label,
            kind,
            section: view.getUint16(at + (is64 ? 6 : 14), true),
            value: is64 ? view.getBigUint64(at + 8, true) : BigInt(view.getUint32(at + 4, true)),
            size: is64 ? Number(view.getBigUint64(at + 16, true)) : view.getUint32(at + 8, true),
        });
    }
    return found;
}

function text(bytes, at) {
    const end = bytes.indexOf(0, at);
    return new TextDecoder().decode(bytes.subarray(at, end));
}

// [[offset, size, name]], sorted; a label without a size extends to the next one
function offsets(symbols, start, end) {
    const sorted = symbols
        .map(({ value, size, label }) => [Number(value - start), size, label])
        .sort((a, b) => a[0] - b[0]);
    return sorted.map(([offset, size, label], i) => {
        const next = sorted[i + 1]?.[0] ?? (end === null ? offset + 1 : Number(end - start));
        return [offset, size || next - offset, label];
    });
}
