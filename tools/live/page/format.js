// Numbers as the project writes them (hexadecimal, upper case, an h after them), and DOM elements.

const MASK64 = (1n << 64n) - 1n;

// 0x2401 -> "2401"; digits pads with zeros.
export function hex(value, digits = 1) {
    const number = typeof value === 'bigint' ? value & MASK64 : value;
    return number.toString(16).toUpperCase().padStart(digits, '0');
}

export const hexh = (value, digits = 1) => hex(value, digits) + 'h';

// 5122729 -> "5,122,729"
export const decimal = (count) =>
    Math.round(count)
        .toString()
        .replace(/\B(?=(\d{3})+$)/g, ',');

export const plural = (count, noun) => `${decimal(count)} ${noun}${count === 1 ? '' : 's'}`;

// "7c00", "7C00h" and "0x7c00" -> a BigInt, anything else -> null.
export function parseHex(text) {
    const digits = text
        .trim()
        .replace(/^0x/i, '')
        .replace(/h$/i, '')
        .replace(/[_,\s]/g, '');
    return /^[0-9a-f]{1,16}$/i.test(digits) ? BigInt('0x' + digits) : null;
}

export function littleEndian(bytes) {
    let value = 0n;
    for (let i = bytes.length - 1; i >= 0; i--) value = (value << 8n) | BigInt(bytes[i]);
    return value;
}

export const printable = (byte) => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : '.');

// el('button', {class: 'x', onclick: f}, 'text', child...): attributes, handlers and children
export function el(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
        if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
        else if (value === true) element.setAttribute(name, '');
        else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
    }
    element.append(...children.filter((child) => child !== null && child !== undefined));
    return element;
}

// Sets an element's text only if it differs, so that nothing is drawn needlessly.
export function setText(element, text) {
    if (element.textContent !== text) element.textContent = text;
}

const SHOWN = 8; // digits of an old value that fit beside a 64-bit register

// The old value beside the new one: without the upper digits, if it is long and they are the same
export function besideNew(was, is) {
    const upper = was.length - SHOWN;
    return upper > 0 && was.length === is.length && was.startsWith(is.slice(0, upper)) ? `…${was.slice(upper)}` : was;
}
