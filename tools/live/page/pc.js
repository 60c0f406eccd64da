// One PC: the engine (Bochs as WebAssembly) behind a small interface.  It can be run to an instant,
// read and given keys; snapshots.js and machine.js keep track of where it
// has been.  The numbers below are those of tools/live/engine/instrument/live.h.

import { CP437 } from './cp437.js';
import { Disk } from './disk.js';
import { keyNumber } from './keys.js';

export const PAGE = 4096;
export const TICKS_PER_SECOND = 50e6; // Bochs: `ips`

export const EVENTS = ['mode', 'control', 'interrupt', 'exception', 'iret', 'port', 'serial', 'owner', 'reset',
    'halt', 'smm', 'dead', 'wait', 'mark', 'bios', 'bios-return'];
const WATCH = { address: 1, store: 2, port: 4, event: 8, register: 16, text: 32, stack: 64, outside: 128 };
export const MODES = ['real16', 'prot16', 'prot32', 'long32', 'long64'];
const DEATHS = [null, 'triple fault', 'halted with interrupts disabled', 'powered off'];
export const ACCESS_KINDS = ['read', 'instruction', 'cpu', 'device', 'table'];
export const ACCESS_BYTES = 32;
const LOGS = { false: 0, stores: 1, true: 2 };

export const GENERAL = ['rax', 'rcx', 'rdx', 'rbx', 'rsp', 'rbp', 'rsi', 'rdi',
    'r8', 'r9', 'r10', 'r11', 'r12', 'r13', 'r14', 'r15'];
const SEGMENTS = ['es', 'cs', 'ss', 'ds', 'fs', 'gs', 'ldtr', 'tr'];
const NAMES = [...GENERAL, 'rip', 'rflags', 'cr0', 'cr2', 'cr3', 'cr4', 'cr8', 'efer', 'gdtr', 'gdtr.limit', 'idtr',
    'idtr.limit', ...SEGMENTS.flatMap((name) => [name, `${name}.base`, `${name}.limit`, `${name}.access`]),
    'dr0', 'dr1', 'dr2', 'dr3', 'dr6', 'dr7', 'a20', 'activity', 'ticks'];
const PLACE = new Map(NAMES.map((name, number) => [name, number]));

// The number of a register in the engine's list, or undefined
export const registerNumber = (name) => PLACE.get(name);
export const registerName = (number) => NAMES[number];

const MODELS = { true: 'corei7_sandy_bridge_2600k', false: 'p4_willamette' };
const OTHER = 5;              // the class of code in no range
const LARGEST_MEMORY = 256 << 20;
const TOP = 0xffffffff80000000n;
const END = 2 ** 32;          // no physical address of this PC is above it
// endsAtReset: run() throws ResetByGuest at a reset, after which counts may begin anew
export const DEFAULTS = { memory: 32, longMode: true, medium: 'disk', a20: 'on', endsAtReset: false };

function settings({ memory, longMode, medium }, size) {
    const drive = medium === 'floppy'
        ? `floppya: ${floppyType(size)}=/pc/image, status=inserted\nata0: enabled=0`
        : 'ata0-master: type=disk, path=/pc/image, mode=flat, cylinders=0, heads=0, spt=0';
    return `display_library: nogui
memory: guest=${memory}, host=${memory}
romimage: file=/pc/bios, options=fastboot
vgaromimage: file=/pc/vgabios
vga: extension=none, realtime=0
${drive}
ata1: enabled=0
boot: ${medium}
log: /pc/log
panic: action=report
error: action=ignore
info: action=ignore
debug: action=ignore
com1: enabled=1, mode=null
speaker: enabled=0
cpu: model=${MODELS[longMode]}, ips=${TICKS_PER_SECOND}, reset_on_triple_fault=0, ignore_bad_msrs=1
clock: sync=none, time0=1767225600
`;
}

// The drive that fits the image's size, and Bochs's name for the medium
function floppyType(size) {
    const types = [[163840, '160k'], [184320, '180k'], [327680, '320k'], [368640, '360k'], [737280, '720k'],
        [1228800, '1_2'], [1474560, '1_44'], [2949120, '2_88']];
    return (types.find(([bytes]) => size <= bytes) ?? types.at(-1))[1];
}

export class ResetByGuest extends Error {}

