// The checks of lab 8: a writer of text on the VGA's cells, called by a kernel of ours (carrier.c).

import { bytesAt, deathInWords, hex, quote } from '../../../tools/labs/watch.mjs';

const KERNEL = 0xffffffff80100000n;     // where Firstlight's loader starts the kernel
const CALL = KERNEL + 0x20n, RETURN = KERNEL + 0x40n, FINISHED = KERNEL + 0xcn;      // of entry.asm
const SCREEN = 0xb8000, COLUMNS = 80, ROWS = 25;
const LOOKED_AT = (ROWS + 2) * COLUMNS;         // cells: the screen and a little of what follows it
const BOOT_LIMIT = 60e6, LIMIT = 5e6;           // instructions: to the kernel, and of one call
const GROUPS = ['cells', 'codes', 'lines', 'wrap', 'scroll', 'kept'];      // enum check of carrier.c
// What carrier.c asks for, in order, so that nobody else can make easier calls: digest() of each group's
const ASKED = { cells: 0xd28ac8e5, codes: 0xc0f2f7e3, lines: 0x6be1693d, wrap: 0xa7a5286f, scroll: 0xd115b5a3, kept: 0xb3a84905 };
const BLANK = 0x20, TAB = 8, TEXT_LIMIT = 4096n;

export const boots = { plain: {} };

export async function observe(machine) {
    const mbr = machine.count;
    const entry = await machine.find({ rip: KERNEL }, +1, machine.count + BOOT_LIMIT);
    if (entry === null) {
        await machine.goto(mbr + BOOT_LIMIT);
        return { reached: false, calls: [], screen: machine.screen() };
    }
    await machine.goto(entry);
    const calls = [];
    while (calls.at(-1)?.returned !== false && await isNextCall(machine))
        calls.push(await oneCall(machine, calls.length + 1, mbr));
    return { reached: true, calls };
}

// Goes to the next call, if there is one before the end
async function isNextCall(machine) {
    const next = await machine.find({ rip: [CALL, FINISHED] }, +1, machine.count + LIMIT);
    if (next !== null)
        await machine.goto(next);
    return next !== null && machine.state().linear === CALL;
}

async function oneCall(machine, number, mbr) {
    const { rdi, rsi, rdx, rcx } = machine.state().registers;
    const text = rdx <= TEXT_LIMIT ? bytesAt(machine, rsi, Number(rdx)) ?? [] : [];
    const before = look(machine, rdi), from = machine.count;
    const end = await machine.find({ rip: RETURN }, +1, from + LIMIT);
    await machine.goto(end ?? from + LIMIT);
    const state = machine.state(), after = end === null ? before : look(machine, rdi);
    return { number, group: GROUPS[Number(rcx & 0xffffffffn)], text: String.fromCharCode(...text), before, after, cursor: machine.cursor(),
        expected: written(before, text), returned: end !== null, at: machine.count - mbr,
        words: end !== null ? null : state.dead ? `The machine died: ${deathInWords(machine, { died: state.dead })}.`
            : `After ${LIMIT} instructions the CPU is at ${hex(state.linear)}.` };
}

// The screen, and struct vga_writer
function look(machine, writer) {
    const bytes = new DataView((bytesAt(machine, writer, 24) ?? new Uint8Array(24)).buffer);
    const [rows, row, column] = [8, 12, 16].map((offset) => bytes.getUint32(offset, true));
    return { rows, row, column, attribute: bytes.getUint8(20), cells: new Uint16Array(machine.read(SCREEN, 2 * LOOKED_AT).buffer) };
}

// ---- what a call should do

function written(before, text) {
    const state = { ...before, cells: before.cells.slice() };
    for (const code of text)
        writeOne(state, code);
    return state;
}

function writeOne(state, code) {
    if (code === 10)
        newLine(state);
    else if (code === 13)
        state.column = 0;
    else if (code === 8)
        state.column = Math.max(state.column - 1, 0);
    else if (code === 9)
        state.column = Math.min((Math.floor(state.column / TAB) + 1) * TAB, COLUMNS);
    else
        writeCharacter(state, code);
}

function writeCharacter(state, code) {
    if (state.column === COLUMNS)
        newLine(state);
    state.cells[state.row * COLUMNS + state.column++] = state.attribute << 8 | code;
}

function newLine(state) {
    state.column = 0;
    if (state.row < state.rows - 1) {
        state.row++;
        return;
    }
    const end = state.rows * COLUMNS;
    state.cells.copyWithin(0, COLUMNS, end);
    state.cells.fill(state.attribute << 8 | BLANK, end - COLUMNS, end);
}

// ---- what each check found

