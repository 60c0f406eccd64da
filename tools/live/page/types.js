// C types as tools/live/elf_variables.py describes them: their names, the member that a byte belongs to,
// and values in words.  Pure.

import { hexh, littleEndian, printable } from './format.js';

const MOST_ELEMENTS = 8,
    MOST_MEMBERS = 6,
    MOST_TEXT = 60;
const ADDRESS = 1n << 47n; // numbers from here on are addresses or bits rather than amounts

// The row of a type without its typedefs
function row(types, number) {
    let found = types[number];
    while (found?.[0] === 'alias') found = types[found[2]];
    return found ?? ['void'];
}

export function sizeOf(types, number) {
    const [kind, first, second] = row(types, number);
    if (kind === 'array') return second * sizeOf(types, first);
    if (kind === 'pointer') return first;
    return typeof second === 'number' ? second : 0;
}

// "uint32_t", "struct frame *", "char[80]"
export function typeName(types, number) {
    const [kind, first, second] = types[number] ?? ['void'];
    switch (kind) {
        case 'void':
            return 'void';
        case 'code':
            return 'function';
        case 'pointer':
            return `${typeName(types, second)} *`.replace(/\* \*$/, '**');
        case 'array': {
            const element = typeName(types, first),
                at = element.indexOf('[');
            return at < 0 ? `${element}[${second}]` : `${element.slice(0, at)}[${second}]${element.slice(at)}`;
        }
        case 'struct':
        case 'union':
        case 'enum':
            return first ? `${kind} ${first}` : kind;
        default:
            return first;
    }
}

// The innermost part that the byte at `offset` belongs to: {path: ".entries[3].type", type, start};
// type is null between two members
export function partAt(types, number, offset) {
    let path = '',
        type = number,
        start = 0;
    for (;;) {
        const [kind, first, second, members] = row(types, type);
        if (kind === 'array') {
            const size = sizeOf(types, first);
            if (!size || offset - start >= size * second) return { path, type, start };
            const index = Math.floor((offset - start) / size);
            path += `[${index}]`;
            start += index * size;
            type = first;
        } else if (kind === 'struct' || kind === 'union') {
            const within = offset - start;
            const member = members.find(
                ([at, , of, bit, bits]) =>
                    within >= at && within < at + (bits ? Math.ceil((bit + bits) / 8) : sizeOf(types, of)),
            );
            if (!member) return { path: `${path} (between its members)`, type: null, start };
            const [at, name, of, , bits] = member;
            if (bits) return { path, type, start };
            if (name) path += `.${name}`;
            start += at;
            type = of;
        } else return { path, type, start };
    }
}

const isChar = (types, number) => row(types, number)[3] === 'c';

// "12 = Ch", "'A' = 41h", "CONSOLE_ALARM = 5", "\"text\"", "{row: 3, column: 7}".
// nameOf(address) says what a pointer points to, or null.
export function valueText(types, number, bytes, nameOf = () => null, depth = 0) {
    const inner = (type, from) =>
        valueText(types, type, bytes.subarray(from, from + sizeOf(types, type)), nameOf, depth + 1);
    const [kind, first, second, third] = row(types, number);
    switch (kind) {
        case 'number':
            return numberText(third, bytes);
        case 'enum':
            return enumText(third, bytes);
        case 'pointer':
            return pointerText(bytes, nameOf);
        case 'array':
            if (isChar(types, first)) return quoted(bytes);
            return depth > 1 ? '{…}' : listed(second, MOST_ELEMENTS, (i) => inner(first, i * sizeOf(types, first)));
        case 'struct':
        case 'union':
            if (depth > 1) return '{…}';
            return listed(third.length, MOST_MEMBERS, (i) => {
                const [at, name, type, bit, bits] = third[i];
                const value = bits ? decimalAndHex(bitsOf(bytes, at, bit, bits)) : inner(type, at);
                return name ? `${name}: ${value}` : value;
            });
        default:
            return hexh(littleEndian(bytes));
    }
}

function listed(count, most, text) {
    const shown = Array.from({ length: Math.min(count, most) }, (_, i) => text(i));
    return `{${[...shown, ...(count > most ? ['…'] : [])].join(', ')}}`;
}

const bitsOf = (bytes, at, bit, bits) =>
    (littleEndian(bytes.subarray(at, at + 8)) >> BigInt(bit)) & ((1n << BigInt(bits)) - 1n);

function decimalAndHex(value) {
    if (value >= ADDRESS) return hexh(value);
    return value > 9n ? `${value} = ${hexh(value)}` : `${value}`;
}

function numberText(kind, bytes) {
    const value = littleEndian(bytes);
    switch (kind) {
        case 'b':
            return value ? 'true' : 'false';
        case 'c':
            return value >= 32n && value < 127n ? `'${printable(Number(value))}' = ${hexh(value)}` : hexh(value, 2);
        case 's':
            return BigInt.asIntN(8 * bytes.length, value) < 0n
                ? `${BigInt.asIntN(8 * bytes.length, value)}`
                : decimalAndHex(value);
        case 'f':
            return floatText(bytes);
        default:
            return decimalAndHex(value);
    }
}

function floatText(bytes) {
    const view = new DataView(bytes.slice().buffer);
    if (bytes.length === 4) return `${view.getFloat32(0, true)}`;
    return bytes.length === 8 ? `${view.getFloat64(0, true)}` : hexh(littleEndian(bytes));
}

function enumText(names, bytes) {
    const value = BigInt.asIntN(8 * bytes.length, littleEndian(bytes));
    const known = names.find(([number]) => BigInt(number) === value);
    return known ? `${known[1]} = ${value}` : decimalAndHex(value);
}

function pointerText(bytes, nameOf) {
    const value = littleEndian(bytes);
    if (!value) return 'NULL';
    const name = nameOf(value);
    return `${hexh(value)}${name ? `, ${name}` : ''}`;
}

function quoted(bytes) {
    const end = bytes.indexOf(0);
    const text = [...bytes.subarray(0, end < 0 ? bytes.length : end)].map(printable).join('');
    return `"${text.slice(0, MOST_TEXT)}${text.length > MOST_TEXT ? '…' : ''}"`;
}
