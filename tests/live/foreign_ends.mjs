// How the images of other people, and broken ones, end in the page's PC.  After the MBR's first
// instruction: until `screen` shows this text, `at` (an address) is reached or the first `event` happens; then
// `after` instructions more, or until the machine is dead.  `dead` has the reason, `chain` the vectors.

const HALTED = 'halted with interrupts disabled', TRIPLE = 'triple fault';

export const ENDS = {
    plain: { screen: 'No names, no symbols.', after: 5000, dead: HALTED },
    example: { screen: 'Hello from a kernel of my own!', after: 50000, dead: HALTED, serial: 'Hello from a kernel of my own!' },
    'mode/lme_missing': { after: 100000, dead: TRIPLE, chain: [13, 13, 8, 13] },
    'sector/no_end': { screen: 'AB'.padEnd(80), after: 5000 },
};
