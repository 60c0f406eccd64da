// What a user does with the machine: typing, going back over it, "what if", searching both ways,
// dying and coming back.

import assert from 'node:assert/strict';
import test from 'node:test';
import { TICKS_PER_SECOND } from '../../tools/live/page/pc.js';
import { freshPc, newMachine, text } from './live_machine.mjs';

const machine = await newMachine({ marks: [{ address: 0x7c00n }] });
const mbr = await machine.find({ rip: 0x7c00n });
const prompt = await machine.find({ screen: 'Hello, World!' }) + 30000;
const shown = () => machine.screen().join('\n');

test('what was typed is part of the run: going back over it and on again gives the same', async () => {
    await machine.goto(prompt);
    await machine.type('mem\n');
    await machine.goto(machine.count + 400000);
    const { count } = machine, after = shown(), serial = machine.serial();
    assert.match(after, /> mem/);
    await machine.goto(mbr);
    assert.doesNotMatch(shown(), /> mem/);
    assert.equal(machine.serial().length < serial.length, true);
    await machine.goto(count);
    assert.equal(shown(), after);
    assert.equal(machine.serial(), serial);
});

test('keys typed in the past make another future', async () => {
    await machine.goto(prompt);
    await machine.type('echo other\n');
    await machine.goto(machine.count + 400000);
    assert.match(shown(), /\nother/);
    assert.doesNotMatch(shown(), /> mem/);
    assert.equal(machine.end, machine.count);
});

test('a changed register makes a branch, which going back leaves', async () => {
    await machine.goto(prompt);
    const { end } = machine, { rbx } = machine.state().registers;
    await machine.poke({ register: 'rbx', value: 0x1234n });
    assert.equal(machine.state().registers.rbx, 0x1234n);
    assert.deepEqual(machine.branch, { from: prompt, what: 'rbx = 1234h' });
    assert.equal((await machine.writer('rbx')).kind, 'what if');
    await machine.step(10);
    assert.ok(machine.branch);
    await machine.goto(prompt - 1);
    assert.equal(machine.branch, null);
    assert.equal(machine.end, end);
    await machine.goto(prompt);
    assert.equal(machine.state().registers.rbx, rbx);
});

test('a changed byte is seen by the program that runs on', async () => {
    await machine.goto(mbr);
    await machine.poke({ address: 0x7c01, value: 0xf4 }); // a HLT after the CLI
    await machine.step(10);
    assert.equal(machine.state().dead?.reason, 'halted with interrupts disabled');
    assert.equal(machine.count, mbr + 2);
    await machine.stepBack(5);
    assert.equal(machine.state().dead, null);
    assert.equal(machine.branch, null);
});

test('several bytes are changed in one branch', async () => {
    await machine.goto(prompt);
    await machine.poke({ address: 0x500, value: 0x44332211n, length: 4 });
    assert.deepEqual([...machine.read(0x500, 4)], [0x11, 0x22, 0x33, 0x44]);
    await machine.goto(prompt - 1);
});

test('a run goes on to an instant, to a condition, or to a rest', async () => {
    await machine.goto(mbr);
    assert.equal(await machine.advance(mbr + 100, { until: { rip: 0x7c00n } }), false);
    assert.equal(machine.count, mbr + 100);
    await machine.goto(mbr - 100);
    assert.equal(await machine.advance(mbr + 100, { until: { rip: 0x7c00n } }), true);
    assert.equal(machine.count, mbr);
    await machine.poke({ address: 0x7c00, bytes: [0xfb, 0xf4, 0xeb, 0xfd] });  // STI, and a loop with HLT
    const { ticks } = machine.state();
    assert.equal(await machine.advance(mbr + 1e6, { until: { rip: 0x7cffn }, seconds: 2 }), false);
    assert.ok(machine.state().halted && machine.count < mbr + 10000);
    assert.ok(machine.state().ticks - ticks >= 2 * TICKS_PER_SECOND && machine.state().ticks - ticks < 2.1 * TICKS_PER_SECOND);
    assert.deepEqual(await machine.writer(0x7c02), { count: mbr, kind: 'what if', was: null, is: 0xeb });
    await machine.goto(mbr - 1);
    assert.equal(machine.branch, null);
});

