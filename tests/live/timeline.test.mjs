// What the model keeps of a run, however long it is or however often its guest faults.

import assert from 'node:assert/strict';
import test from 'node:test';
import { Timeline } from '../../tools/live/page/timeline.js';
import { newMachine } from './live_machine.mjs';

const MOST = 210000; // events; a few more arrive at once

// A guest of which `share` of the time belongs to owner 4, the rest to owner 1, with an exception at each change
function storm(instructions, timeline = new Timeline(), from = 0) {
    for (let at = from; at < from + instructions; at += 10) {
        timeline.end = at + 10;
        timeline.record([{ count: at, kind: 'owner', owner: 4 }, { count: at + 7, kind: 'exception' },
            { count: at + 7, kind: 'owner', owner: 1 }]);
    }
    return timeline;
}

test('a guest that faults forever does not fill the memory, and its first faults stay known', () => {
    const timeline = new Timeline();
    timeline.record([{ count: 0, kind: 'mark', address: 1n }]);
    storm(5e6, timeline);
    assert.ok(timeline.events.length < MOST, `${timeline.events.length} events`);
    assert.equal(timeline.events.find(({ kind }) => kind === 'mark').address, 1n);
    assert.equal(timeline.between(6, 7).find(({ kind }) => kind === 'exception').count, 7);
    assert.equal(timeline.events.at(-1).count, timeline.end - 3);
    const counts = timeline.events.map(({ count }) => count);
    assert.deepEqual(counts, [...counts].sort((a, b) => a - b));
});

test('who ran stays known when single events are forgotten', () => {
    const timeline = storm(1e6);                 // 7 of 10 instructions are of owner 4
    timeline.end = 3e6;
    timeline.record([{ count: 1e6, kind: 'owner', owner: 2 }, { count: 2e6, kind: 'owner', owner: 1 }]);
    storm(2e6, timeline, 3e6);
    assert.ok(!timeline.between(1e6 - 100, 1e6 - 50).length, 'nothing was forgotten');
    assert.deepEqual([...timeline.owners(0, 5e6, 5)], [4, 2, 1, 4, 4]);
    assert.deepEqual([...timeline.owners(1e6, 2e6, 4)], [2, 2, 2, 2]);
});

test('of COM1 the newest bytes are kept', () => {
    const timeline = new Timeline();
    const bytes = Array.from({ length: 400000 }, (_, count) => ({ count, kind: 'serial', byte: 0x41 + count % 26 }));
    for (let from = 0; from < bytes.length; from += 1000)
        timeline.record(bytes.slice(from, from + 1000));
    assert.ok(timeline.serial.length >= 1 << 17 && timeline.serial.length <= 1 << 18);
    assert.equal(timeline.serialText(399999).slice(-3), 'NOP');
});

test('a search without a result leaves the run, and what is known of it, as it was', async () => {
    const machine = await newMachine();
    await machine.goto(await machine.find({ rip: 0x7c00n }) + 1000);
    const { end } = machine, { events, serial } = machine.timeline, known = [events.length, serial.length];
    const snapshots = machine.snapshots.list.length;
    assert.equal(await machine.find({ screen: 'no such text' }, 1, end + 1e6), null);
    assert.equal(machine.end, end);
    assert.deepEqual([machine.timeline.events.length, machine.timeline.serial.length], known);
    assert.ok(machine.snapshots.list.length <= snapshots + 1);
    const text = await machine.find({ screen: 'Memory map:' });
    assert.ok(text > end, 'the run goes on after it');
});
