// At 300 random instants in every mode, reached forwards, backwards and by jump in random order,
// registers, the whole memory and the screen are those of a fresh run to that count.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import test from 'node:test';
import { freshPc, newMachine, numbers, runTo, text } from './live_machine.mjs';

const INSTANTS = 300;
const BLOCK = 65536;

// Hashes of RAM by blocks; only those that differ from the last look are hashed again.
class Memory {
    constructor() { this.seen = null; }

    digest(ram) {
        if (!this.seen) {
            this.seen = Buffer.alloc(ram.length);
            this.hashes = Array.from({ length: ram.length / BLOCK }, () => null);
        }
        for (let i = 0; i < this.hashes.length; i++) {
            const now = Buffer.from(ram.buffer, ram.byteOffset + i * BLOCK, BLOCK), old = this.seen.subarray(i * BLOCK, (i + 1) * BLOCK);
            if (this.hashes[i] === null || now.compare(old)) {
                now.copy(old);
                this.hashes[i] = createHash('sha1').update(now).digest('base64');
            }
        }
        return createHash('sha1').update(this.hashes.join()).digest('hex');
    }
}

const look = (pc, memory) => ({ state: text({ ...pc.state(), dead: null }), ram: memory.digest(pc.ram), screen: pc.screen().join('\n') });

const machine = await newMachine();
await machine.goto(await machine.find({ screen: 'Hello, World!' }) + 20000);
await machine.type('mem\n');
await machine.goto(machine.count + 200000);
const { end } = machine;

// Random ones over the whole run, and in each stretch of each mode
function instants(random) {
    const chosen = new Set([0, 1, end]);
    const changes = machine.events(0, end).filter(({ kind }) => kind === 'mode');
    changes.forEach(({ count }, place) => {
        const next = changes[place + 1]?.count ?? end;
        chosen.add(count).add(count + random(next - count));
    });
    while (chosen.size < INSTANTS)
        chosen.add(random(end));
    return [...chosen].sort((a, b) => a - b);
}

const random = numbers(20261127);
const list = instants(random);
const expected = new Map();

test('the instants are in every mode', async () => {
    const pc = await freshPc(), memory = new Memory(), modes = new Set();
    const { inputs } = machine.timeline;
    let next = 0;
    for (const count of list) {
        for (; next < inputs.length && inputs[next].count <= count; next++) {
            runTo(pc, inputs[next].count);
            pc.key(inputs[next].code, inputs[next].down);
        }
        runTo(pc, count);
        assert.equal(pc.count, count);
        expected.set(count, look(pc, memory));
        modes.add(pc.state().mode);
    }
    assert.deepEqual([...modes].sort(), ['long32', 'long64', 'prot16', 'prot32', 'real16']);
    assert.ok(list.length >= INSTANTS);
});

async function holds(order) {
    const memory = new Memory();
    for (const count of order) {
        await machine.goto(count);
        assert.equal(machine.count, count);
        assert.deepEqual(look(machine.pc, memory), expected.get(count), `at ${count}`);
    }
}

test('forwards they are those of the fresh run', () => holds(list));
test('backwards they are those of the fresh run', () => holds([...list].reverse()));

test('by jumps in random order they are those of the fresh run', () => {
    const order = [...list];
    for (let i = order.length - 1; i > 0; i--) {
        const other = random(i + 1);
        [order[i], order[other]] = [order[other], order[i]];
    }
    return holds(order);
});

test('steps back and forth come to the same instant', async () => {
    const memory = new Memory();
    for (const count of list.filter((_, i) => i % 10 === 5)) {
        await machine.goto(count);
        await machine.stepBack(1 + random(3));
        await machine.step(count - machine.count);
        assert.deepEqual(look(machine.pc, memory), expected.get(count), `at ${count}`);
    }
});