export class Pc {
    // engine: { create, module } - the glue's function and the compiled WebAssembly
    static async powerOn({ engine, roms, image, config = {} }) {
        const pc = new Pc();
        pc.config = { ...DEFAULTS, ...config };
        pc.messages = [];
        pc.executed = 0;        // instructions, those that were run again included
        const note = (line) => pc.messages.push(line) > 200 && pc.messages.shift();
        pc.m = await engine.create({
            print: note, printErr: note, noInitialRun: true,
            instantiateWasm(imports, done) {
                WebAssembly.instantiate(engine.module, imports).then((instance) => done(instance, engine.module));
                return {};
            },
        });
        const size = pc.config.medium === 'floppy' ? padded(image) : atLeastCylinder(image);
        pc.disk = new Disk(pc.m.FS, '/pc/image', size);
        pc.m.FS.writeFile('/pc/bios', roms.bios);
        pc.m.FS.writeFile('/pc/vgabios', roms.vgabios);
        pc.m.FS.writeFile('/pc/rc', settings(pc.config, size.length));
        pc.start();
        return pc;
    }

    start() {
        try {
            this.m.callMain(['-q', '-f', '/pc/rc']);
        } catch (stop) {
            if (stop !== 'unwind')
                throw new Error(`the PC cannot be set up: ${this.messages.slice(-3).join(' ') || stop}`);
        }
        this.ramPages = this.m._live_ram_pages();
        this.ramAt = this.m._live_ram();
        this.rest = this.words(this.m._live_rest(), this.m._live_rest_count()).slice();
        this.shadowAt = this.m._live_shadow();
    }

    words(at, length) { return new Uint32Array(this.m.HEAPU8.buffer, at, length); }
    get count() { return this.m._live_get_count(); }
    get ticks() { return this.m._live_get_ticks(); }
    get ram() { return this.m.HEAPU8.subarray(this.ramAt, this.ramAt + this.ramPages * PAGE); }

    // ---- running

    // Runs to an instant.  { count, reason: 'count' | 'hit' | 'full' | 'halt' | 'dead' }
    run(stop) {
        const from = this.count, count = this.m._live_run(stop);
        if (this.config.endsAtReset && this.hits && this.takeEvents().some(({ kind }) => kind === 'reset'))
            throw new ResetByGuest('the guest has reset the PC');
        this.executed += count - from;
        const reason = this.dead ? 'dead' : this.m._live_full() ? 'full'
            : this.stops && this.hits >= this.stops ? 'hit' : count >= stop ? 'count' : 'halt';
        return { count, reason };
    }

    get dead() { return DEATHS[this.m._live_get_death()]; }
    // A run ends where the CPU is halted and the guest's clock has got so far, or later
    pauseHalted(ticks = Number.MAX_SAFE_INTEGER) { this.m._live_pause_halted(ticks); }
    // accesses: false, 'stores' or true (all)
    log(accesses, ports = false) { this.m._live_log(LOGS[accesses], ports ? 1 : 0); }

    // condition: { address: [linear...], above: rsp, outside: [[from, to]...], store: [from, to], port,
    // events: [kinds], register, text: bytes }; all conditions on the place must be true together
    watch(condition, stops = true, skip = 0) {
        const { m } = this;
        let what = 0;
        const set = (name, value, tell) => {
            if (value === undefined)
                return;
            what |= WATCH[name];
            tell(value);
        };
        m._live_watch_no_address();
        set('address', condition?.address, (list) => list.forEach((linear) => m._live_watch_address(...halves(linear))));
        set('stack', condition?.above, (rsp) => m._live_watch_stack(...halves(rsp)));
        set('outside', condition?.outside, (list) => list.forEach(([from, to]) =>
            m._live_watch_outside(...halves(from), ...halves(to))));
        set('store', condition?.store, ([from, to]) => m._live_watch_store(from, to));
        set('port', condition?.port, (port) => m._live_watch_port(port));
        set('event', condition?.events, (kinds) =>
            m._live_watch_events(kinds.reduce((mask, kind) => mask | 1 << EVENTS.indexOf(kind), 0)));
        set('register', condition?.register, (name) => m._live_watch_register(registerNumber(name)));
        set('text', condition?.text, (bytes) => m.HEAPU8.set(bytes, m._live_watch_text(bytes.length)));
        this.stops = what !== 0 && stops ? skip + 1 : 0;
        if (this.config.endsAtReset && stops && !skip && condition?.events === undefined)
            set('event', 1 << EVENTS.indexOf('reset'), (mask) => m._live_watch_events(mask));
        m._live_watch(what, stops ? 1 : 0, skip);
    }

