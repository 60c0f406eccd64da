// Descriptors, gates and page-table entries in words.  Pure: bits in, words out.
// Intel SDM 3A 3.4.5 (segments), 6.11 and 6.14.1 (gates), 4.5 (page tables).

const bit = (value, at) => Number((value >> BigInt(at)) & 1n);
const field = (value, low, width) => (value >> BigInt(low)) & ((1n << BigInt(width)) - 1n);

// names of the bits that are set, by a table of register_bits.def: [[bit, name, meaning]]
export const setBits = (value, table) => table.filter(([at]) => bit(value, at));

const SYSTEM_TYPES = {
    1: '16-bit TSS',
    2: 'LDT',
    3: 'busy 16-bit TSS',
    4: '16-bit call gate',
    5: 'task gate',
    6: '16-bit interrupt gate',
    7: '16-bit trap gate',
    9: 'TSS',
    11: 'busy TSS',
    12: 'call gate',
    14: 'interrupt gate',
    15: 'trap gate',
};

const isSystem = (low) => !bit(low, 44);

// How many bytes a descriptor takes: in long mode system descriptors take two entries.
export const descriptorSize = (low, isLong) =>
    isLong && low !== 0n && isSystem(low) && field(low, 40, 5) !== 0n ? 16 : 8;

// {kind, base, limit, dpl, present} of one entry of a GDT
export function decodeDescriptor(low, high, isLong) {
    if (low === 0n) return { kind: 'null', base: 0n, limit: 0n, dpl: 0, present: false };
    let limit = field(low, 0, 16) | (field(low, 48, 4) << 16n);
    if (bit(low, 55)) limit = (limit << 12n) | 0xfffn;
    let base = field(low, 16, 24) | (field(low, 56, 8) << 24n);
    if (descriptorSize(low, isLong) === 16) base |= field(high, 0, 32) << 32n;
    const dpl = Number(field(low, 45, 2));
    return { kind: segmentKind(low), base, limit, dpl, present: Boolean(bit(low, 47)) };
}

function segmentKind(low) {
    if (isSystem(low)) return SYSTEM_TYPES[Number(field(low, 40, 4))] ?? 'reserved type';
    const accessed = bit(low, 40) ? ', accessed' : '';
    if (!bit(low, 43))
        return `${bit(low, 54) ? '32' : '16'}-bit data${bit(low, 41) ? '' : ', read only'}${bit(low, 42) ? ', grows down' : ''}${accessed}`;
    const width = bit(low, 53) ? '64' : bit(low, 54) ? '32' : '16';
    return `${width}-bit code${bit(low, 41) ? '' : ', not readable'}${bit(low, 42) ? ', conforming' : ''}${accessed}`;
}

// All entries of a GDT: [{selector, bytes, low, high, ...decoded}]
export function decodeGdt(bytes, isLong) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const entries = [];
    for (let at = 0; at + 8 <= bytes.length;) {
        const low = view.getBigUint64(at, true);
        const size = descriptorSize(low, isLong);
        const high = size === 16 && at + 16 <= bytes.length ? view.getBigUint64(at + 8, true) : 0n;
        entries.push({ selector: at, size, low, high, ...decodeDescriptor(low, high, isLong) });
        at += size;
    }
    return entries;
}

// One vector of the table in force: {vector, target (linear address or null), selector, kind, dpl, ist, present}
function realModeVector(view, vector) {
    const offset = view.getUint16(4 * vector, true),
        segment = view.getUint16(4 * vector + 2, true);
    return {
        vector,
        selector: segment,
        offset: BigInt(offset),
        target: BigInt(segment * 16 + offset),
        kind: 'real-mode vector',
        present: segment !== 0 || offset !== 0,
        dpl: 0,
        ist: 0,
    };
}

function protectedGate(view, vector) {
    const low = view.getBigUint64(8 * vector, true);
    return gate(low, vector, field(low, 0, 16) | (field(low, 48, 16) << 16n), 0);
}

