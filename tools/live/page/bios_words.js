// BIOS calls in words: the request, and the result.  Pure.
//
// A call is {vector, ax, bx, cx, dx, si, di, bp, ds, es} as the BIOS gets them; a return is the
// same registers as the BIOS left them, with cf.  Ralf Brown's Interrupt List and EDD-3.

import { hex, hexh, plural } from './format.js';

const high = (word) => (word >> 8) & 0xff;
const low = (word) => word & 0xff;
const far = (segment, offset) => `${hex(segment, 4)}:${hex(offset & 0xffff, 4)}`;
const character = (code) => (code >= 32 && code < 127 ? `"${String.fromCharCode(code)}"` : hexh(code, 2));
const cylinder = (cx) => high(cx) | ((low(cx) & 0xc0) << 2);

// The packet of an extended read or write at DS:SI, if its bytes are at hand.
function packet(call) {
    const bytes = call.packet;
    if (!bytes) return `by the packet at ${far(call.ds, call.si)}`;
    const view = new DataView(bytes.buffer, bytes.byteOffset, 16);
    const lba = view.getBigUint64(8, true);
    return (
        `${plural(view.getUint16(2, true), 'sector')} from LBA ${lba} to ` +
        far(view.getUint16(6, true), view.getUint16(4, true))
    );
}

const drive = (call) => `drive ${hexh(low(call.dx), 2)}`;
const sectors = (call, verb, to) =>
    `${verb} ${plural(low(call.ax), 'sector')} of ${drive(call)}, cylinder ` +
    `${cylinder(call.cx)}, head ${high(call.dx)}, sector ${call.cx & 0x3f}, ${to} ${far(call.es, call.bx)}`;

