// What the checks of links share: links are parts of the chain that lie at LINK_ADDRESS and that a
// carrier of ours loads, enters and follows (tools/labs/links/).  Nothing here sees more than `machine`.

import { deathInWords, FIRMWARE, hex, REST } from './watch.mjs';

// These are the numbers of include/layout.h, which a check cannot read; tests/labs/test_links.py compares them.
export const STUDENT_LBA = 64, STUDENT_SECTORS = 48, STUDENT_ADDRESS = 0x1a000, STUDENT_END = 0x20000;
export const STACK_BOTTOM = 0x4000, STACK_TOP = 0x7000, PAGE_TABLES_ADDRESS = 0x10000, PAGE_TABLES_PAGES = 8, SCRATCH_ADDRESS = 0x30000;
export const MEMORY_MAP_MAX = 512;

const SECTOR = 512;

// A disk with the carrier and the student's link, or the reason why there is none
export function carried(carrier, link) {
    if (link.length > STUDENT_SECTORS * SECTOR)
        return `Your program has ${link.length} bytes; there is room for ${STUDENT_SECTORS * SECTOR}.`;
    const disk = new Uint8Array((STUDENT_LBA + STUDENT_SECTORS) * SECTOR);
    disk.set(carrier);
    disk.set(link, STUDENT_LBA * SECTOR);
    return disk;
}

// The machine at the link's first instruction; false: the carrier never got there
export const gotoLink = (machine) => machine.advance(machine.count + 20e6, { until: { rip: BigInt(STUDENT_ADDRESS) } });

// Runs the link from where it is to `exit`, a linear address, for at most `limit` instructions.
// steps are counted from MBR, the count at 7C00h, as the page counts them.
export async function runToExit(machine, { exit, limit, mbr }) {
    const from = machine.count;
    const exited = await machine.advance(from + limit, { until: { rip: exit }, seconds: REST });
    const state = machine.state();
    return { exited, state, died: state.dead, from, steps: machine.count - mbr, ran: machine.count - from,
        events: machine.events(from, machine.count) };
}

// The far address at a place in memory, and where the word on top of the stack is, in real mode
export const farAt = (machine, at) => {
    const [offset, segment] = new Uint16Array(machine.read(at, 4).buffer);
    return BigInt(segment * 16 + offset);
};
export const stackAt = ({ segments, registers }) => Number(segments.ss.base + (registers.rsp & 0xffffn));

// Runs a link that was called by a far call until it leaves its code, for at most `limit` instructions
export async function runCalled(machine, { limit, mbr, own = [[BigInt(STUDENT_ADDRESS), BigInt(STUDENT_END)]] }) {
    const exit = farAt(machine, stackAt(machine.state())), from = machine.count;
    const left = await machine.advance(from + limit, { until: { outside: [...own, ...FIRMWARE] }, seconds: REST });
    const state = machine.state(), exited = left && state.linear === exit;
    const run = { exit, exited, state, died: state.dead, ran: machine.count - from, steps: machine.count - mbr };
    return { ...run, words: !left || exited ? whyNoExit(machine, run)
        : `The CPU left your code and went on to ${hex(state.linear)}; your caller is at ${hex(exit)}.` };
}

// Why the link never came to its exit
export function whyNoExit(machine, run) {
    if (!run.died)
        return `After ${run.ran} instructions the CPU ${run.state.halted ? 'waits in HLT' : 'is'} at ${hex(run.state.linear)} and has not come there.`;
    return `The machine died${run.died.chain.length ? '' : ` at ${hex(run.state.linear)}`}: ${deathInWords(machine, run)}.`;
}

// The last change of a bit of a control register from 0 to 1; undefined if there was none
export const setting = (events, register, bit) => events.findLast(({ kind, register: name, from, to }) =>
    kind === 'control' && name === register && !(from >> bit & 1n) && (to >> bit & 1n));

// ---- descriptors


// A descriptor's eight bytes as what the CPU makes of them
export function descriptor(bytes) {
    const [l0, l1, b0, b1, b2, access, high, b3] = bytes;
    const pages = (high & 0x80) !== 0, limit = l0 | l1 << 8 | (high & 15) << 16;
    return { base: (b0 | b1 << 8 | b2 << 16 | b3 << 24) >>> 0, limit: pages ? limit * 4096 + 4095 : limit,
        present: (access & 0x80) !== 0, ring: access >> 5 & 3, memory: (access & 0x10) !== 0, code: (access & 0x18) === 0x18,
        writable: (access & 0x1a) === 0x12, wide: (high & 0x40) !== 0, long: (high & 0x20) !== 0,
        empty: bytes.every((byte) => byte === 0) };
}

const FLAT = 0xffffffff;
export const isFlat = ({ base, limit, present, memory, ring }) => present && memory && ring === 0 && base === 0 && limit === FLAT;

// The descriptors that lie within a table's limit: [{ selector, ...descriptor }]
export function table(machine, { base, limit }) {
    const bytes = machine.read(Number(base), Math.min(limit + 1, 0x10000) & ~7);
    return Array.from({ length: bytes.length / 8 }, (_, n) =>
        ({ selector: 8 * n, ...descriptor(bytes.subarray(8 * n, 8 * n + 8)) }));
}

// What is wrong with a segment register that should be flat; null if nothing is.  The hidden parts are looked at.
export function notFlat(name, { selector, base, limit, valid }) {
    if (!valid || (selector & ~3) === 0)
        return `${name} holds ${hex(selector)}, which names no descriptor`;
    if (base !== 0n || limit !== FLAT)
        return `${name} is ${hex(selector)} with base ${hex(base)} and limit ${hex(limit)}`;
    return null;
}