const letter = (cell) => `${quote(String.fromCharCode(cell & 0xff))} (${hex(cell & 0xff, 2)}) in colours ${hex(cell >> 8, 2)}`;
const place = (row, column) => `row ${row}, column ${column}`;
const CONTROLS = { '\n': '\\n', '\r': '\\r', '\b': '\\b', '\t': '\\t' };
const inC = (text) => quote(text.replace(/[\n\r\b\t]/g, (c) => CONTROLS[c]));
const asked = ({ number, text, before }) => `Call ${number} wrote ${inC(text)} from ${place(before.row, before.column)} on`;
const at = ({ number }) => `vga_write~${number}`;

// The first cell from..to that is not what it should be
function wrongCell({ expected, after }, from, to) {
    for (let i = from; i < to; i++)
        if (expected.cells[i] !== after.cells[i])
            return `${place(Math.floor(i / COLUMNS), i % COLUMNS)} should hold ${letter(expected.cells[i])} and holds ${letter(after.cells[i])}`;
    return null;
}

const wrongInText = (call) => wrongCell(call, 0, call.before.rows * COLUMNS);
const wrongBelow = (call) => wrongCell(call, call.before.rows * COLUMNS, LOOKED_AT);

function wrongPosition({ expected, after }) {
    const same = expected.row === after.row && expected.column === after.column;
    return same ? null : `the next character should go to ${place(expected.row, expected.column)}, and the structure says ${place(after.row, after.column)}`;
}

// FNV-1a, 32 bits
const digest = (calls) => [...calls.map(({ text, before: { rows, attribute } }) => `${rows},${attribute},${text};`).join('')]
    .reduce((hash, c) => Math.imul(hash ^ c.charCodeAt(0), 0x01000193), 0x811c9dc5 | 0) >>> 0;

const callsOf = ({ calls }, group) => calls.filter((call) => call.group === group);
const isWhole = (plain, group) => callsOf(plain, group).every(({ returned }) => returned) && digest(callsOf(plain, group)) === ASKED[group];

const notTried = ({ reached, calls }) => (!reached ? 'The kernel was never entered.'
    : calls.every(({ returned }) => returned) ? 'Not all of the calls that the kernel makes for this were made.'
        : `Call ${calls.length} never came back, so this was not tried.`);

// The first fault of the calls of a group; null if all of them did what they should
function groupFault(group, test) {
    return ({ plain }) => {
        const calls = (plain.calls ?? []).filter((call) => call.group === group || group === null);
        for (const call of calls.filter(({ returned }) => returned)) {
            const wrong = test(call);
            if (wrong)
                return { found: `${asked(call)}; ${wrong}.`, at: at(call) };
        }
        return (group === null ? isComplete(plain) : isWhole(plain, group)) ? null : { found: notTried(plain) };
    };
}

const isComplete = (plain) => plain.reached && GROUPS.every((group) => isWhole(plain, group));

function startFault({ plain }) {
    if (!plain.reached)
        return { found: `The loader never started your kernel. On the screen: ${quote(plain.screen.map((row) => row.trim()).filter(Boolean).at(-1) ?? '')}.` };
    if (isComplete(plain))
        return null;
    const last = plain.calls.at(-1);
    if (!last || last.returned)
        return { found: notTried(plain) };
    return { found: `${asked(last)} and did not come back. ${last.words ?? ''}`, at: at(last) };
}

const wrongText = (call) => wrongInText(call) ?? wrongPosition(call);
const textCheck = (id, points, name, expected) => ({ id, points, name, hint: id, expected, test: groupFault(id, wrongText) });

export const checks = [
    { id: 'start', points: 1, name: 'each call comes back', hint: 'start', expected: 'vga_write returns to its caller.', test: startFault },
    textCheck('cells', 2, 'characters and colours', 'Each character is in its cell, in the colours of the structure, and nothing else has changed.'),
    textCheck('codes', 1, 'all 256 characters', 'A character from 80h on is one of code page 437, like any other.'),
    textCheck('lines', 1, 'new line, return, backspace, tab', 'The control characters move the place of the next character and write nothing.'),
    textCheck('wrap', 1, 'the next row after a full one', 'The 81st character goes to the next row; a full row and a new line are one row.'),
    textCheck('scroll', 2, 'scrolling', 'In the last row, a new line moves all rows up by one and leaves a blank one.'),
    { id: 'kept', points: 1, name: 'what is not yours is kept', hint: 'kept', expected: 'Rows from `rows` on, and the memory after the screen, stay as they are.',
        test: ({ plain }) => groupFault('kept', wrongText)({ plain }) ?? groupFault(null, wrongBelow)({ plain }) },
    { id: 'cursor', points: 1, name: 'the cursor', hint: 'cursor', expected: 'After each call the hardware\'s cursor is at the next character\'s cell; after a full row, on its last one.',
        test: groupFault(null, (call) => {
            const { row, column } = call.cursor, want = { row: call.expected.row, column: Math.min(call.expected.column, COLUMNS - 1) };
            return row === want.row && column === want.column ? null : `the cursor should be at ${place(want.row, want.column)} and is at ${place(row, column)}`;
        }) },
];