    get hits() { return this.m._live_hits(); }
    get lastHit() { return this.hits ? this.m._live_last_hit() : null; }

    // ---- the events since the logs were cleared

    takeEvents() {
        const number = this.m._live_event_count();
        const at = this.m._live_events();
        const view = new DataView(this.m.HEAPU8.buffer, at, number * 32);
        const events = [];
        for (let i = 0; i < number; i++) {
            const word = (n) => view.getUint32(i * 32 + 8 + 4 * n, true);
            events.push(event(view.getFloat64(i * 32, true), word(0), [1, 2, 3, 4, 5].map(word)));
        }
        return events;
    }

    takeRawAccesses() {
        const at = this.m._live_accesses();
        return this.m.HEAPU8.slice(at, at + this.m._live_access_count() * ACCESS_BYTES);
    }

    takeAccesses() {
        const view = new DataView(this.takeRawAccesses().buffer);
        return Array.from({ length: view.byteLength / ACCESS_BYTES }, (_, i) => ({
            count: view.getFloat64(i * ACCESS_BYTES, true), address: view.getUint32(i * ACCESS_BYTES + 8, true),
            length: view.getUint16(i * ACCESS_BYTES + 12, true), kind: ACCESS_KINDS[view.getUint16(i * ACCESS_BYTES + 14, true)],
        }));
    }

    clearLogs() { this.m._live_clear_logs(); }

    // ---- an instant

    state() {
        const r = new BigUint64Array(this.m.HEAPU8.buffer, this.m._live_state(), NAMES.length).slice();
        const of = (name) => r[PLACE.get(name)];
        const registers = Object.fromEntries(GENERAL.map((name) => [name, of(name)]));
        const segments = Object.fromEntries(SEGMENTS.map((name) => [name, {
            selector: Number(of(name)), base: of(`${name}.base`), limit: Number(of(`${name}.limit`)),
            access: of(`${name}.access`) & 0xffffn, valid: (of(`${name}.access`) >> 16n) === 1n,
        }]));
        const mode = MODES[this.m._live_get_mode()];
        const base = mode === 'long64' ? 0n : segments.cs.base;
        const activity = Number(of('activity'));
        return {
            count: this.count, rip: of('rip'), linear: base + of('rip'), mode, registers, rflags: of('rflags'),
            cr0: of('cr0'), cr2: of('cr2'), cr3: of('cr3'), cr4: of('cr4'), cr8: of('cr8'), efer: of('efer'), segments,
            gdtr: { base: of('gdtr'), limit: Number(of('gdtr.limit')) },
            idtr: { base: of('idtr'), limit: Number(of('idtr.limit')) },
            dr: ['dr0', 'dr1', 'dr2', 'dr3', 'dr6', 'dr7'].map(of), ticks: Number(of('ticks')),
            a20: of('a20') === 1n, halted: activity !== 0, interrupts: (of('rflags') >> 9n & 1n) === 1n, dead: this.dead,
        };
    }

    register(name) { return new BigUint64Array(this.m.HEAPU8.buffer, this.m._live_state(), NAMES.length)[PLACE.get(name)]; }

    read(address, length) {
        const bytes = new Uint8Array(length);
        for (let done = 0; done < length; done += PAGE) {
            const part = Math.min(PAGE, length - done);
            const from = this.m._live_read(address + done, part);
            bytes.set(this.m.HEAPU8.subarray(from, from + part), done);
        }
        return bytes;
    }

    translate(linear) {
        const physical = this.m._live_translate(...halves(linear));
        return physical < 0 ? null : physical;
    }

    instruction(linear = this.state().linear) {
        const physical = this.translate(linear);    // without paging the engine takes any address for a physical one
        const length = physical === null || physical >= END ? 0 : this.m._live_disassemble(...halves(linear));
        const bytesAt = this.m._live_bytes();
        const text = this.m.UTF8ToString(this.m._live_text());
        return { address: linear, length, text: length ? text : '', bytes: this.m.HEAPU8.slice(bytesAt, bytesAt + length) };
    }

    cells() { return new Uint16Array(this.m.HEAPU8.buffer, this.m._live_screen(), 2000).slice(); }

    screen() {
        const cells = this.cells();
        return Array.from({ length: 25 }, (_, row) =>
            Array.from(cells.subarray(row * 80, row * 80 + 80), (cell) => CP437[cell & 255]).join(''));
    }