test('a triple fault ends the machine with its chain of exceptions, and can be stepped back from', async () => {
    await machine.goto(prompt);
    const code = machine.translate(machine.state().gdtr.base) + (machine.state().segments.cs.selector & ~7);
    await machine.poke({ address: code + 5, value: 0 }); // no handler's code segment can be loaded
    await machine.goto(machine.count + 100000);
    const { dead } = machine.state();
    assert.equal(dead?.reason, 'triple fault');
    assert.ok(dead.chain.length >= 2, text(dead));
    const { count } = machine;
    await machine.goto(count + 1000);
    assert.equal(machine.count, count);
    await machine.stepBack();
    assert.equal(machine.state().dead, null);
    await machine.goto(mbr);
    assert.equal(machine.branch, null);
});

// Each: [condition, what must be true at the instant]
const SEARCHES = {
    rip: [{ rip: 0x7c00n }, () => machine.state().linear === 0x7c00n],
    screen: [{ screen: 'Kernel: partition' }, () => /Kernel: partition/.test(shown())],
    port: [{ port: 0x3f8 }, () => machine.lastEvents().some(({ kind, port }) => kind === 'port' && port === 0x3f8)],
    changes: [{ changes: 0x10000, length: 8 }, () => machine.lastAccesses().writes.some(([at, length]) => at < 0x10008 && at + length > 0x10000)],
    mode: [{ event: 'mode' }, () => machine.before().mode !== machine.state().mode],
    bios: [{ event: 'bios' }, () => machine.state().linear >= 0xc0000n],
    register: [{ register: 'cr3' }, () => machine.before().cr3 !== machine.state().cr3],
};

for (const [name, [condition, holds]] of Object.entries(SEARCHES))
    test(`search by ${name}, forwards and backwards`, async () => {
        await machine.goto(mbr - 100);
        const hits = [];
        for (let hit = machine.count; hits.length < 4;) {
            hit = await machine.find(condition, 1, prompt);
            if (hit === null)
                break;
            hits.push(hit);
            await machine.goto(hit);
            assert.ok(holds(), `${name} at ${hit}`);
        }
        assert.ok(hits.length, 'found nothing');
        assert.deepEqual(hits, [...new Set(hits)].sort((a, b) => a - b));
        await machine.goto(hits.at(-1) + 1);
        for (const hit of [...hits].reverse()) {
            const back = await machine.find(condition, -1);
            if (name !== 'screen') { // text stays: backwards, its last instant is the present one
                assert.equal(back, hit);
                await machine.goto(back);
            }
        }
    });

test('the nth pass of an address is found, and counted', async () => {
    await machine.goto(mbr);
    await machine.goto(await machine.find({ event: 'bios', skip: 1 })); // the first read of the disk
    const { linear } = machine.state();
    await machine.goto(mbr);
    const third = await machine.find({ rip: linear, skip: 2 }, 1, prompt);
    assert.equal(await machine.passes([linear], mbr, third), 3);
    assert.equal(await machine.passes([linear], mbr, third - 1), 2);
});

test('a call is stepped over both ways by the stack', async () => {
    await machine.goto(prompt);
    await machine.goto(await machine.find({ event: 'interrupt' }, -1) + 2);
    const from = machine.count, { rsp } = machine.state().registers;
    const call = await (async () => {
        for (let i = 0; i < 2000; i++, await machine.step())
            if (/^call /.test(machine.instruction().text))
                return machine.count;
    })();
    assert.ok(call > from && rsp);
    const here = machine.state(), next = here.linear + BigInt(machine.instruction().length);
    const over = await machine.find({ rip: next, above: here.registers.rsp });
    await machine.goto(over);
    assert.equal(machine.state().registers.rsp, here.registers.rsp);
    assert.ok(over > call + 1);
    assert.equal(await machine.find({ above: here.registers.rsp }, -1), call);
});