function longGate(view, vector) {
    const low = view.getBigUint64(16 * vector, true),
        high = view.getBigUint64(16 * vector + 8, true);
    return gate(
        low,
        vector,
        field(low, 0, 16) | (field(low, 48, 16) << 16n) | (field(high, 0, 32) << 32n),
        Number(field(low, 32, 3)),
    );
}

function gate(low, vector, offset, ist) {
    return {
        vector,
        selector: Number(field(low, 16, 16)),
        offset,
        target: offset,
        ist,
        kind: SYSTEM_TYPES[Number(field(low, 40, 4))] ?? 'reserved type',
        dpl: Number(field(low, 45, 2)),
        present: Boolean(bit(low, 47)),
    };
}

export const gateSize = (mode) => (mode === 'real16' ? 4 : mode.startsWith('long') ? 16 : 8);

export function decodeIdt(bytes, mode) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const size = gateSize(mode);
    const decode = { 4: realModeVector, 8: protectedGate, 16: longGate }[size];
    return Array.from({ length: Math.min(256, Math.floor(bytes.length / size)) }, (_, vector) =>
        decode(view, vector),
    );
}

const ADDRESS = 0x000ffffffffff000n;
const LEVELS = [
    { name: 'PML4', shift: 39n },
    { name: 'PDPT', shift: 30n },
    { name: 'page directory', shift: 21n },
    { name: 'page table', shift: 12n },
];

// The walk of a linear address through 4-level tables: [{level, index, at, entry, isPage, page}];
// the last one is the page, or the entry that is not present.  read(physical) -> the 64-bit entry
export function walkPages(linear, cr3, read) {
    const steps = [];
    let table = cr3 & ADDRESS;
    for (const [depth, { name, shift }] of LEVELS.entries()) {
        const index = Number((linear >> shift) & 511n);
        const at = table + BigInt(8 * index);
        const entry = read(at);
        const isPage = depth === 3 || (depth > 0 && bit(entry, 7) === 1);
        const step = { level: name, index, at, entry, isPage };
        steps.push(step);
        if (!bit(entry, 0)) return steps;
        if (isPage) {
            const mask = (1n << shift) - 1n;
            step.bytes = 1n << shift;
            step.physical = (entry & ADDRESS & ~mask) | (linear & mask);
            return steps;
        }
        table = entry & ADDRESS;
    }
    return steps;
}

const WALK_LIMIT = 1024; // tables that one listing reads

// What is mapped, as ranges with the same rights: [{from, to, physical, rights}]
export function mappedRanges(cr3, readTable) {
    const ranges = [];
    let tables = 0;
    const visit = (table, depth, base) => {
        if (++tables > WALK_LIMIT) return;
        const entries = readTable(table);
        for (let index = 0; index < 512; index++) {
            const entry = entries.getBigUint64(8 * index, true);
            if (!bit(entry, 0)) continue;
            const { shift } = LEVELS[depth];
            const from = base + (BigInt(index) << shift);
            if (depth === 3 || (depth > 0 && bit(entry, 7)))
                append(
                    ranges,
                    from,
                    from + (1n << shift),
                    entry & ADDRESS & ~((1n << shift) - 1n),
                    rights(entry),
                );
            else visit(entry & ADDRESS, depth + 1, from);
        }
    };
    visit(cr3 & ADDRESS, 0, 0n);
    return ranges.map((range) => ({ ...range, from: canonical(range.from), to: canonical(range.to - 1n) }));
}

function append(ranges, from, to, physical, words) {
    const last = ranges.at(-1);
    if (
        last &&
        last.to === from &&
        last.physical + (last.to - last.from) === physical &&
        last.rights === words
    )
        last.to = to;
    else ranges.push({ from, to, physical, rights: words });
}

const rights = (entry) =>
    `${bit(entry, 1) ? 'writable' : 'read only'}, ${bit(entry, 63) ? 'no code' : 'executable'}${bit(entry, 2) ? ', user' : ''}`;
const canonical = (linear) => ((linear >> 47n) & 1n ? linear | 0xffff000000000000n : linear);
