// The machine that goes anywhere: forwards by running, backwards by the nearest snapshot and
// running again.  What was typed or changed is repeated at its instant, so the same
// instant is always the same machine.  Scripts reach it as window.machine (docs/live.md).

import { Pc, DEFAULTS, TICKS_PER_SECOND } from './pc.js';
import { Snapshots } from './snapshots.js';
import { Stores } from './stores.js';
import { Timeline } from './timeline.js';
import { keyNumber, strokes } from './keys.js';
import { engineCondition, find, passes } from './find.js';
import { writer } from './writer.js';
import { Run } from './pace.js';

const SPACING = 200000;    // instructions between two snapshots
const NEAR = 4000;         // a snapshot this close before the current instant keeps steps back short
const SLICE = 15;          // milliseconds before the page can draw
const KEY_GAP = 20000;     // instructions between two keys of type()
const MBR = 0x7c00n;

// Who runs, by the linear page of the code: 1 BIOS, 2 boot sector, 3 loader, 4 kernel; 5 is everything else.
export const RANGES = [[0xc0000n, 0x100000n, 1], [0x7000n, 0x8000n, 2]];

const breath = () => new Promise((resolve) => setTimeout(resolve));

// module: the engine's code, if it is compiled already
export async function createMachine({ create, wasm, module, roms, image, config, symbols, marks = [], ranges = RANGES }) {
    const engine = { create, module: module ?? await WebAssembly.compile(wasm) };
    const machine = new Machine({ engine, roms, image, symbols, marks, ranges });
    await machine.power(config);
    return machine;
}

export class Machine {
    constructor(parts) {
        Object.assign(this, parts);
        this.listeners = new Map();
        this.queue = Promise.resolve();
    }

    // One operation at a time; a run gives way to the next one.
    exclusive(operation) {
        this.pause();
        const result = this.queue.then(operation);
        this.queue = result.catch(() => {});
        return result;
    }

    on(name, listener) { this.listeners.set(name, [...this.listeners.get(name) ?? [], listener]); }
    emit(name, what) { (this.listeners.get(name) ?? []).forEach((listener) => listener(what)); }

    // ---- on and off

    power(config = {}) {
        return this.exclusive(async () => {
            this.config = { ...DEFAULTS, ...this.config, ...config };
            this.pc = await Pc.powerOn({ engine: this.engine, roms: this.roms, image: this.image, config: this.config });
            this.pc.setOwners(this.ranges);
            this.pc.setMarks(this.marks);
            this.timeline = new Timeline();
            this.applied = 0;
            this.last = { count: 0, before: null, instruction: null, accesses: [], events: [] };
            this.stores = new Stores();
            this.snapshots = new Snapshots(this.pc);
            this.snapshots.take({ applied: 0 });
            if (this.config.a20 === 'off')
                await this.closeA20();
            this.emit('change');
        });
    }

    // BIOSes open A20 themselves: a PC where it is off at the start closes it at the MBR's first instruction.
    async closeA20() {
        const [reason] = await this.forward(1e8, { address: [MBR] });
        if (reason === 'hit')
            this.addInput({ kind: 'a20', on: false });
        await this.travel(0);
    }

    // Other names are loaded: marks and owners of code are found anew, from the start
    async configure({ marks = this.marks, ranges = this.ranges }) {
        Object.assign(this, { marks, ranges });
        await this.power();
    }

    async insert(image) {
        this.image = image;
        await this.power();
    }

    get count() { return this.pc.count; }
    get end() { return this.timeline.end; }
    get executed() { return this.pc.executed; }
    get dead() { return this.pc.dead; }

    // ---- input for the machine

    // After an instant at which something else is done, the run is a new branch.  Keys of the same
    // visit belong together: `fresh` is the instant at which they were pressed.
    addInput(input) {
        const { timeline, count } = this;
        if (this.fresh !== count && (count < timeline.end || this.applied < timeline.inputs.length)) {
            timeline.truncate(count, this.applied);
            this.snapshots.truncate(count);
            this.stores.clear();
        }
        timeline.inputs.push({ ...input, count });
        this.fresh = count;
        this.arrive();
    }

    // A key of this instant is pressed when the machine continues; any other change shows at once.
    arrive() { this.applyInputs(({ kind }) => kind !== 'key'); }

    applyInputs(wanted) {
        const { inputs } = this.timeline;
        while (this.applied < inputs.length && inputs[this.applied].count <= this.count && wanted(inputs[this.applied]))
            this.apply(inputs[this.applied++]);
    }

