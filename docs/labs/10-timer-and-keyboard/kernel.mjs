// Runs lab 10's kernel: what its calls of the student's functions did, the ticks, and what came of each key.

import { groups } from './typing.mjs';
import { bytesAt, deathInWords, hex } from '../../../tools/labs/watch.mjs';

const KERNEL = 0xffffffff80100000n;     // where Firstlight's loader starts the kernel
const place = (distance) => KERNEL + distance;         // of entry.asm
const [CALL, RETURN, WAIT, TICK, TICK_RETURN, KEY, KEY_RETURN, SPURIOUS, SPURIOUS_RETURN]
    = [0x20n, 0x40n, 0x60n, 0x80n, 0xa0n, 0xc0n, 0xe0n, 0x100n, 0x120n].map(place);
const CALLS = ['setup', 'keyboard', 'count', 'next', 'lost'];      // enum call of carrier.c
const BOOT_LIMIT = 60e6;                // instructions: to the kernel
const CALL_LIMIT = 20000;               // of one call, each of which is looked at
const LIMIT = 400000;                   // between two looks at a kernel that never waits
const TICKS_PER_SECOND = 50e6;
export const WATCHED = 0.1;             // seconds of the guest's in which ticks are counted
const STROKE = 0.005;                   // and after each key
const VECTORS = { timer: 0x20, keyboard: 0x21 };

export async function observe(machine, random) {
    const mbr = machine.count;
    const entry = await machine.find({ rip: KERNEL }, +1, mbr + BOOT_LIMIT);
    await machine.goto(entry ?? mbr + BOOT_LIMIT);
    const facts = { reached: entry !== null, screen: machine.screen(), setups: [], groups: {} };
    if (facts.reached && await setUp(machine, facts))
        await ticksAndKeys(machine, facts, random);
    return facts;
}

// ---- what is seen

// Goes to a place, if the machine comes there
const goesTo = (machine, rip, seconds = WATCHED) => machine.advance(machine.count + LIMIT, { until: { rip }, seconds });

// From a call's first instruction to where it has come back: the ports that it used
async function traced(machine, end) {
    const ports = [];
    for (let steps = 0; steps < CALL_LIMIT; steps++) {
        await machine.step();
        ports.push(...machine.lastEvents().filter(({ kind }) => kind === 'port'));
        const { linear, dead, interrupts } = machine.state();
        if (linear === end)
            return { ports, returned: true, interrupts };
        if (dead)
            break;
    }
    return { ports, returned: false, words: whereItIs(machine) };
}

function whereItIs(machine) {
    const { linear, dead } = machine.state();
    const { path, line } = machine.symbols?.find(linear) ?? {};
    return dead ? `The machine died: ${deathInWords(machine, { died: dead })}.`
        : `The CPU is at ${hex(linear)}${path ? ` (${path}:${line})` : ''}.`;
}

// The calls before the kernel waits for interrupts.  Whether all of them came back
async function setUp(machine, facts) {
    machine.key('F1', true);            // somebody types while the PC boots
    for (const name of ['timer_setup', 'timer_setup', 'keyboard_setup']) {
        if (!await goesTo(machine, CALL))
            return false;
        const hz = Number(machine.state().registers.rsi);
        facts.setups.push({ name, hz, ...await traced(machine, RETURN) });
        if (!facts.setups.at(-1).returned)
            return false;
    }
    if (!await goesTo(machine, SPURIOUS))
        return false;
    facts.spurious = await traced(machine, SPURIOUS_RETURN);
    return facts.spurious.returned && goesTo(machine, WAIT);
}

async function ticksAndKeys(machine, facts, random) {
    const typist = new Typist(machine, facts);
    await typist.watch(WATCHED);
    facts.first = typist.ticks();
    for (const [name, strokes] of Object.entries(groups(random))) {
        facts.groups[name] = [];
        for (const stroke of strokes)
            if (!typist.isStuck)
                facts.groups[name].push(await typist.press(stroke));
    }
    await typist.watch(WATCHED);
    facts.last = typist.ticks();
}

// Types, and collects what the kernel fetches
class Typist {
    constructor(machine, facts) {
        const { registers: { rdi }, ticks } = machine.state();
        Object.assign(this, { machine, facts, carrier: machine.translate(rdi), from: machine.count, begun: ticks, isStuck: false, lost: 0, counted: 0 });
    }

    // Lets guest time pass.  { interrupts: of line 1, characters }
    async watch(seconds) {
        const { machine } = this, until = machine.state().ticks + seconds * TICKS_PER_SECOND, limit = machine.count + LIMIT;
        const seen = { interrupts: 0, characters: [] };
        const left = () => Math.max(until - machine.state().ticks, 0) / TICKS_PER_SECOND;
        while (await machine.advance(limit, { until: { rip: [TICK, KEY, RETURN] }, seconds: left() }))
            await this.look(seen);
        if (machine.count >= limit || machine.state().dead) {
            this.isStuck = true;
            this.facts.stuck ??= whereItIs(machine);
        }
        return seen;
    }

    async look(seen) {
        const { machine, facts } = this, { linear, registers: { rax, rsp } } = machine.state();
        if (linear === RETURN)
            this.returned(CALLS[bytesAt(machine, rsp, 1)?.[0]], Number(BigInt.asIntN(32, rax)), seen);
        else if (linear === KEY)
            seen.interrupts++;
        if (linear === TICK)
            facts.tick ??= await traced(machine, TICK_RETURN);
        else if (linear === KEY)
            facts.key ??= await traced(machine, KEY_RETURN);
    }

    returned(call, value, seen) {
        if (call === 'count')
            this.counted = value;
        else if (call === 'lost')
            this.lost = value;
        else if (call === 'next' && value !== -1)
            seen.characters.push(value);
    }

    async press(stroke) {
        const { code, down: isDown, fetches } = stroke;
        if (fetches !== undefined)
            await this.machine.poke({ address: this.carrier, value: fetches, length: 4 });
        this.machine.key(code, isDown);
        const seen = await this.watch(STROKE);
        this.isStuck ||= seen.interrupts === 0;
        return { ...stroke, lost: this.lost, ...seen };
    }

    // The interrupts so far, and the ticks that the student's function has counted
    ticks() {
        const { machine, from, begun, counted } = this;
        const interrupts = machine.events(from, machine.count).filter(({ kind, hardware }) => kind === 'interrupt' && hardware);
        return { seconds: (machine.state().ticks - begun) / TICKS_PER_SECOND, counted,
            number: interrupts.filter(({ vector }) => vector === VECTORS.timer).length,
            other: interrupts.find(({ vector }) => !Object.values(VECTORS).includes(vector)) ?? null };
    }
}
