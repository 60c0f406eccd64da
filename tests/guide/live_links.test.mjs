// The guide's links to instants of the live page, without a page: each has to be reached by a boot, and
// the CPU has to be at what the link names.  LINKS and NAMES are from test_live_links.py.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { newMachine } from '../live/live_machine.mjs';
import { Chapters } from '../../tools/live/page/chapters.js';
import { parseLink, resolveLink } from '../../tools/live/page/links.js';
import { Symbols } from '../../tools/live/page/symbols.js';

const links = JSON.parse(process.env.LINKS);
const data = JSON.parse(readFileSync(process.env.NAMES, 'utf8'));
const symbols = new Symbols(data);
const machine = await newMachine({ data });
const chapters = new Chapters(machine, symbols, data);

for (const { page, place } of links)
    test(`${page}: ${place}`, async () => {
        const link = parseLink(`#${place}`, symbols, chapters.names);
        assert.ok(link, 'no milestone, function or line has this name');
        const count = await resolveLink(link, machine, chapters);
        assert.notEqual(count, null, 'the boot never gets there');
        await machine.goto(count);
        if (link.addresses && !link.plus)
            assert.ok(link.addresses.includes(machine.state().linear), `at ${machine.state().linear.toString(16)}h`);
    });
