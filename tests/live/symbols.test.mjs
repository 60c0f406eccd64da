// Addresses to names and lines, and the other way round.

import test from 'node:test';
import assert from 'node:assert/strict';
import { Symbols } from '../../tools/live/page/symbols.js';
import { data } from './fixture.mjs';

const symbols = new Symbols(data);

test('an address has its function, the offset in it, and its line', () => {
    assert.deepEqual(symbols.find(0x7c41n), {
        program: 'stage1', name: 'load', offset: 1, file: 0, path: 'stage1/stage1.asm', line: 20,
    });
    assert.equal(symbols.describe(0xffffffff80100014n), 'kernel_main+4h (kernel/main.c:80)');
});

test('between two sequences of lines there is a function without a line', () => {
    const place = symbols.find(0x7c10n);
    assert.equal(place.name, 'mbr_start');
    assert.equal(place.path, null);
});

test('outside of the programs there is no place, but the code has an owner', () => {
    assert.equal(symbols.find(0xfe05bn), null);
    assert.equal(symbols.describe(0xfe05bn), 'BIOS at FE05Bh');
    assert.equal(symbols.owner(0x7c00n), 'MBR');
    assert.equal(symbols.owner(0xfffffff0n), 'BIOS');
    assert.equal(symbols.owner(0x50000n), 'other code');
});

test('a line that is entered twice has two ranges', () => {
    assert.deepEqual(symbols.lineRanges(0, 20), [[0x7c40n, 0x7c42n], [0x7c44n, 0x7c46n]]);
    assert.deepEqual(symbols.lineAddresses(0, 20), [0x7c40n, 0x7c44n]);
});

test('the last line of a program ends with the program', () => {
    assert.deepEqual(symbols.lineRanges(2, 80), [[0xffffffff80100010n, 0xffffffff80100200n]]);
});

test('files are found by the end of their path, whole names only', () => {
    assert.deepEqual(symbols.filesNamed('main.c'), [2]);
    assert.deepEqual(symbols.filesNamed('ain.c'), []);
});

test('a byte of a variable names it', () => {
    const { name, offset, program } = symbols.variable(0x7c91n);
    assert.deepEqual([name, offset, program.name], ['drive', 1, 'stage1']);
    assert.equal(symbols.variable(0x7c92n), null);
});