test('the last instruction is decoded in the mode that it ran in, also if it changed the mode', async () => {
    await machine.goto(mbr);
    for (let i = 0; i < 2; i++)     // to 16-bit protected mode, and with the jump to 32-bit
        await machine.goto(await machine.find({ event: 'mode' }, 1, prompt));
    const { mode } = machine.state(), { text: last } = machine.lastInstruction();
    assert.equal(mode, 'prot32');
    await machine.stepBack();
    assert.equal(machine.state().mode, 'prot16');
    assert.equal(machine.instruction().text, last);
    assert.match(last, /^jmpf 0x0008:/);
});

test('where there is no memory there is no instruction', async () => {
    await machine.goto(mbr);
    assert.equal(machine.instruction(0xffffffff80100000n).length, 0);
});

test('owners say who ran when', async () => {
    await machine.goto(prompt);
    await machine.configure({ ranges: [[0xc0000n, 0x100000n, 1], [0x7000n, 0x8000n, 2], [0x8000n, 0x10000n, 3],
        [0x100000n, 0x200000n, 4], [0xffffffff80100000n, 0xffffffff80200000n, 4]] });
    await machine.goto(prompt);
    const owners = machine.owners(0, machine.end, 400);
    assert.equal(owners[0], 1);
    assert.equal(owners[399], 4);
    const order = [...owners].filter((owner, i) => owner !== owners[i - 1]);
    assert.ok(order.includes(3), order.join());
    assert.deepEqual([...machine.owners(mbr, mbr + 10, 1)], [2]);
});

test('running in time waits at the prompt instead of burning the CPU, and takes keys', async () => {
    await machine.goto(prompt);
    let changes = 0;
    machine.on('change', () => changes++);
    const before = process.cpuUsage();
    const done = machine.run();
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const { user, system } = process.cpuUsage(before);
    assert.ok(user + system < 300000, `an idle second took ${(user + system) / 1000} ms of CPU`);
    await machine.type('echo run\n');
    await new Promise((resolve) => setTimeout(resolve, 500));
    machine.pause();
    assert.equal(await done, 'pause');
    assert.ok(changes > 5);
    assert.match(shown(), /\nrun/);
});

test('the machine is configured: less memory, no long mode, a floppy, A20 off', async () => {
    await machine.power({ memory: 16, longMode: false, medium: 'floppy' });
    await machine.goto(await machine.find({ screen: 'E21' }));
    assert.match(shown(), /from drive 00h/);
    await machine.power({ memory: 16, longMode: true });
    await machine.goto(await machine.find({ screen: 'Memory map:' }) + 20000);
    assert.match(shown(), /Memory map: .* 15\d\d\d KiB/);
    await machine.power({ memory: 32, longMode: true, medium: 'disk', a20: 'off' });
    await machine.goto(await machine.find({ rip: 0x7c00n }));
    assert.equal(machine.state().a20, false);
    await machine.goto(await machine.find({ screen: 'Hello, World!' }));
    assert.equal(machine.state().a20, true);
    assert.match(shown(), /A20: switched on by/);
    await machine.power({ a20: 'on' });
});

test('two PCs are the same machine to the tick', async () => {
    const [a, b] = [await freshPc(), await freshPc()];
    a.run(7e6);
    for (let i = 1; i <= 70; i++)
        b.run(i * 1e5);
    for (const pc of [a, b])
        while (pc.count < 7e6) {
            pc.clearLogs();
            pc.run(7e6);
        }
    assert.equal(a.ticks, b.ticks);
    assert.equal(Buffer.compare(a.ram, b.ram), 0);
});
