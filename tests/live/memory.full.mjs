// What the page's machine takes of the host's memory: little with the largest image, and no more
// after an idle hour than after an idle half hour.

import assert from 'node:assert/strict';
import test from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { TICKS_PER_SECOND } from '../../tools/live/page/pc.js';
import { disk, newMachine } from './live_machine.mjs';

const MIB = 1 << 20;
const LARGEST_IMAGE = 64 * MIB, MOST = 400e6, LEAK = 8 * MIB;
const STEP = 1e6; // instructions

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc');

// Bytes of JavaScript and of WebAssembly, after a garbage collection
function taken(machine) {
    collect();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return { script: heapUsed + arrayBuffers, engine: machine.pc.m.HEAPU8.length, snapshots: machine.snapshots.bytes };
}

async function atPrompt(image) {
    const machine = await newMachine({ image });
    await machine.goto(await machine.find({ screen: 'Hello, World!' }) + 30000);
    return machine;
}

async function idle(machine, seconds) {
    const until = machine.pc.ticks + seconds * TICKS_PER_SECOND;
    while (machine.pc.ticks < until)
        await machine.goto(machine.count + STEP);
}

test('with an image of 64 MiB and as many snapshots as are kept, it takes less than 400 MB', async () => {
    const image = new Uint8Array(LARGEST_IMAGE);
    image.set(disk());
    const machine = await atPrompt(image);
    await machine.type('mem\n');
    await machine.goto(machine.count + 1e6);
    const { script, engine, snapshots } = taken(machine);
    const most = script - snapshots + machine.snapshots.mostBytes + engine;
    console.log(`${Math.round((script + engine) / 1e6)} MB after the boot, at most ${Math.round(most / 1e6)} MB`);
    assert.ok(script > LARGEST_IMAGE, 'the image is counted');
    assert.ok(most < MOST, `${most} bytes`);
});

test('an idle prompt leaks nothing', async () => {
    const machine = await atPrompt(disk());
    await idle(machine, 1800);
    const before = taken(machine);
    await idle(machine, 1800);
    const after = taken(machine);
    const growth = after.script - before.script - (after.snapshots - before.snapshots);
    console.log(`the second half of an idle hour: ${Math.round(growth / 1024)} KiB, and ${(after.snapshots - before.snapshots) >> 20} MiB of snapshots`);
    assert.equal(after.engine, before.engine);
    assert.ok(growth < LEAK, `${growth} bytes`);
    assert.ok(after.snapshots <= machine.snapshots.mostBytes);
    assert.match(machine.screen().join('\n'), /^> /m);
});