// vector -> AH (or AX) -> [the request, the result]
const status = (result) => (result.cf ? `failed, status ${hexh(high(result.ax), 2)}` : 'done');
const CALLS = {
    0x10: {
        0x00: [(c) => `set video mode ${hexh(low(c.ax), 2)}` + (low(c.ax) === 3 ? ' (text, 80 x 25)' : '')],
        0x01: [(c) => `set the cursor's shape, lines ${high(c.cx)} to ${low(c.cx)}`],
        0x02: [(c) => `move the cursor to row ${high(c.dx)}, column ${low(c.dx)}`],
        0x03: [() => 'where is the cursor?', (r) => `row ${high(r.dx)}, column ${low(r.dx)}`],
        0x06: [(c) => `scroll the window up by ${low(c.ax) || 'all its lines'}`],
        0x09: [(c) => `write ${character(low(c.ax))} ${c.cx} times`],
        0x0e: [(c) => `print the character ${character(low(c.ax))}`],
        0x0f: [() => 'which video mode is set?', (r) => `mode ${hexh(low(r.ax), 2)}, ${high(r.ax)} columns`],
        0x11: [(c) => `character generator, function ${hexh(low(c.ax), 2)}`],
        0x13: [(c) => `write a string of ${c.cx} characters from ${far(c.es, c.bp)}`],
    },
    0x11: { '': [() => 'which equipment is there?', (r) => `equipment word ${hexh(r.ax, 4)}`] },
    0x12: { '': [() => 'how much memory is below 640 KiB?', (r) => `${r.ax} KiB`] },
    0x13: {
        0x00: [(c) => `reset ${drive(c)}`, status],
        0x02: [(c) => sectors(c, 'read', 'to'), status],
        0x03: [(c) => sectors(c, 'write', 'from'), status],
        0x08: [
            (c) => `the geometry of ${drive(c)}?`,
            (r) =>
                r.cf
                    ? status(r)
                    : `${cylinder(r.cx) + 1} cylinders, ${high(r.dx) + 1} heads, ${r.cx & 0x3f} sectors per track`,
        ],
        0x41: [
            (c) => `does ${drive(c)} know the extended calls (EDD)?`,
            (r) => (r.cf || r.bx !== 0xaa55 ? 'no' : `yes, version ${hexh(high(r.ax), 2)}`),
        ],
        0x42: [(c) => `extended read of ${drive(c)}: ${packet(c)}`, status],
        0x43: [(c) => `extended write of ${drive(c)}: ${packet(c)}`, status],
        0x48: [(c) => `the parameters of ${drive(c)}?`, status],
        0x4b: [(c) => `the boot catalog's emulation of ${drive(c)}?`, status],
    },
    0x15: {
        0x2400: [() => 'switch A20 off', status],
        0x2401: [() => 'switch A20 on', status],
        0x2402: [() => 'is A20 on?', (r) => (r.cf ? status(r) : low(r.ax) ? 'yes' : 'no')],
        0x2403: [() => 'how can A20 be switched?', status],
        0x86: [(c) => `wait ${c.cx * 65536 + c.dx} microseconds`, status],
        0x87: [() => 'copy a block of extended memory', status],
        0x88: [() => 'how much memory is above 1 MiB?', (r) => (r.cf ? status(r) : `${r.ax} KiB`)],
        0xc0: [() => "where is the BIOS's configuration table?", status],
        0xe801: [
            () => 'how much memory is there?',
            (r) => (r.cf ? status(r) : `${r.cx} KiB from 1 to 16 MiB, ${r.dx} blocks of 64 KiB above`),
        ],
        0xe820: [
            (c) => `the memory map's entry ${c.bx}, to ${far(c.es, c.di)}`,
            (r) =>
                r.cf ? status(r) : r.bx ? `written; the next is entry ${r.bx}` : 'written; it was the last',
        ],
        0xec00: [
            (c) =>
                `the operating system will run in ${['?', '32-bit', '64-bit', '32- and 64-bit'][low(c.bx) & 3]} mode`,
            status,
        ],
    },
    0x16: {
        0x00: [() => 'wait for a key', (r) => `key ${hexh(r.ax, 4)}`],
        0x01: [() => 'is a key waiting?'],
        0x02: [() => 'which shift keys are down?', (r) => `flags ${hexh(low(r.ax), 2)}`],
    },
    0x18: { '': [() => 'this device does not boot: try the next one'] },
    0x19: { '': [() => 'start over: load the boot sector again'] },
    0x1a: {
        0x00: [() => 'how many clock ticks since midnight?', (r) => plural(r.cx * 65536 + r.dx, 'tick')],
        0x02: [() => 'what time is it?', status],
        0x04: [() => 'what date is it?', status],
    },
};
const SERVICES = {
    0x10: 'video',
    0x11: 'equipment',
    0x12: 'memory size',
    0x13: 'disk',
    0x14: 'serial port',
    0x15: 'system',
    0x16: 'keyboard',
    0x17: 'printer',
    0x18: 'boot failed',
    0x19: 'boot',
    0x1a: 'clock',
};

// By AX if all of it selects the function: those keys have more than one byte
const byWhole = (call) => (call.ax > 0xff ? CALLS[call.vector]?.[call.ax] : undefined);

function entry(call) {
    const functions = CALLS[call.vector];
    return functions?.[''] ?? byWhole(call) ?? functions?.[high(call.ax)] ?? null;
}

// "INT 13h AH=42h": the short name of a call, as on the timeline
export function callName(call) {
    const functions = CALLS[call.vector];
    if (functions?.['']) return `INT ${hexh(call.vector, 2)}`;
    if (byWhole(call)) return `INT ${hexh(call.vector, 2)} AX=${hexh(call.ax, 4)}`;
    return `INT ${hexh(call.vector, 2)} AH=${hexh(high(call.ax), 2)}`;
}

// "INT 13h AH=42h (disk): extended read of drive 80h: 1 sector from LBA 1 to 0000:8000"
export function describeCall(call) {
    const service = SERVICES[call.vector];
    const found = entry(call);
    const asked = found ? `: ${found[0](call)}` : '';
    return `${callName(call)}${service ? ` (${service})` : ''}${asked}`;
}

// The result of `call`: "done", "failed, status 01h", or null if nothing is known about it.
export function describeResult(call, result) {
    const words = entry(call)?.[1];
    return words ? words(result) : null;
}
