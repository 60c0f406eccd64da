// "Written by" is compared with a fresh run: for all 2,000 cells of the screen and for 500 bytes of
// every kind of memory the byte has its old value just before the instant, the new one just after
// it, and keeps it at 50 instants from there on.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { BUILD, freshPc, newMachine, numbers, runTo } from './live_machine.mjs';

const machine = await newMachine();
const mbr = await machine.find({ rip: 0x7c00n });
const asked = await machine.find({ screen: 'Hello, World!' }) + 30000;
const random = numbers(30);

// [from, to[ of a section of the kernel, physical
function section(name) {
    const elf = readFileSync(`${BUILD}/kernel.elf`);
    const at = Number(elf.readBigUInt64LE(0x28)), size = elf.readUInt16LE(0x3a), number = elf.readUInt16LE(0x3c);
    const header = (i) => elf.subarray(at + i * size, at + (i + 1) * size);
    const names = Number(header(elf.readUInt16LE(0x3e)).readBigUInt64LE(0x18));
    for (let i = 0; i < number; i++) {
        const from = names + header(i).readUInt32LE(0);
        if (elf.toString('latin1', from, elf.indexOf(0, from)) === name) {
            const address = Number(header(i).readBigUInt64LE(0x10) - 0xffffffff80000000n);
            return [address, address + Number(header(i).readBigUInt64LE(0x20))];
        }
    }
    throw new Error(`kernel.elf has no ${name}`);
}

// The page tables that CR3 leads to
function pageTables(cr3) {
    const pages = new Set();
    const walk = (page, level) => {
        if (pages.has(page))
            return;
        pages.add(page);
        for (let i = 0; i < 512; i++) {
            const entry = new DataView(machine.read(page + 8 * i, 8).buffer).getBigUint64(0, true);
            if (level > 1 && (entry & 1n) && !(entry & 0x80n))
                walk(Number(entry & 0xffffffffff000n), level - 1);
        }
    };
    walk(Number(cr3 & 0xffffffffff000n), 4);
    return [...pages].map((page) => [page, page + 4096]);
}

await machine.goto(0);
const first = machine.pc.ram.slice();
await machine.goto(mbr);
const before = machine.pc.ram.slice();
await machine.goto(asked);
const after = machine.pc.ram.slice();
const state = machine.state();
const stack = machine.translate(state.registers.rsp) & ~0xfff;
const tables = [state.gdtr, state.idtr].map(({ base, limit }) => [machine.translate(base), machine.translate(base) + limit + 1]);

const AREAS = {
    'the stacks': [[0x4000, 0x7000], [stack, stack + 0x1000]],
    'the vector table and BIOS data': [[0, 0x500]],
    'GDT and IDT': tables,
    'page tables': [[0x10000, 0x18000], ...pageTables(state.cr3)],
    'the bounce buffer': [[0x20000, 0x30000]],
    'boot info': [[0x600, 0x900], [0x1000, 0x1400]],
    "the kernel's .data and .bss": [section('.data'), section('.bss')],
    'the screen': [[0xb8000, 0xb8fa0]],
};
const EACH = 63; // 8 areas: 504 bytes

// Bytes of an area that changed after the MBR began, or, where those are few, since the PC was switched on
function drawn(ranges) {
    const changed = (old) => ranges.flatMap(([from, to]) =>
        Array.from({ length: to - from }, (_, i) => from + i).filter((address) =>
            (address >= 0xb8000 && address < 0xc0000) || after[address] !== old[address]));
    const bytes = new Set();
    for (const pool of [changed(before), changed(first)])
        for (let tries = 0; bytes.size < EACH && tries < 50 * EACH && pool.length; tries++)
            bytes.add(pool[random(pool.length)]);
    return [...bytes];
}

// For each byte its writer, checked in one fresh run that stops at every instant that matters
async function check(addresses) {
    const due = new Map(); // instant -> [what to do there]
    const at = (count, action) => due.set(count, [...due.get(count) ?? [], action]);
    for (const address of addresses) {
        const found = await machine.writer(address);
        assert.ok(found, `nothing wrote ${address.toString(16)}h`);
        const value = machine.read(address, 1)[0];
        assert.equal(found.is, value);
        const holds = (what, expected, count) => (pc) =>
            assert.equal(pc.read(address, 1)[0], expected, `${address.toString(16)}h ${what} ${count}, written at ${found.count} (${found.kind})`);
        at(found.count - 1, holds('before', found.was, found.count - 1));
        at(found.count, holds('at', value, found.count));
        for (let i = 0; i < 50; i++) {
            const count = found.count + random(asked - found.count + 1);
            at(count, holds('still at', value, count));
        }
    }
    const pc = await freshPc();
    for (const count of [...due.keys()].sort((a, b) => a - b)) {
        runTo(pc, count);
        due.get(count).forEach((action) => action(pc));
    }
}

for (const [name, ranges] of Object.entries(AREAS))
    test(`bytes of ${name} have their writers`, async () => {
        const bytes = drawn(ranges);
        assert.ok(bytes.length >= 40, `only ${bytes.length} bytes of it ever changed`);
        await check(bytes);
    });

test('all cells of the screen have their writers', () =>
    check(Array.from({ length: 2000 }, (_, cell) => 0xb8000 + 2 * cell)));

test('the CPU itself is named as the writer of Accessed bits and of frames', async () => {
    const table = Number(machine.state().cr3 & 0xffffffffff000n);
    const entry = Array.from({ length: 512 }, (_, i) => table + 8 * i).find((address) => machine.read(address, 1)[0] & 0x20);
    assert.equal((await machine.writer(entry)).kind, 'cpu');
    const interrupt = await machine.find({ event: 'interrupt' }, -1);
    await machine.goto(interrupt);
    const frame = machine.translate(machine.state().registers.rsp);
    const writer = await machine.writer(frame);
    assert.deepEqual([writer.count, writer.kind], [interrupt, 'cpu']);
    await machine.goto(asked);
});

test('registers have writers, those of segments and of the modes as well', async () => {
    for (const name of ['rax', 'rsp', 'eax', 'cr0', 'cr3', 'efer', 'cs', 'ds.base', 'gdtr', 'idtr', 'tr', 'r15']) {
        const found = await machine.writer(name);
        const register = { eax: 'rax' }[name] ?? name;
        assert.ok(found, name);
        await machine.goto(found.count - 1);
        assert.equal(machine.pc.register(register), found.was, name);
        await machine.goto(found.count);
        assert.equal(machine.pc.register(register), found.is, name);
        assert.notEqual(found.is, found.was, name);
        await machine.goto(asked);
        assert.equal(machine.pc.register(register), found.is, name);
    }
    assert.equal(await machine.writer('dr3'), null);
});
