// C variables at an instant: which one a byte of memory belongs to, and which the running function has,
// each with its type and value.

import { hexh, littleEndian } from './format.js';
import { partAt, sizeOf, typeName, valueText } from './types.js';

const HIGH = 0xffffffff80000000n; // where the boot protocol maps the first 2 GiB for the kernel
const MOST_BYTES = 4096; // of one value

// What a pointer points to, in a word: a function or a variable
const nameFrom = (symbols) => (address) => {
    const place = symbols.find(address);
    if (place?.name) return place.offset ? `in ${place.name}` : place.name;
    const variable = symbols.variable(address);
    return variable ? variable.name + partAt(variable.program.types ?? [], variable.type, variable.offset).path : null;
};

// Whether a program's code is in memory now, so that its variables are as well
function isLoaded(machine, program) {
    const at = machine.translate(program.base + BigInt(program.codeAt ?? 0));
    if (at === null || at > 0xffffffff) return false;
    const bytes = machine.read(at, program.code.length);
    return program.code.every((byte, i) => byte === bytes[i]);
}

function describe(machine, symbols, { name, program, type, physical, bytes }) {
    const types = program.types ?? [];
    return {
        name,
        program: program.name,
        type: type < 0 ? null : typeName(types, type),
        value: bytes ? valueText(types, type, bytes, nameFrom(symbols)) : null,
        physical,
        length: bytes?.length ?? 0,
    };
}

// The variable, or the part of it, that a physical address belongs to at this instant: {name: "screen.row",
// program, type: "uint8_t", value: "3", physical, length}, or null
export function variableAt(machine, symbols, physical) {
    for (const linear of [BigInt(physical), HIGH + BigInt(physical)]) {
        const found = symbols.variable(linear);
        if (!found || machine.translate(linear) !== physical || !isLoaded(machine, found.program)) continue;
        const { name, program, type, offset } = found;
        if (type < 0) return describe(machine, symbols, { name, program, type, physical });
        const part = partAt(program.types, type, offset);
        const start = physical - offset + part.start;
        const size = part.type === null ? 0 : Math.min(sizeOf(program.types, part.type), MOST_BYTES);
        return describe(machine, symbols, {
            name: name + part.path,
            program,
            type: part.type ?? -1,
            physical: start,
            bytes: size ? machine.read(start, size) : null,
        });
    }
    return null;
}

const OWNERS = { stage1: 'the MBR', stage2: 'stage 2', kernel: 'the kernel' };

// "screen.row of the kernel: uint8_t, 3"
export function variableText({ name, program, type, value }) {
    const described = type ? `: ${type}${value === null ? '' : `, ${value}`}` : '';
    return `${name} of ${OWNERS[program] ?? program}${described}`;
}

// The bytes of a variable of a function: {bytes, physical or null, register or null}, or null if it
// is nowhere now, as in optimised code often happens
function contentOf(machine, state, base, [, , kind, register, number], size) {
    const value = () => (state.registers[register] + BigInt(number)) & 0xffffffffffffffffn;
    const bytesOf = (whole) => Uint8Array.from({ length: Math.min(size, 8) }, (_, i) => Number((BigInt(whole) >> BigInt(8 * i)) & 0xffn));
    switch (kind) {
        case 'register':
            return { bytes: bytesOf(state.registers[register]), register };
        case 'value':
            return { bytes: bytesOf(value()) };
        case 'constant':
            return { bytes: bytesOf(number) };
    }
    const linear = kind === 'static' ? base + BigInt(number) : value();
    const physical = machine.translate(linear);
    return physical === null || physical > 0xffffffff
        ? null
        : { bytes: machine.read(physical, Math.min(size, MOST_BYTES)), physical };
}

// What the code at this instant can name: [{name: function, variables: [{name, type, value, physical,
// register, length, isArgument}]}], the innermost first.  value is null where it is kept nowhere.
export function localVariables(machine, symbols, state) {
    const { program, offset, scopes } = symbols.scopes(state.linear);
    const found = [];
    for (const [name, , variables] of scopes) {
        if (name || !found.length) found.unshift({ name: name || symbols.find(state.linear)?.name, variables: [] });
        for (const [variable, type, isArgument, places] of variables) {
            const place = places.find(([from, to]) => offset >= from && offset < to);
            const size = sizeOf(program.types, type);
            const content = place && size && contentOf(machine, state, program.base, place, size);
            found[0].variables.push({
                name: variable,
                isArgument,
                type: typeName(program.types, type),
                value: content ? valueText(program.types, type, content.bytes, nameFrom(symbols)) : null,
                physical: content?.physical ?? null,
                register: content?.register ?? null,
                length: content?.bytes.length ?? 0,
            });
        }
    }
    return found;
}

// The variables that a source file defines, as variableAt() describes them; those that are not mapped left out
export function fileVariables(machine, symbols, file) {
    return symbols.variablesOf(file).flatMap(({ linear, name, program, type }) => {
        const physical = machine.translate(linear);
        if (physical === null || physical > 0xffffffff || type < 0 || name === '__func__') return [];
        const size = Math.min(sizeOf(program.types, type), MOST_BYTES);
        return [describe(machine, symbols, { name, program, type, physical, bytes: machine.read(physical, size) })];
    });
}
