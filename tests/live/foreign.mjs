// What holds for any image in the page's PC: it ends as it should, goes backwards, and says what
// wrote a byte.  The ends are in foreign_ends.mjs.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newMachine } from '../../tools/live/node.mjs';
import { deathSentence } from '../../tools/live/page/sentence.js';
import { Symbols } from '../../tools/live/page/symbols.js';
import { data } from './fixture.mjs';
import { ANY } from './foreign_ends.mjs';
import { text } from './live_machine.mjs';

const FAR = 60e6;           // instructions after the MBR's first, at most: GRUB decompresses itself
const BACK = 1234;
const names = { symbols: new Symbols(data), exceptions: data.exceptions, bits: data.bits };

// {name: path}, and remove() for the folder
export function make(...kinds) {
    const folder = mkdtempSync(join(tmpdir(), 'foreign-'));
    const script = new URL('foreign_images.py', import.meta.url).pathname;
    const images = JSON.parse(execFileSync('python3', ['-B', script, folder, ...kinds], { encoding: 'utf8' }));
    return { images, remove: () => rmSync(folder, { recursive: true }) };
}

const shown = (machine) => machine.screen().join('\n');
const look = (machine) => text({ ...machine.state(), dead: null }) + shown(machine);
const vectors = (machine) => machine.state().dead.chain.map(({ vector }) => vector);

async function reach(machine, mbr, { isAny, after, dead, chain, screen, serial, at, mode, exceptions }) {
    if (screen || at) {
        const found = await machine.find(screen ? { screen } : { rip: at }, 1, mbr + FAR);
        assert.notEqual(found, null, `it never came to ${screen ?? at.toString(16)}\n${shown(machine)}`);
        await machine.goto(found);
    }
    await machine.goto(machine.count + after);
    if (isAny)
        return;
    assert.equal(machine.state().dead?.reason, dead, shown(machine));
    if (dead) {
        assert.deepEqual(vectors(machine), chain ?? []);
        assert.match(deathSentence(machine.state().dead, names), chain ? /^The machine is dead: .* The chain: / : /^The machine is dead: /);
    }
    if (mode) {
        assert.equal(machine.state().mode, mode);
        const raised = machine.events(mbr, machine.count).filter(({ kind }) => kind === 'exception');
        assert.deepEqual([...new Set(raised.map(({ vector }) => vector))], exceptions);
    }
    if (serial)
        assert.ok(machine.serial().includes(serial), machine.serial());
}

async function goesBackwards(machine, mbr) {
    const { count } = machine, here = look(machine);
    await machine.stepBack(BACK);
    assert.equal(machine.count, count - BACK);
    assert.equal(machine.state().dead, null);
    assert.notEqual(look(machine), here);
    await machine.goto(mbr);
    assert.equal(machine.state().linear, 0x7c00n);
    await machine.goto(count);
    assert.equal(look(machine), here);
}

// The last store to the byte: before it the old value, after it and until now the present one
async function isWrittenBy(machine, address) {
    const { count } = machine, [is] = machine.read(address, 1), writer = await machine.writer(address);
    assert.equal(writer.is, is);
    for (const [instant, value] of [[writer.count - 1, writer.was], [writer.count, is], [count, is]]) {
        await machine.goto(instant);
        assert.equal(machine.read(address, 1)[0], value, `at ${instant}`);
    }
    return writer;
}

const cell = (machine, text) => 0xb8000 + 2 * machine.screen().join('').indexOf(text);

export async function holds(path, end = ANY) {
    const machine = await newMachine({ image: new Uint8Array(readFileSync(path)) });
    const mbr = await machine.find({ rip: 0x7c00n }, 1, 8e6);
    if (end.boots === false || end.isAny && mbr === null) {
        assert.equal(mbr, null);
        assert.notEqual(await machine.find({ screen: 'not a bootable disk' }), null, shown(machine));
        return;
    }
    await machine.goto(mbr);
    await reach(machine, mbr, end);
    await goesBackwards(machine, mbr);
    const sector = await isWrittenBy(machine, 0x7c00);
    assert.ok(end.overwritten || end.isAny || sector.count < mbr, 'the BIOS read the boot sector');
    assert.equal((await machine.writer('rsp'))?.count <= machine.count, true);
    if (end.screen) {
        const letter = await isWrittenBy(machine, cell(machine, end.screen));
        assert.ok(letter.count > mbr && letter.count <= machine.count);
    }
}
