// The lines and labels of a flat program, from NASM's listing and map, in the form that the machine's
// symbols have (tools/live/live.py), so that writer() and reports can name them.

// "     7 00000004 B041              <1> mov al, 'A'": a number before the mnemonic is one of an included file
const LINE = /^ *(\d+) ([0-9A-F]{8}) [0-9A-F<[(?]\S* *(<\d+>)?/;
const LABEL = /^ *([0-9A-F]+) +[0-9A-F]+ +(\S+)$/;
const CONTINUED = /-$/;

export function lines(listing) {
    const rows = [];
    for (const text of listing.split('\n')) {
        const [, line, offset, included] = LINE.exec(text) ?? [];
        const last = rows.at(-1);
        if (line === undefined || included || (last && last[0] === parseInt(offset, 16)))
            continue;
        if (!last || last[2] !== Number(line) || !CONTINUED.test(text))
            rows.push([parseInt(offset, 16), 0, Number(line)]);
    }
    return rows.sort((a, b) => a[0] - b[0]);
}

export function labels(map, base, size) {
    return map.split('\n').map((text) => LABEL.exec(text)).filter(Boolean)
        .map(([, address, name]) => [parseInt(address, 16) - base, 1, name])
        .filter(([offset]) => offset >= 0 && offset < size).sort((a, b) => a[0] - b[0]);
}

// programs: [{ file, base, size, listing, map }]
export function symbolData(programs) {
    return {
        files: programs.map(({ file }) => ({ path: file })), stamp: 'no stamps in these programs',
        programs: programs.map(({ file, base, size, listing, map }, number) => ({
            name: file, base: base.toString(16), size, bits: 16, variables: [],
            functions: labels(map, base, size),
            lines: lines(listing).map(([offset, , line]) => [offset, number, line]),
        })),
    };
}

// The same for a kernel: { files, functions, lines } with offsets from `base`
export const kernelData = ({ bytes, program: { files, functions, lines } }, base) => ({
    files, stamp: 'no stamps in this program',
    programs: [{ name: 'kernel', base: base.toString(16), size: bytes.length, bits: 64, variables: [], functions, lines }],
});
