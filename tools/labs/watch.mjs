// What the checks of labs have in common: running a submission until it rests, and words for what was
// seen.  It uses nothing but `machine` (docs/live.md), so that a page can run the same checks.

export const SECTOR = [0x7c00n, 0x7e00n];
// where the BIOS runs, and the odd BIOS of the tests, which lies at the end of conventional memory
export const FIRMWARE = [[0xc0000n, 0x100000n], [0xffe00000n, 0x100000000n], [0x90000n, 0xa0000n]];

const RETURN_LIMIT = 50000;     // instructions: more than any interrupt's handler takes
export const REST = 3;          // seconds of the guest's: a program that waits in HLT so long is at rest

export const hex = (value, digits = 1) => `${BigInt(value).toString(16).toUpperCase().padStart(digits, '0')}h`;
export const word = (value) => hex(value, 4);

// Text of the guest in a report: on one line, and not mistaken for the report's own words
export const quote = (text) => `"${[...text].map((c) => (c >= ' ' && c <= '~' ? c : '.')).join('').slice(0, 60)}${text.length > 60 ? '...' : ''}"`;

// Whether the CPU is in the firmware and does not come back: a reset, or a call that never returns
async function isLost(machine) {
    const inFirmware = FIRMWARE.some(([from, to]) => machine.state().linear >= from && machine.state().linear < to);
    return inFirmware && await machine.find({ outside: FIRMWARE }, +1, machine.count + RETURN_LIMIT) === null;
}

// Runs the submission from where it begins for at most `limit` instructions, or until it rests, dies or leaves
// `own`, its ranges of addresses.  The result is what happened since; the machine is at its end.
export async function runUntilEnd(machine, { limit, own = [SECTOR] }) {
    const from = machine.count, before = machine.screen();
    const stray = await machine.advance(from + limit, { until: { outside: [...own, ...FIRMWARE] }, seconds: REST });
    const state = machine.state();
    return {
        steps: machine.count - from, stray, state, lost: !state.dead && await isLost(machine),
        died: state.dead && state.dead.reason !== 'halted with interrupts disabled' ? state.dead : null,
        calls: machine.events(from, machine.count).filter(({ kind }) => kind === 'bios'),
        shown: newText(before, machine.screen()),
    };
}

// The first calls of a BIOS service by the submission, with the state at the handler's first instruction.
// Unlike the machine's own events, this sees those of a BIOS whose vectors were hooked.
export async function callsOf(machine, vector, { limit, most }) {
    const from = machine.count, found = [];
    const [offset, segment] = new Uint16Array(machine.read(4 * vector, 4).buffer);
    const called = () => machine.advance(from + limit, { until: { rip: BigInt(segment * 16 + offset) }, seconds: REST });
    while (found.length < most && await called())
        found.push({ at: machine.count - from, state: machine.state() });
    await machine.goto(from);
    return found;
}

// The characters that are on the screen now and were not there before, row by row
export function newText(before, now) {
    return now.map((row, y) => [...row].map((c, x) => (c === before[y][x] ? ' ' : c)).join('').trim()).filter(Boolean);
}

// Why a submission that must stay in its own code did not; null if it did
export function whyNotAtRest(machine, run) {
    if (run.stray)
        return `The CPU left your code and went on to ${hex(run.state.linear)}, which is not yours: nothing stopped it.`;
    if (run.lost)
        return 'The CPU went into the BIOS and did not come back: a reset, or a call that never returns.';
    if (run.died)
        return `The machine died: ${deathInWords(machine, run)}.`;
    return null;
}

export const EXCEPTIONS = ['#DE', '#DB', 'NMI', '#BP', '#OF', '#BR', '#UD', '#NM', '#DF', '', '#TS', '#NP', '#SS', '#GP', '#PF'];

// " (boot.asm:31)" if the submission's line for this address is known
function lineAt(machine, address) {
    const place = machine.symbols?.find(address);
    return place?.path ? ` (${place.path}:${place.line})` : '';
}

export function deathInWords(machine, { died }) {
    const chain = died.chain.map(({ vector, error, rip }, place) =>
        `${EXCEPTIONS[vector] ?? `exception ${vector}`}${error === null ? '' : ` (error code ${hex(error)})`} at ${hex(rip)}`
        + (place === 0 ? lineAt(machine, rip) : ''));
    return chain.length ? `${died.reason}: ${chain.join(', then ')}` : died.reason;
}

// Which of the BIOS's functions were called, in words
export function callsInWords(calls) {
    const names = [...new Set(calls.map(({ vector, ax }) => `INT ${hex(vector)} with AH = ${hex(ax >> 8, 2)}`))];
    return names.length ? `the BIOS was called: ${names.slice(0, 4).join(', ')}${names.length > 4 ? ', ...' : ''}` : 'the BIOS was never called';
}

// ---- the first check of every lab that begins with a boot sector

export const startCheck = (points) => ({
    id: 'start', points, name: 'the BIOS starts your sector', hint: 'sector',
    expected: 'The last two of its 512 bytes are 55h AAh.',
    test: ({ plain }) => (plain.started ? null : { found: whyNotStarted(plain) }),
});

function whyNotStarted({ lastBytes }) {
    const [first, second] = lastBytes.map((byte) => hex(byte, 2));
    const swapped = first === 'AAh' && second === '55h' ? '; they are in the wrong order' : '';
    return `The BIOS read the sector and found ${first} ${second} at its end${swapped}. It did not jump to 7C00h.`;
}

// For a check that needs a submission that was started
export const ifStarted = (boot, test) => (boot.started ? test(boot) : { found: 'Your sector was never started.' });

// The state at the submission's last instruction so far, outside the BIOS and its interrupts
export async function lastOwnState(machine) {
    const { count } = machine;
    if (FIRMWARE.every(([from, to]) => machine.state().linear < from || machine.state().linear >= to))
        return machine.state();
    const last = await machine.find({ outside: FIRMWARE }, -1);
    await machine.goto(last ?? count);
    const state = machine.state();
    await machine.goto(count);
    return state;
}

// The bytes at a linear address; null if they are not in the machine's RAM: a program can change page tables
const RAM_BYTES = 32 << 20;     // of a machine whose memory nobody has chosen
export function bytesAt(machine, linear, length) {
    const address = machine.translate(linear);
    return address === null || address + length > RAM_BYTES ? null : machine.read(address, length);
}
