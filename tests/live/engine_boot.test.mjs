// The engine boots Firstlight from the reset vector to the prompt, and answers to keys.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { ROOT, newMachine } from './live_machine.mjs';

const machine = await newMachine({ marks: [{ address: 0x7c00n }] });

test('the files of the engine are the ones that were built', () => {
    const folder = `${ROOT}tools/live/engine/built/`;
    const lines = readFileSync(`${folder}SHA256SUMS`, 'utf8').trim().split('\n').map((line) => line.split('  '));
    assert.deepEqual(lines.map(([, name]) => name), ['engine.js', 'engine.wasm', 'bios.bin', 'vgabios.bin']);
    for (const [sum, name] of lines)
        assert.equal(createHash('sha256').update(readFileSync(folder + name)).digest('hex'), sum, name);
});

test('it starts at the reset vector in real mode', () => {
    const state = machine.state();
    assert.equal(state.count, 0);
    assert.equal(state.linear, 0xfffffff0n);
    assert.equal(state.mode, 'real16');
    assert.match(machine.instruction().text, /^jmpf 0xf000:/);
});

test('the BIOS reads the MBR and jumps to it', async () => {
    const count = await machine.find({ rip: 0x7c00n });
    await machine.goto(count);
    assert.equal(machine.state().linear, 0x7c00n);
    assert.deepEqual([...machine.read(0x7dfe, 2)], [0x55, 0xaa]);
    const marks = machine.events(0, count).filter(({ kind }) => kind === 'mark');
    assert.deepEqual(marks.map((mark) => mark.count), [count]);
});

test('the boot ends at the prompt in long mode', async () => {
    await machine.goto(await machine.find({ screen: 'Hello, World!' }));
    await machine.goto(await machine.find({ screen: '> ' }) + 1000);
    assert.equal(machine.state().mode, 'long64');
    assert.match(machine.serial(), /Hello, World!/);
    assert.ok(machine.screen().some((row) => row.startsWith('> ')));
});

test('a command that is typed is answered', async () => {
    await machine.type('echo by key 7 + "quotes"\n');
    await machine.goto(machine.count + 400000);
    assert.ok(machine.screen().some((row) => row.startsWith('by key 7 + quotes')), machine.screen().join('\n'));
});
