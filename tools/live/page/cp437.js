// The characters that a PC's text screen shows for the bytes 0-255, as Unicode.

const LOW = ' ☺☻♥♦♣♠•◘○◙♂♀♪♫☼►◄↕‼¶§▬↨↑↓→←∟↔▲▼';
const HIGH = '⌂ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀'
    + 'αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0';

const ascii = Array.from({ length: 0x7f - 0x20 }, (_, i) => String.fromCharCode(0x20 + i));
export const CP437 = [...LOW, ...ascii, ...HIGH];

const bytes = new Map(CP437.map((character, byte) => [character, byte]));
bytes.set(' ', 0x20);

// The bytes of a text, or null if the screen has no such character
export function encode(text) {
    const found = [...text].map((character) => bytes.get(character));
    return found.includes(undefined) ? null : Uint8Array.from(found);
}
