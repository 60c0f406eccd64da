// Descriptors, gates and page-table entries, compared with values worked out by hand from the manual.

import test from 'node:test';
import assert from 'node:assert/strict';
import { decodeDescriptor, decodeGdt, decodeIdt, mappedRanges, walkPages } from '../../tools/live/page/decode.js';

function bytesOf(...words) {
    const bytes = new Uint8Array(8 * words.length);
    words.forEach((word, i) => new DataView(bytes.buffer).setBigUint64(8 * i, word, true));
    return bytes;
}

test('a flat 32-bit code segment has a limit of 4 GiB', () => {
    const entry = decodeDescriptor(0x00cf9a000000ffffn, 0n, false);
    assert.deepEqual(entry, { kind: '32-bit code', base: 0n, limit: 0xffffffffn, dpl: 0, present: true });
});

test('base and limit come from their scattered fields', () => {
    const entry = decodeDescriptor(0x12009b345678abcdn, 0n, false);
    assert.equal(entry.base, 0x12345678n);
    assert.equal(entry.limit, 0xabcdn);
    assert.equal(entry.kind, '16-bit code, accessed');
});

test('data says what may be done with it', () => {
    assert.equal(decodeDescriptor(0x00cff0000000ffffn, 0n, false).kind, '32-bit data, read only');
    assert.equal(decodeDescriptor(0x00cff0000000ffffn, 0n, false).dpl, 3);
});

test('a TSS takes two places in long mode and one before', () => {
    const bytes = bytesOf(0n, 0x00008b1000000067n, 0xffff8000n, 0x00af9a000000ffffn);
    const long = decodeGdt(bytes, true);
    assert.deepEqual(long.map((entry) => [entry.selector, entry.kind]), [[0, 'null'], [8, 'busy TSS'], [24, '64-bit code']]);
    assert.equal(long[1].base, 0xffff800000100000n);
    assert.equal(decodeGdt(bytes, false).length, 4);
});

test('a real-mode vector is segment times 16 plus offset', () => {
    const [first, second] = decodeIdt(new Uint8Array([0x53, 0xff, 0x00, 0xf0, 0, 0, 0, 0]), 'real16');
    assert.equal(first.target, 0xfff53n);
    assert.equal(second.present, false);
});

test('a gate of long mode has 64 bits of offset and a stack', () => {
    const [gate] = decodeIdt(bytesOf(0x80108e0200081234n, 0xffffffffn), 'long64');
    assert.equal(gate.target, 0xffffffff80101234n);
    assert.deepEqual([gate.selector, gate.ist, gate.kind, gate.present], [8, 2, 'interrupt gate', true]);
});

// A PML4 at 1000h, a PDPT at 2000h, a page directory at 3000h with one large page, one table at 4000h.
function tables() {
    const memory = new Map([[0x1000n, 0x2003n], [0x2000n, 0x3003n], [0x3000n, 0x83n], [0x3008n, 0x4003n],
        [0x4000n, 0x8000000000007001n]]);
    const read = (at) => memory.get(at) ?? 0n;
    const readTable = (at) => new DataView(bytesOf(...Array.from({ length: 512 }, (_, i) => read(at + BigInt(8 * i)))).buffer);
    return { read, readTable };
}

test('a walk ends at a large page, at a small one, or where nothing is present', () => {
    const { read } = tables();
    assert.equal(walkPages(0x1234n, 0x1000n, read).at(-1).physical, 0x1234n);
    assert.equal(walkPages(0x200567n, 0x1000n, read).at(-1).physical, 0x7567n);
    const missing = walkPages(0x201000n, 0x1000n, read);
    assert.equal(missing.length, 4);
    assert.equal(missing.at(-1).physical, undefined);
});

test('what is mapped is listed with its rights', () => {
    const { readTable } = tables();
    assert.deepEqual(mappedRanges(0x1000n, readTable), [
        { from: 0n, to: 0x1fffffn, physical: 0n, rights: 'writable, executable' },
        { from: 0x200000n, to: 0x200fffn, physical: 0x7000n, rights: 'read only, no code' },
    ]);
});