    apply({ kind, code, down, on, register, address, value, bytes }) {
        if (kind === 'key')
            this.pc.key(code, down);
        else if (kind === 'a20')
            this.pc.setA20(on);
        else if (register)
            this.pc.setRegister(register, value);
        else
            bytes.forEach((byte, i) => this.pc.write(address + i, byte));
    }

    // Between two slices of a run, so that a key does not stop it
    key(code, down) {
        if (keyNumber(code) === undefined)
            return;
        if (this.running)
            this.running.input({ kind: 'key', code, down });
        else
            this.addInput({ kind: 'key', code, down });
    }

    async type(text) {
        for (const character of text)
            for (const [code, down] of strokes(character) ?? []) {
                this.key(code, down);
                await this.pass(KEY_GAP);
            }
    }

    // Waits for this many instructions, whoever runs the machine
    async pass(instructions) {
        if (!this.running)
            return this.goto(this.count + instructions);
        const until = this.count + instructions;
        while (this.running && this.count < until && !this.dead)
            await breath();
    }

    // bytes, or a value of so many
    poke({ register, address, value, length = 1, bytes = littleEndian(value, length) }) {
        return this.exclusive(() => {
            const what = register ? `${register} = ${hex(value)}` : `${bytes.length === 1 ? 'byte' : `${bytes.length} bytes at`} ${hex(address)}`
                + (value === undefined ? '' : ` = ${hex(value)}`);
            const { snapshots } = this;
            this.timeline = this.timeline.fork(this.count, this.applied, what);
            this.timeline.branch.snapshots = snapshots.list.slice();
            this.stores.clear();
            snapshots.list = snapshots.list.filter(({ count }) => count <= this.count);
            this.addInput({ kind: 'poke', register, address, value, bytes });
            this.emit('branch', this.branch);
            this.emit('change');
        });
    }

    get branch() {
        const { branch } = this.timeline;
        return branch && { from: branch.from, what: branch.what };
    }

    leaveBranch() {
        const { parent, snapshots } = this.timeline.branch;
        this.timeline = parent;
        this.last.count = -1;
        this.snapshots.list = snapshots;
        this.snapshots.recount();
        this.stores.clear();
        this.emit('branch', this.branch);
    }

    // ---- travelling

    // Runs on to an instant, or until a condition is true.  [reason]
    async forward(target, condition = null, stops = true, skip = 0) {
        const { pc, timeline, snapshots } = this;
        let started = performance.now();
        pc.watch(condition, stops, skip);
        try {
            for (;;) {
                const { count } = pc;
                if (count >= target || this.cancelled)
                    return ['count'];
                this.applyInputs(() => true);
                this.fresh = null;
                const recording = count >= timeline.end;
                const { reason } = pc.run(this.nextStop(target, count, recording));
                this.drain(recording);
                if (reason === 'hit' || reason === 'dead' || reason === 'halt')
                    return [reason];
                if (performance.now() - started > SLICE && this.breathing) {
                    await breath();
                    started = performance.now();
                }
            }
        } finally {
            [this.hits, this.hit] = [pc.hits, pc.lastHit];
            pc.watch(null);
            this.arrive();
            if (pc.count - snapshots.list[snapshots.before(pc.count)].count >= SPACING)
                this.takeSnapshot();
        }
    }

    nextStop(target, count, recording) {
        const { timeline, snapshots } = this;
        const input = timeline.inputs[this.applied]?.count ?? Infinity; // those of this instant are applied
        const limit = recording ? snapshots.list.at(-1).count + SPACING : timeline.end;
        return Math.min(target, input, Math.max(limit, count + 1));
    }

    takeSnapshot() { this.snapshots.take({ applied: this.applied }); }

    drain(recording) {
        const { pc, timeline, snapshots } = this;
        if (recording) {
            timeline.end = pc.count;
            timeline.record(pc.takeEvents());
            if (pc.count - snapshots.list.at(-1).count >= SPACING)
                this.takeSnapshot();
        }
        this.keep?.();
        pc.clearLogs();
    }

    // Back to a snapshot at or before an instant
    rewind(count) {
        const snapshot = this.snapshots.list[this.snapshots.before(count)];
        this.snapshots.restore(snapshot);
        this.applied = snapshot.applied;
        this.fresh = null;
        this.pc.clearLogs();
        this.arrive();
    }

    // The shortest way to an instant.  Makes a snapshot near it, and logs its last accesses.
    async travel(count) {
        if (count === this.count && this.last.count === count)
            return;
        const nearest = () => this.snapshots.list[this.snapshots.before(count)].count;
        if (count <= this.count || nearest() > this.count)
            this.rewind(Math.max(0, count - 1));
        if (count - this.count > 4 * NEAR && count <= this.end) {
            await this.forward(count - NEAR);
            this.takeSnapshot();
        }
        if (count > this.count) {
            await this.forward(count - 1);
            await this.lastStep(count);
        }
    }

