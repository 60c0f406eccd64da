// The keys of the PC's keyboard by the names that browsers give them (KeyboardEvent.code), in the
// order of Bochs's own list (gui/gui.h), and what has to be pressed to type a character with the
// layout "us".

const CODES = ['ControlLeft', 'ShiftLeft', 'F1', 'F2', 'F3', 'F4', 'F5', 'F6', 'F7', 'F8', 'F9', 'F10', 'F11',
    'F12', 'ControlRight', 'ShiftRight', 'CapsLock', 'NumLock', 'AltLeft', 'AltRight',
    ...[...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'].map((letter) => `Key${letter}`),
    ...[...'0123456789'].map((digit) => `Digit${digit}`),
    'Escape', 'Space', 'Quote', 'Comma', 'Period', 'Slash', 'Semicolon', 'Equal', 'BracketLeft', 'Backslash',
    'BracketRight', 'Minus', 'Backquote', 'Backspace', 'Enter', 'Tab', 'IntlBackslash', 'PrintScreen',
    'ScrollLock', 'Pause', 'Insert', 'Delete', 'Home', 'End', 'PageUp', 'PageDown', 'NumpadAdd',
    'NumpadSubtract', 'Numpad1', 'Numpad2', 'Numpad3', 'Numpad4', 'Numpad6', 'Numpad7', 'Numpad8', 'Numpad9',
    'Numpad0', 'NumpadDecimal', 'Numpad5', 'ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'NumpadEnter',
    'NumpadMultiply', 'NumpadDivide', 'MetaLeft', 'MetaRight', 'ContextMenu'];

const numbers = new Map(CODES.map((code, number) => [code, number]));

// Bochs's number of a key, or undefined
export const keyNumber = (code) => numbers.get(code);

const PLAIN = { ' ': 'Space', '\n': 'Enter', '\t': 'Tab', '\b': 'Backspace', '\x1b': 'Escape', '-': 'Minus', '=': 'Equal',
    '[': 'BracketLeft', ']': 'BracketRight', '\\': 'Backslash', ';': 'Semicolon', "'": 'Quote', '`': 'Backquote',
    ',': 'Comma', '.': 'Period', '/': 'Slash' };
const SHIFTED = { '_': 'Minus', '+': 'Equal', '{': 'BracketLeft', '}': 'BracketRight', '|': 'Backslash', ':': 'Semicolon',
    '"': 'Quote', '~': 'Backquote', '<': 'Comma', '>': 'Period', '?': 'Slash', ')': 'Digit0', '!': 'Digit1', '@': 'Digit2',
    '#': 'Digit3', '$': 'Digit4', '%': 'Digit5', '^': 'Digit6', '&': 'Digit7', '*': 'Digit8', '(': 'Digit9' };

// The keys that type a character: [[code, down], ...]; null if this keyboard cannot type it
export function strokes(character) {
    let code = PLAIN[character], shift = false;
    if (/^[a-z]$/.test(character))
        code = `Key${character.toUpperCase()}`;
    else if (/^[0-9]$/.test(character))
        code = `Digit${character}`;
    else if (/^[A-Z]$/.test(character))
        [code, shift] = [`Key${character}`, true];
    else if (SHIFTED[character])
        [code, shift] = [SHIFTED[character], true];
    if (!code)
        return null;
    const stroke = [[code, true], [code, false]];
    return shift ? [['ShiftLeft', true], ...stroke, ['ShiftLeft', false]] : stroke;
}
