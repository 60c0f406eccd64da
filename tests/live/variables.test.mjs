// The C variables of this build's programs, at instants at which their values are known otherwise.

import assert from 'node:assert/strict';
import test from 'node:test';
import { Symbols } from '../../tools/live/page/symbols.js';
import { fileVariables, localVariables, variableAt, variableText } from '../../tools/live/page/variables.js';
import { names, newMachine } from './live_machine.mjs';

const data = names(), symbols = new Symbols(data);
const machine = await newMachine({ data });
const functionEntry = async (name) => {
    const count = await machine.find({ rip: symbols.functionAddresses(name) });
    await machine.goto(count);
};
const locals = (name) => localVariables(machine, symbols, machine.state()).flatMap(({ variables }) => variables)
    .find((variable) => variable.name === name);
const kernel = symbols.programs.find(({ name }) => name === 'kernel');
const linear = (name) => kernel.base + BigInt(kernel.variables.find((row) => row[2] === name && row[3] >= 0)[0]);

await machine.goto(await machine.find({ rip: 0x7c00n }));
const mbr = machine.count;
const physical = Number(linear('screen') - 0xffffffff80000000n);

test('before its program is in memory a byte belongs to no variable', () => {
    assert.equal(variableAt(machine, symbols, physical), null);
    const { base, variables } = symbols.programs.find(({ name }) => name === 'stage2');
    const [offset] = variables.find((row) => row[3] >= 0);
    assert.equal(variableAt(machine, symbols, Number(base) + offset), null);
});

test('an argument on the stack has its type, its value and its place', async () => {
    await functionEntry('stage2_main');
    const drive = locals('drive');
    assert.deepEqual([drive.type, drive.value, drive.isArgument], ['uint32_t', '128 = 80h', true]);
    assert.deepEqual([...machine.read(drive.physical, 4)], [0x80, 0, 0, 0]);
    assert.equal((await machine.writer(drive.physical)).function, 'stage2_entry');
});

test('an argument in a register is found there', async () => {
    await functionEntry('kernel_main');
    const argument = locals('boot_info_address');
    assert.deepEqual([argument.type, argument.register, argument.value], ['uint64_t', 'rdi', `2048 = ${data.constants.BOOT_INFO_ADDRESS.toString(16)}h`]);
});

test('a byte of the kernel is named by its variable and member, with type and value', async () => {
    await machine.goto(await machine.find({ screen: 'Hello, World!' }));
    await machine.advance(machine.count + 5e6, { seconds: 0.2 });   // until the prompt waits
    const { row, column } = machine.cursor();
    const members = Array.from({ length: 32 }, (_, i) => variableAt(machine, symbols, physical + i));
    const of = (name) => members.find((member) => member.name === name);
    assert.deepEqual([of('screen.row').type, parseInt(of('screen.row').value, 10)], ['uint8_t', row]);
    assert.equal(parseInt(of('screen.column').value, 10), column);
    assert.match(of('screen.memory').value, /B8000h$/);
    assert.match(variableText(of('screen.row')), /^screen\.row of the kernel: uint8_t, \d+/);
});

test('a file\'s variables are listed with their values', () => {
    const listed = fileVariables(machine, symbols, symbols.filesNamed('kernel/console/console.c')[0]);
    const serial = listed.find(({ name }) => name === 'serial');
    assert.match(serial.value, /^\{port: 1016 = 3F8h, present: true, /);
    assert.equal(serial.type, 'struct uart');
});

test('memory of no variable has no name', () => {
    assert.equal(variableAt(machine, symbols, 0xb8000), null);
    assert.equal(variableAt(machine, symbols, 0x600), null);
});

test('in code without variables there are none', async () => {
    await machine.goto(mbr);
    assert.deepEqual(localVariables(machine, symbols, machine.state()), []);
});
