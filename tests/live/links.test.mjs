// Links and searches name an instant by words that survive a rebuild.

import test from 'node:test';
import assert from 'node:assert/strict';
import { formatLink, parseLink, resolveLink } from '../../tools/live/page/links.js';
import { parseSearch } from '../../tools/live/page/search.js';
import { Symbols } from '../../tools/live/page/symbols.js';
import { data } from './fixture.mjs';

const symbols = new Symbols(data);
const CHAPTERS = ['RESET', 'MBR', 'STAGE2', 'LONG_MODE'];
const link = (text) => parseLink(text, symbols, CHAPTERS);

test('a link names a milestone in any case, a function, or a line and its pass', () => {
    assert.deepEqual(link('#long_mode'), { kind: 'milestone', name: 'LONG_MODE', pass: 1, plus: 0 });
    assert.deepEqual(link('#load~3'), { kind: 'function', name: 'load', addresses: [0x7c40n], pass: 3, plus: 0 });
    assert.deepEqual(link('#stage1/stage1.asm:20~2+5').addresses, [0x7c40n, 0x7c44n]);
    assert.equal(link('#stage1/stage1.asm:20~2+5').pass, 2);
    assert.equal(link('#stage1/stage1.asm:20~2+5').plus, 5);
});

test('a line without code is not a link', () => {
    assert.equal(link('#nothing_here'), null);
    assert.equal(link('#stage1/stage1.asm:12'), null);
    assert.equal(link('#'), null);
});

test('what is written can be read', () => {
    for (const text of ['#LONG_MODE', '#load~2', '#kernel/main.c:80~7', '#MBR+12']) {
        const { name, pass, plus } = link(text);
        assert.equal(formatLink({ name, pass, plus }), text);
    }
});

test('the nth pass is counted from the reset on', async () => {
    const asked = [];
    const machine = { goto: async (count) => asked.push(count), find: async (...question) => { asked.push(question); return 900; } };
    assert.equal(await resolveLink(link('#load~3+2'), machine, null), 902);
    assert.deepEqual(asked, [0, [{ rip: [0x7c40n], skip: 2 }, 1]]);
});

test('an instant that the boot never reaches is null', async () => {
    const machine = { goto: async () => {}, find: async () => null };
    assert.equal(await resolveLink(link('#load'), machine, null), null);
});

test('the search box tells milestones, names, addresses, texts, ports and changes apart', () => {
    const search = (text) => parseSearch(text, symbols, CHAPTERS);
    assert.equal(search('long mode').chapter, 'LONG_MODE');
    assert.deepEqual(search('kernel_main').condition, { rip: [0xffffffff80100010n] });
    assert.deepEqual(search('7C00h').condition, { rip: [0x7c00n] });
    assert.deepEqual(search('stage1.asm:21').condition, { rip: [0x7c42n] });
    assert.deepEqual(search('"A20: on"').condition, { screen: 'A20: on' });
    assert.deepEqual(search('port 3F8').condition, { port: 0x3f8 });
    assert.deepEqual(search('change b8000 2').condition, { changes: 0xb8000, length: 2 });
    assert.deepEqual(search('CR0').condition, { register: 'cr0' });
    assert.deepEqual(search('exception').condition, { event: 'exception' });
});

test('what cannot be searched for gets a sentence', () => {
    const search = (text) => parseSearch(text, symbols, CHAPTERS);
    assert.match(search('').error, /Type where to run to/);
    assert.match(search('no_such_function').error, /no milestone, function, register or address/);
    assert.match(search('stage1.asm:12').error, /has no code/);
    assert.match(search('other.c:1').error, /no source file/);
    assert.match(search('port x').error, /not a port number/);
});
