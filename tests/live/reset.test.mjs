// A guest that resets the PC: the count goes on, the reset is an event of the run like any other, and
// a second boot follows whose chapters are a second pass.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { Chapters } from '../../tools/live/page/chapters.js';
import { linkHere, parseLink, resolveLink } from '../../tools/live/page/links.js';
import { Symbols } from '../../tools/live/page/symbols.js';
import { data } from './fixture.mjs';
import { make } from './foreign.mjs';
import { names, newMachine, text } from './live_machine.mjs';

const MBR = { rip: 0x7c00n };
const BOOT = 20e6;              // instructions: more than a boot takes

const look = (machine) => text(machine.state()) + machine.screen().join('\n') + machine.serial();

async function goesBackOverIt(machine, reset) {
    const { count } = machine, after = look(machine);
    await machine.goto(reset - 1);
    const before = look(machine);
    await machine.goto(reset);
    assert.equal(machine.state().linear, 0xfffffff0n);
    assert.ok(machine.lastEvents().some(({ kind }) => kind === 'reset'));
    await machine.stepBack();
    assert.equal(look(machine), before);
    await machine.goto(count);
    assert.equal(look(machine), after);
}

test('after a reset by the keyboard controller the count goes on, and going back over it works', async (t) => {
    const name = 'sector/resets_by_keyboard_controller', { images, remove } = make(name);
    t.after(remove);
    const machine = await newMachine({ image: new Uint8Array(readFileSync(images[name])), marks: [{ address: MBR.rip }] });
    const first = await machine.find(MBR);
    await machine.goto(first);
    const reset = await machine.find({ event: 'reset' }, 1, first + BOOT);
    assert.ok(reset > first);
    await machine.goto(reset);
    const second = await machine.find(MBR, 1, reset + BOOT);
    assert.ok(second > reset);
    await machine.goto(second + 3);
    await goesBackOverIt(machine, reset);
    assert.equal(await machine.find({ event: 'reset' }, -1), reset);
    const writer = await machine.writer(0x7c00);
    assert.ok(writer.count > reset && writer.count < second, 'the second boot read the sector again');
    assert.ok((await machine.writer(0x7c00, reset)).count < first, 'before the reset it is still the first one');
    const chapters = new Chapters(machine, new Symbols({ ...data, programs: [] }), data);
    chapters.update();
    assert.deepEqual(chapters.found.slice(0, 4).map(({ name, pass, count }) => [name, pass, count]),
        [['RESET', 1, 0], ['MBR', 1, first], ['RESET', 2, reset], ['MBR', 2, second]]);
});

test('the shell\'s reboot is a second boot, whose chapters have links of their own', async () => {
    const known = names(), symbols = new Symbols(known);
    const machine = await newMachine({ data: known });
    const chapters = new Chapters(machine, symbols, known);
    const once = await chapters.find('LONG_MODE');
    await machine.goto(await machine.find({ screen: 'Hello, World!' }) + 30000);
    await machine.type('reboot\n');
    const link = parseLink('#long_mode~2', symbols, chapters.names);
    const twice = await resolveLink(link, machine, chapters);
    const reset = await chapters.find('RESET', 2);
    assert.ok(once < reset && reset < twice, `${once}, ${reset}, ${twice}`);
    assert.equal(chapters.nextNamed('LONG_MODE', once, 1), twice);
    assert.equal(chapters.nextNamed('LONG_MODE', twice, -1), once);
    await machine.goto(reset + 5);
    assert.equal(await linkHere(machine, symbols, chapters), '#RESET~2+5');
});
