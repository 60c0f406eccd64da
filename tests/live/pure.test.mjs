// Predictions, BIOS calls in words, the screen's font, and names from dropped ELF files.

import test from 'node:test';
import assert from 'node:assert/strict';
import { check, parseAnswer, readRegister } from '../../tools/live/page/predict.js';
import { callName, describeCall, describeResult } from '../../tools/live/page/bios_words.js';
import { besideNew } from '../../tools/live/page/format.js';
import { findFont } from '../../tools/live/page/vga_font.js';
import { readElf } from '../../tools/live/page/elf_names.js';
import { readable } from '../../tools/live/page/instruction_text.js';
import { Symbols } from '../../tools/live/page/symbols.js';
import { contains } from '../../tools/live/page/image_loader.js';
import { data, state } from './fixture.mjs';

const FLAGS = data.bits.RFLAGS;

test('a prediction is read as registers and values', () => {
    assert.deepEqual(parseAnswer('ax=2401, zf=1'), [{ name: 'ax', value: 0x2401n }, { name: 'zf', value: 1n }]);
    assert.deepEqual(parseAnswer('nothing'), []);
    assert.equal(parseAnswer('ax'), null);
    assert.equal(parseAnswer('ax=zz'), null);
});

test('parts of registers, flags and segments have their values', () => {
    const now = state({ rflags: 0x42n, registers: { rax: 0x1122334455667788n, r8: 0xabcdn } });
    const read = (name) => readRegister(now, name, FLAGS);
    assert.deepEqual(['rax', 'eax', 'ax', 'al', 'ah', 'r8b', 'zf', 'cs', 'ip', 'cr0'].map(read),
        [0x1122334455667788n, 0x55667788n, 0x7788n, 0x88n, 0x77n, 0xcdn, 1n, 0n, 0x7c40n, 0x10n]);
    assert.equal(read('nonsense'), null);
});

test('wrong and right predictions are told apart', () => {
    const checked = check(parseAnswer('ax=1, bx=2'), state({ registers: { rax: 1n } }), FLAGS);
    assert.deepEqual(checked.map(({ right }) => right), [true, false]);
});

test('BIOS calls have names, arguments and results', () => {
    const call = { vector: 0x15, ax: 0xe820, bx: 0, cx: 24, dx: 0, es: 0x3000, di: 0 };
    assert.equal(callName(call), 'INT 15h AX=E820h');
    assert.equal(describeCall(call), "INT 15h AX=E820h (system): the memory map's entry 0, to 3000:0000");
    assert.match(describeCall({ vector: 0x10, ax: 3 }), /INT 10h AH=00h .video.: set video mode 03h/);
    assert.equal(describeResult(call, { cf: 0, bx: 1 }), 'written; the next is entry 1');
    assert.equal(describeCall({ vector: 0x42, ax: 0x99 }), 'INT 42h AH=00h');
});

test('the packet of an extended read is described if its bytes are there', () => {
    const packet = new Uint8Array([16, 0, 1, 0, 0, 0x80, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0]);
    assert.match(describeCall({ vector: 0x13, ax: 0x4200, dx: 0x80, ds: 0, si: 0x600, packet }), /1 sector from LBA 1 to 0000:8000/);
});

test('the font is found by its letters, and only whole', () => {
    const font = new Uint8Array(4096);
    font.set([0, 0, 0x10, 0x38, 0x6c, 0xc6, 0xc6, 0xfe, 0xc6, 0xc6, 0xc6, 0xc6], 0x41 * 16);
    font.fill(0xff, 0xdb * 16, 0xdc * 16);
    const rom = new Uint8Array(8192);
    rom.set(font, 1001);
    assert.deepEqual(findFont(rom), font);
    assert.equal(findFont(rom.slice(0, 5000)), null);
});

test('a damaged ELF file, or one that is not ELF, gets a sentence', () => {
    assert.throws(() => readElf(new Uint8Array(100), 'a.elf'), /a.elf is not a little-endian ELF file/);
    const cut = new Uint8Array(64);
    cut.set([0x7f, 0x45, 0x4c, 0x46, 2, 1]);
    new DataView(cut.buffer).setBigUint64(40, 5000n, true);
    new DataView(cut.buffer).setUint16(60, 3, true);
    assert.throws(() => readElf(cut, 'a.elf'), /a.elf is damaged/);
});

test('a program is recognised by its bytes, also after a false start', () => {
    assert.equal(contains(new Uint8Array([1, 1, 2, 3]), [1, 2, 3]), true);
    assert.equal(contains(new Uint8Array([1, 2, 1, 2]), [1, 2, 3]), false);
});

test('jumps and calls name their targets', () => {
    const symbols = new Symbols(data);
    assert.equal(readable('call .-298 (0x00007c40)', symbols), 'call load');
    assert.equal(readable('jz .+7 (0x00007c47)', symbols), 'jz load+0x7');
    assert.equal(readable('jmp .+2 (0x000fe05b)', symbols), 'jmp 0xfe05b');
    assert.equal(readable('ret  ', symbols), 'ret');
});

test('an old value beside the new one is short where the upper digits are the same', () => {
    assert.equal(besideNew('FFFFFFFF80144FE0', 'FFFFFFFF80144FD8'), '…80144FE0');
    assert.equal(besideNew('FFFF800000000800', 'FFFFFFFF80144FD8'), 'FFFF800000000800');
    assert.equal(besideNew('6FF0', '6FEC'), '6FF0');
});