    cursor() {
        const register = (number) => this.m._live_crtc(number);
        const cell = (register(14) << 8 | register(15)) - this.m._live_screen_start();
        const off = (register(10) & 0x20) !== 0 || (register(10) & 31) > (register(11) & 31);
        return { row: Math.floor(cell / 80), column: cell % 80, visible: !off && cell >= 0 && cell < 2000,
            from: register(10) & 31, to: register(11) & 31 };
    }

    get textMode() { return this.m._live_text_mode() === 1; }
    get screenStart() { return this.m._live_screen_start(); }

    // ---- changes to the machine

    key(code, down) { this.m._live_key(keyNumber(code), down ? 1 : 0); }
    setA20(on) { this.m._live_set_a20(on ? 1 : 0); }
    setRegister(name, value) { this.m._live_set_register(registerNumber(name), ...halves(value)); }
    write(address, byte) { this.m._live_write(address, byte); }

    // ranges: [[from, to, class]...] of linear addresses, near 0 or in the top 2 GiB; all else is OTHER
    setOwners(ranges) {
        const pages = LARGEST_MEMORY / PAGE;
        const owners = this.m.HEAPU8.subarray(this.m._live_owners(), this.m._live_owners() + 2 * pages);
        owners.fill(OTHER);
        for (const [from, to, number] of ranges) {
            const page = (linear) => {
                const high = BigInt(linear) - TOP;
                return high >= 0n ? pages + Number(high / BigInt(PAGE)) : Number(BigInt(linear) / BigInt(PAGE));
            };
            owners.fill(number, page(from), page(BigInt(to) - 1n) + 1);
        }
    }

    setMarks(marks) {
        this.m._live_no_marks();
        marks.forEach(({ address }) => this.m._live_mark(...halves(address)));
    }
}

const halves = (value) => [Number(BigInt(value) & 0xffffffffn), Number(BigInt(value) >> 32n & 0xffffffffn)];
const join = (low, high) => BigInt(high) << 32n | BigInt(low);

function event(count, kind, [a, b, c, d, e]) {
    const name = EVENTS[kind];
    switch (name) {
    case 'mode': return { count, kind: name, from: MODES[a], to: MODES[b] };
    case 'control': return { count, kind: name, register: NAMES[a], from: join(b, d), to: join(c, e) };
    case 'bios':
    case 'bios-return': return { count, kind: name, ...bios([a, b, c, d, e]) };
    case 'interrupt': return { count, kind: name, vector: a, hardware: b === 1 };
    case 'exception': return { count, kind: name, vector: a, error: c ? b : null, rip: join(d, e) };
    case 'mark': return { count, kind: name, address: join(a, b), rdi: c, stack: [d] };
    case 'port': return { count, kind: name, port: a, size: b, value: c, out: d === 1 };
    case 'serial': return { count, kind: name, byte: a };
    case 'owner': return { count: count - 1, kind: name, owner: a };
    case 'smm': return { count, kind: name, on: a === 1 };
    case 'dead': return { count, kind: name, reason: DEATHS[a] };
    case 'reset': return { count, kind: name, hardware: a === 11 };
    default: return { count, kind: name };
    }
}

// The 16-bit registers of a BIOS call, at its beginning or at its end
function bios(words) {
    const [low, high] = [words.map((word) => word & 0xffff), words.map((word) => word >>> 16)];
    return { vector: words[0] & 255, cf: words[0] >> 8 & 1, bp: high[0], ax: low[1], bx: high[1], cx: low[2], dx: high[2],
        si: low[3], di: high[3], es: low[4], ds: high[4] };
}

// Bochs counts a disk in cylinders of 16 heads and 63 sectors: a boot sector alone would have none.
function atLeastCylinder(image) {
    const cylinder = 16 * 63 * 512;
    if (image.length >= cylinder)
        return image;
    const whole = new Uint8Array(cylinder);
    whole.set(image);
    return whole;
}

// A floppy drive reads whole tracks, so a shorter image becomes a medium with a blank end.
function padded(image) {
    const sizes = [163840, 184320, 327680, 368640, 737280, 1228800, 1474560, 2949120];
    const size = sizes.find((bytes) => image.length <= bytes);
    if (!size || size === image.length)
        return image;
    const whole = new Uint8Array(size);
    whole.set(image);
    return whole;
}
