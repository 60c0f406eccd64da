// Images that are not this project's run in the page's PC; foreign.full.mjs has all of them.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import test, { after } from 'node:test';
import { newMachine } from '../../tools/live/node.mjs';
import { Chapters } from '../../tools/live/page/chapters.js';
import { readElf } from '../../tools/live/page/elf_names.js';
import { parseLink, resolveLink } from '../../tools/live/page/links.js';
import { Symbols } from '../../tools/live/page/symbols.js';
import { data as tables } from './fixture.mjs';
import { holds, make } from './foreign.mjs';
import { ENDS } from './foreign_ends.mjs';
import { ROOT } from './live_machine.mjs';

const NAMES = ['plain', 'example', 'mode/lme_missing', 'sector/no_end'];

const { images, remove } = make(...NAMES);
after(remove);

for (const name of NAMES)
    test(`${name} ends as it should, goes backwards, and its writers are found`, () => holds(images[name], ENDS[name]));

// A foreign image with names of its own: what `make live IMAGE= ELF= AT=` puts into a page
const sector = images['mode/lme_missing'], elf = sector.replace(/img$/, 'elf');

function dataWith(at) {
    const out = `${sector}.json`;
    execFileSync('/usr/bin/python3', ['-B', `${ROOT}tools/live/live.py`, sector, '--elf', elf, '--at', at, '--data', out]);
    return JSON.parse(readFileSync(out, 'utf8'));
}

async function standsAt(data, place) {
    const machine = await newMachine({ image: new Uint8Array(readFileSync(sector)), data }), symbols = new Symbols(data);
    const chapters = new Chapters(machine, symbols, data);
    await machine.goto(await resolveLink(parseLink(place, symbols, chapters.names), machine, chapters));
    return { machine, place: symbols.find(machine.state().linear) };
}

test('a page with a foreign image opens at a milestone, a function and a line of it', async () => {
    const mbr = await standsAt(dataWith('MBR'), 'MBR');
    assert.equal(mbr.machine.state().linear, 0x7c00n);
    const data = dataWith('paging_on');
    assert.equal(data.at, 'paging_on');
    const there = await standsAt(data, data.at);
    assert.equal(there.place.name, 'paging_on');
    assert.equal(there.place.offset, 0);
    assert.match(there.machine.instruction().text, /^mov cr0, eax/);
    const line = `${there.place.path}:${there.place.line}`;
    assert.equal((await standsAt(dataWith(line), line)).machine.count, there.machine.count);
});

test('a dropped .elf file gives the same names', () => {
    const dropped = new Symbols({ ...tables, programs: [readElf(new Uint8Array(readFileSync(elf)), 'lme_missing.elf')] });
    const read = new Symbols(dataWith('MBR'));
    for (const name of ['start', 'protected', 'paging_on', 'long_mode'])
        assert.deepEqual(dropped.functionAddresses(name), read.functionAddresses(name), name);
    assert.equal(dropped.functionAddresses('paging_on').length, 1);
});
