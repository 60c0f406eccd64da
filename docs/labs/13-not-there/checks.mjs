// The checks of this hunt: tools/labs/hunt.mjs has what all hunts share.

import { checksOfHunt } from '../../../tools/labs/hunt.mjs';

export { observe } from '../../../tools/labs/hunt.mjs';

export const boots = { plain: {} };

export const checks = checksOfHunt({ vector: 11, address: 0x7c20, mode: 'prot32' });