    // Runs one instruction and logs everything about it
    async lastStep(count) {
        const before = this.pc.state(), instruction = this.pc.instruction(before.linear);
        let accesses = [], events = [];
        this.keep = () => {     // a reset writes all of the screen's memory in one instruction
            accesses = accesses.concat(this.pc.takeAccesses());
            events = events.concat(this.pc.takeEvents());
        };
        this.pc.log(true, true);
        await this.forward(count);
        this.pc.log(false);
        this.keep = null;
        this.last = { count: this.count, before, instruction, accesses, events };
    }

    goto(count) {
        return this.exclusive(async () => {
            while (this.timeline.branch && count < this.timeline.branch.from)
                this.leaveBranch();
            await this.travel(Math.max(0, Math.round(count)));
            this.emit('change');
            if (this.dead)
                this.emit('dead', this.death());
        });
    }

    // Runs on to an instant at most: until a condition is true, or until the CPU waits in HLT and so many seconds
    // of the guest's time have passed.  Whether the condition is true
    advance(count, { until = null, seconds = Infinity } = {}) {
        return this.exclusive(async () => {
            const { pc } = this;
            pc.pauseHalted(Math.min(pc.ticks + seconds * TICKS_PER_SECOND, Number.MAX_SAFE_INTEGER));
            try {
                const [reason] = await this.forward(count, until && engineCondition(until));
                return reason === 'hit';
            } finally {
                pc.pauseHalted();
                this.emit('change');
            }
        });
    }

    step(number = 1) { return this.goto(this.count + number); }
    stepBack(number = 1) { return this.goto(this.count - number); }

    find(condition, direction = 1, limit) { return this.search(() => find(this, condition, direction, limit)); }
    passes(rip, from, to) { return this.search(() => passes(this, { rip }, from, to)); }

    // A long search lets the page draw; cancel() ends it.
    search(operation) {
        return this.exclusive(async () => {
            this.cancelled = false;
            this.breathing = true;
            try {
                return await operation();
            } finally {
                this.cancelled = this.breathing = false;
            }
        });
    }

    // A search without a result leaves the run as long as it was, however far it went
    shorten(end) {
        if (end < this.end && !this.dead) {
            this.timeline.shorten(end);
            this.snapshots.truncate(end);
            this.stores.clear();
        }
    }

    cancel() { this.cancelled = this.breathing; }

    writer(what, at) { return this.exclusive(() => writer(this, what, at)); }

    // ---- running in time

    run(options = {}) {
        const run = new Run(this, options);
        const end = this.exclusive(() => run.perform());
        this.running = run; // from now on, so that keys which follow at once are its own
        return end;
    }

    pause() { this.running?.stop(); }

    // ---- reading

    state() { return { ...this.pc.state(), dead: this.death() }; }
    read(address, length) { return this.pc.read(address, length); }
    translate(linear) { return this.pc.translate(linear); }
    instruction(linear) { return this.pc.instruction(linear); }
    screen() { return this.pc.screen(); }
    cells() { return this.pc.cells(); }
    cursor() { return this.pc.cursor(); }
    serial() { return this.timeline.serialText(this.count); }
    events(from, to) { return this.timeline.between(from, to); }
    sentence() { return ''; }

    owners(from, to, buckets) { return this.timeline.owners(from, to, buckets); }

    // Why the machine is dead, with the exceptions of its last instant
    death() {
        const reason = this.dead;
        return reason && { reason, chain: this.events(this.count - 1, this.count).filter(({ kind }) => kind === 'exception') };
    }

    // The state before the last executed instruction, that instruction as the CPU's mode had it decoded then,
    // its events, and what it read and wrote: known after goto() and step(), not in the middle of a run
    before() { return this.last.count === this.count ? this.last.before : null; }
    lastInstruction() { return this.last.count === this.count ? this.last.instruction : null; }
    lastEvents() { return this.last.count === this.count ? this.last.events : this.events(this.count - 1, this.count); }

    lastAccesses() {
        const all = this.last.count === this.count ? this.last.accesses : [];
        const of = (wanted) => all.filter(({ kind }) => (kind === 'read') === wanted)
            .map(({ address, length }) => [address, length]);
        return { reads: of(true), writes: of(false) };
    }

    async accesses() {
        if (this.last.count !== this.count)
            await this.goto(this.count);
        return this.lastAccesses();
    }
}

const littleEndian = (value = 0, length) => Array.from({ length }, (_, i) => Number(BigInt(value) >> BigInt(8 * i) & 0xffn));
const hex = (value) => `${BigInt(value).toString(16).toUpperCase()}h`;
