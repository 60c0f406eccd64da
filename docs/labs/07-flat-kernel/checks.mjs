// The checks of lab 7: how a linker laid out a flat kernel, seen in the memory of the machine that runs it.

import { bytesAt, deathInWords, hex, quote } from '../../../tools/labs/watch.mjs';

const LOAD = 0x100000, FIRST = 0xffffffff80100000n;     // where Firstlight's loader puts and enters the kernel
const REPORT = FIRST + 0x80n, RETURNED = FIRST + 0xc0n;         // of entry.asm
const MARK = 'FIRST', MARK_AT = 2;
const TEXT = 'she sells sea', DATA = [0x44, 0x33, 0x22, 0x11, 0x88, 0x77, 0x66, 0x55], BSS_BYTES = 0x18000;      // of given.c
const LOADER_END = 0x40000, MAGIC = 'FLKERNEL', PAGE = 0x1000n;
const BOOT_LIMIT = 60e6, LIMIT = 5e6;           // instructions: to the kernel, and of kernel_main
const LEFTOVER = 0xc5c5c5c5c5c5c5c5n, LEFTOVERS = [LOAD, 0x200000, 0x4000];     // from, to, every
const TABLE = 65536, TABLE_BYTES = 4 * TABLE, TEXT_LIMIT = 512;

export const boots = { plain: {} };

export async function observe(machine) {
    const mbr = machine.count;
    for (let address = LEFTOVERS[0]; address < LEFTOVERS[1]; address += LEFTOVERS[2])
        await machine.poke({ address, value: LEFTOVER, length: 8 });
    const screenBefore = await reach(machine, FIRST, BOOT_LIMIT);
    if (screenBefore)
        return { reached: false, words: screenBefore };
    const facts = { reached: true, at: machine.count - mbr, ...atEntry(machine) };
    const lost = facts.marked ? await reach(machine, REPORT, LIMIT) : 'not begun';
    if (lost)
        return { ...facts, reported: false, words: lost };
    return { ...facts, reported: true, ...sections(machine), ...await program(machine) };
}

// Goes to an address; null, or where the machine went instead, in words
async function reach(machine, rip, limit) {
    const from = machine.count, found = await machine.find({ rip }, +1, from + limit);
    await machine.goto(found ?? from + limit);
    if (found !== null)
        return null;
    const state = machine.state();
    return state.dead ? `The machine died: ${deathInWords(machine, { died: state.dead })}.`
        : `After ${limit} instructions the CPU is at ${hex(state.linear)}; on the screen: ${quote(lastLine(machine))}.`;
}

const lastLine = (machine) => machine.screen().map((row) => row.trim()).filter(Boolean).at(-1) ?? '';
const inHex = (bytes) => [...bytes].map((byte) => hex(byte, 2)).join(' ');
const text = (bytes) => new TextDecoder('latin1').decode(bytes);

// The first bytes in memory, whose they are, and the header that the loader has read
function atEntry(machine) {
    const { name, path, line } = machine.symbols?.find(FIRST) ?? {};
    return { marked: text(machine.read(LOAD + MARK_AT, MARK.length)) === MARK, first: inHex(machine.read(LOAD, 4)),
        owner: name ? `, and belong to ${quote(`${name}${path ? ` (${path}:${line})` : ''}`)}` : '', header: header(machine) };
}

// The loader's copy of the kernel's header: { file, memory } in bytes
function header(machine) {
    const low = machine.read(0, LOADER_END), found = text(low).lastIndexOf(`${MAGIC}\x01\0`);
    const [file, memory] = new Uint32Array(low.slice(found + 12, found + 20).buffer);
    return { file, memory };
}

function sections(machine) {
    const { rax, rbx, rcx, rdx, rsi, r8, r9, r10, r11 } = machine.state().registers;
    const bss = bytesAt(machine, rsi, BSS_BYTES);
    return { runs: rax, linked: rbx, rodata: { at: rcx, bytes: bytesAt(machine, rcx, TEXT.length) }, data: { at: rdx, bytes: bytesAt(machine, rdx, DATA.length) },
        bss: { at: rsi, dirty: bss ? bss.findIndex(Boolean) : 0, value: bss?.find(Boolean) },
        symbols: { kernel_rodata: r8, kernel_data: r9, kernel_file_end: r10, kernel_end: r11 } };
}

// What kernel_main counted, and what it should have
async function program(machine) {
    const expected = pairs(machine, machine.state().registers.rcx);
    const lost = await reach(machine, RETURNED, LIMIT);
    if (lost)
        return { returned: false, words: lost };
    const { rax } = machine.state().registers, bytes = rax === 0n ? null : bytesAt(machine, rax, TABLE_BYTES);
    return { returned: true, table: rax, expected, counted: bytes && new Uint32Array(bytes.buffer) };
}

// The table for the text, which ends with a zero byte
function pairs(machine, at) {
    const table = new Uint32Array(TABLE), bytes = bytesAt(machine, at, TEXT_LIMIT) ?? [0];
    for (let i = 1; i < bytes.indexOf(0); i++)
        table[256 * bytes[i - 1] + bytes[i]]++;
    return table;
}

// ---- what each check found

const NOT_ENTERED = 'The kernel was never entered at its own first instruction, so this could not be looked at.';
const START = '_start';

