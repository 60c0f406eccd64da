// C types in words, and the part of a variable that a byte belongs to.

import assert from 'node:assert/strict';
import test from 'node:test';
import { partAt, sizeOf, typeName, valueText } from '../../tools/live/page/types.js';

const TYPES = [
    ['number', 'unsigned char', 1, 'u'],                                        // 0
    ['alias', 'uint8_t', 0],                                                    // 1
    ['number', 'char', 1, 'c'],                                                 // 2
    ['array', 2, 12],                                                           // 3
    ['pointer', 8, 2],                                                          // 4
    ['enum', 'colour', 4, [[0, 'RED'], [7, 'WHITE']]],                          // 5
    ['struct', 'cell', 8, [[0, 'letter', 2, 0, 0], [4, 'colour', 5, 0, 0]]],    // 6
    ['array', 6, 3],                                                            // 7
    ['array', 7, 2],                                                            // 8
    ['struct', '', 4, [[0, 'present', 1, 0, 1], [0, 'level', 1, 1, 3], [1, '', 10, 0, 0]]], // 9
    ['union', 'either', 2, [[0, 'low', 1, 0, 0], [0, 'both', 11, 0, 0]]],       // 10
    ['number', 'short int', 2, 's'],                                            // 11
    ['number', '_Bool', 1, 'b'],                                                // 12
    ['code'],                                                                   // 13
    ['pointer', 8, 13],                                                         // 14
    ['pointer', 8, 4],                                                          // 15
];
const value = (type, ...bytes) => valueText(TYPES, type, Uint8Array.from(bytes));

test('a type has the name that C gives it', () => {
    assert.deepEqual([1, 3, 4, 5, 6, 8, 14, 15, -1].map((type) => typeName(TYPES, type)),
        ['uint8_t', 'char[12]', 'char *', 'enum colour', 'struct cell', 'struct cell[2][3]', 'function *', 'char **', 'void']);
    assert.deepEqual([1, 3, 4, 5, 6, 8].map((type) => sizeOf(TYPES, type)), [1, 12, 8, 4, 8, 48]);
});

test('numbers are shown in decimal and in hexadecimal, addresses in hexadecimal only', () => {
    assert.equal(value(1, 7), '7');
    assert.equal(value(1, 80), '80 = 50h');
    assert.equal(value(11, 0xfe, 0xff), '-2');
    assert.equal(valueText([['number', 'unsigned long', 8, 'u']], 0, Uint8Array.of(0, 0, 0x10, 0x80, 255, 255, 255, 255)), 'FFFFFFFF80100000h');
    assert.equal(value(2, 65), "'A' = 41h");
    assert.equal(value(12, 1), 'true');
});

test('an enumerator, a text and a pointer are shown by what they mean', () => {
    assert.equal(value(5, 7, 0, 0, 0), 'WHITE = 7');
    assert.equal(value(5, 3, 0, 0, 0), '3');
    assert.equal(value(3, 72, 105, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9), '"Hi"');
    assert.equal(value(4, 0, 0, 0, 0, 0, 0, 0, 0), 'NULL');
    assert.equal(valueText(TYPES, 14, Uint8Array.of(0x10, 0x7c, 0, 0, 0, 0, 0, 0), (to) => to === 0x7c10n && 'load'), '7C10h, load');
});

test('members, elements and bit-fields are shown with their names', () => {
    assert.equal(value(6, 66, 0, 0, 0, 7, 0, 0, 0), "{letter: 'B' = 42h, colour: WHITE = 7}");
    assert.equal(value(9, 0b1011, 0x34, 0x12, 0), '{present: 1, level: 5, {low: 52 = 34h, both: 4660 = 1234h}}');
    assert.match(value(7, ...Array(24).fill(0)), /^\{\{letter: 00h, colour: RED = 0\}, /);
});

test('a byte belongs to the innermost element and member', () => {
    assert.deepEqual(partAt(TYPES, 8, 30), { path: '[1][0].colour', type: 5, start: 28 });
    assert.deepEqual(partAt(TYPES, 9, 2), { path: '.both', type: 11, start: 1 });
    assert.deepEqual(partAt(TYPES, 1, 0), { path: '', type: 1, start: 0 });
});

test('a byte between two members belongs to none', () => {
    const { path, type } = partAt(TYPES, 6, 2);
    assert.equal(path, ' (between its members)');
    assert.equal(type, null);
});
