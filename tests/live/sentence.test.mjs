// One sentence for each step: what it names, and in which order.

import test from 'node:test';
import assert from 'node:assert/strict';
import { lineSentence, sentence, registerName, irqOf } from '../../tools/live/page/sentence.js';
import { Symbols } from '../../tools/live/page/symbols.js';
import { data, state } from './fixture.mjs';

const context = { symbols: new Symbols(data), bits: data.bits, exceptions: data.exceptions };
const say = (before, now, more = {}) => sentence({
    before, now, events: [], accesses: { reads: [], writes: [] },
    instruction: { text: 'mov ax, 2401', length: 3 }, ...more,
}, context);

test('a register has the name and width of its mode', () => {
    assert.equal(registerName('rax', 'real16', 0n, 5n), 'AX');
    assert.equal(registerName('rax', 'real16', 0n, 0x10000n), 'EAX');
    assert.equal(registerName('rsp', 'prot32', 0n, 5n), 'ESP');
    assert.equal(registerName('rdi', 'long64', 0n, 5n), 'RDI');
    assert.equal(registerName('r9', 'long64', 0n, 5n), 'R9');
});

test('a changed register is described with both values', () => {
    const text = say(state(), state({ linear: 0x7c43n, registers: { rax: 0x2401n } }));
    assert.equal(text, 'mov ax, 2401: AX 0000h → 2401h.');
});

test('a step that changes nothing says so', () => {
    assert.match(say(state(), state({ linear: 0x7c43n })), /changes nothing but the instruction pointer/);
});

test('a flipped control bit comes before registers, with its meaning', () => {
    const text = say(state(), state({ linear: 0x7c43n, cr0: 0x11n, mode: 'prot16', registers: { rax: 1n } }));
    assert.match(text, /CR0\.PE 0 → 1 \(protected mode: on\); the CPU is now in 16-bit protected mode \(before: 16-bit real mode\); .*AX/);
});

test('a BIOS call is described with its function and arguments', () => {
    const event = { kind: 'bios', vector: 0x13, ax: 0x0201, bx: 0x7e00, cx: 2, dx: 0x80, si: 0, di: 0, ds: 0, es: 0, bp: 0 };
    assert.match(say(state(), state({ linear: 0xfe3fen }), { events: [event] }),
        /INT 13h AH=02h \(disk\): read 1 sector of drive 80h, cylinder 0, head 0, sector 2, to 0000:7E00/);
});

test('the return of a BIOS call is described with its result', () => {
    const call = { kind: 'bios', vector: 0x13, ax: 0x0201, bx: 0, cx: 2, dx: 0x80 };
    const event = { kind: 'bios-return', vector: 0x13, ax: 0x0400, cf: 1, call };
    assert.match(say(state(), state(), { events: [event] }), /INT 13h AH=02h returned: failed, status 04h/);
});

test('an exception is described with its vector, error code and gate', () => {
    const event = { kind: 'exception', vector: 14, error: 2 };
    assert.match(say(state(), state({ linear: 0xffffffff80100010n }), { events: [event] }),
        /#PF \(vector 14, page fault\), error code 0002h \(a write, the page is not present\); the gate leads to kernel_main/);
});

test('a hardware interrupt names its line', () => {
    const event = { kind: 'interrupt', vector: 8, hardware: true };
    assert.match(say(state(), state({ linear: 0xffea5n }), { events: [event] }), /from IRQ 0, the timer: vector 08h, to BIOS at FFEA5h/);
    assert.equal(irqOf(0x21, 'long64'), 1);
    assert.equal(irqOf(0x80, 'long64'), null);
});

test('a dead machine tells its chain of exceptions', () => {
    const dead = { reason: 'a triple fault', chain: [{ vector: 13, error: 0x1a }, { vector: 14, error: 0 }] };
    const text = say(state(), state({ dead }));
    assert.match(text, /The machine is dead: a triple fault. The chain: #GP .*selector 0018h, the number is a vector of the IDT.*; then #PF/);
});

test('at the reset there is no step yet', () => {
    assert.match(sentence({ before: null, now: state({ count: 0 }) }, context), /^Reset: the CPU is in real mode/);
});

test('a line is told by what all of its instructions changed', () => {
    const before = state({ count: 100 }), now = state({ count: 103, cr0: 0x11n, registers: { rax: 5n } });
    assert.equal(lineSentence(before, now, context),
        'The line took 3 instructions: CR0.PE 0 → 1 (protected mode: on); AX 0000h → 0005h.');
    assert.equal(lineSentence(before, state({ count: 101 }), context), 'The line took 1 instruction: no register has another value.');
});