function entryFault(run) {
    if (!run.reached)
        return `The loader never came to the kernel. ${run.words}`;
    if (!run.marked)
        return `The first bytes are ${run.first}, which are not those of _start${run.owner}: that is what the loader has started.`;
    return run.reported ? null : run.words;
}

const addressFault = ({ runs, linked }) => (runs === linked ? null
    : `_start runs at ${hex(runs)}, and the linker put ${hex(linked)} into the code as its address.`);

function contentFault(name, { at, bytes }, right) {
    if (bytes && right(bytes))
        return null;
    return `The code expects ${name} of given.c at ${hex(at)}; ${bytes ? `there it finds ${inHex(bytes.slice(0, 4))}` : 'no memory is there'}.`;
}

function bssFault({ bss, header: { memory, file } }) {
    if (bss.dirty < 0)
        return null;
    const at = bss.at + BigInt(bss.dirty), end = bss.at + BigInt(BSS_BYTES) - FIRST;
    return `A variable of .bss at ${hex(at)} starts as ${hex(bss.value)}, not 0. The header asks for ${memory} bytes of memory, of which ${file} are in the file; `
        + `${end > 0n ? `a variable ends ${end} bytes after the first byte` : 'the variable is not among them'}.`;
}

function fileFault({ header: { file }, bss }) {
    return file < BSS_BYTES ? null : `The flat binary has ${file} bytes, more than .bss alone: the zeros are in the file. .bss is at ${hex(bss.at)}.`;
}

const PAGED = { kernel_rodata: 'rodata', kernel_data: 'data' };

function pagesFault({ symbols, ...run }) {
    for (const [name, address] of Object.entries(symbols)) {
        if (address === 0n)
            return `${name} is not defined.`;
        if (name !== 'kernel_file_end' && address % PAGE)
            return `${name} is ${hex(address)}, not a multiple of 1000h.`;
        if (PAGED[name] && run[PAGED[name]].at < address)
            return `${name} is ${hex(address)}, and ${PAGED[name]} of given.c is before it, at ${hex(run[PAGED[name]].at)}.`;
    }
    return orderFault(symbols, run);
}

function orderFault({ kernel_rodata, kernel_data, kernel_file_end, kernel_end }, { linked, bss, rodata, header: { memory } }) {
    if (rodata.at >= kernel_data || kernel_rodata >= kernel_data)
        return `.rodata has to be before .data: kernel_data is ${hex(kernel_data)}, a constant is at ${hex(rodata.at)}.`;
    if (bss.at < kernel_file_end)
        return `.bss has to be after all that is in the file: kernel_file_end is ${hex(kernel_file_end)}, a variable of .bss is at ${hex(bss.at)}.`;
    if (bss.at / PAGE === (kernel_file_end - 1n) / PAGE)
        return `.bss begins in the page of what is before it: kernel_file_end is ${hex(kernel_file_end)}, a variable of .bss is at ${hex(bss.at)}.`;
    return kernel_end - linked === BigInt(memory) ? null
        : `kernel_end is ${hex(kernel_end)}, ${kernel_end - linked} bytes after _start, and kernel_memory_bytes is ${memory}.`;
}

function programFault({ returned, words, table, counted, expected }) {
    if (!returned)
        return `kernel_main did not return. ${words}`;
    if (!counted)
        return `kernel_main returned ${hex(table)}, where no table can be.`;
    const wrong = counted.findIndex((count, pair) => count !== expected[pair]);
    return wrong < 0 ? null : `The pair ${inHex([wrong >> 8, wrong & 255])} (${quote(String.fromCharCode(wrong >> 8, wrong & 255))}) occurs ${times(expected[wrong])}; entry ${wrong} of the table, at ${hex(table + BigInt(4 * wrong))}, is ${counted[wrong]}.`;
}

const times = (count) => (count === 1 ? 'once' : `${count} times`);

// A check of a kernel that was entered at its first instruction
const check = (id, points, name, expected, test) => ({ id, points, name, hint: id, expected, test({ plain }) {
    const found = plain.reported || id === 'entry' ? test(plain) : NOT_ENTERED;
    return found && { found, at: START };
} });

export const checks = [
    check('entry', 2, 'the first byte is the entry', '_start, in section .text.entry, is the first byte of the flat binary.', entryFault),
    check('address', 1, 'it runs where it was linked', `The kernel is linked for ${hex(FIRST)}, where it runs.`, addressFault),
    check('rodata', 1, 'constants are there', 'A constant has its value at the address that the code uses.',
        ({ rodata }) => contentFault('a text', rodata, (bytes) => text(bytes) === TEXT)),
    check('data', 1, 'variables have their values', 'A variable of .data has its value at the address that the code uses.',
        ({ data }) => contentFault('a variable', data, (bytes) => DATA.every((byte, i) => byte === bytes[i]))),
    check('bss', 1, '.bss starts as zero', 'All of .bss is zero when the kernel starts, whatever was in the memory.', bssFault),
    check('file', 1, '.bss is not in the file', 'The flat binary ends before .bss.', fileFault),
    check('pages', 1, 'sections on pages of their own', '.rodata, .data and .bss begin at multiples of 1000h, and the symbols say where.', pagesFault),
    check('program', 2, 'kernel_main counts the pairs', 'The table has for each pair of bytes how often it occurs in the text.', programFault),
];
