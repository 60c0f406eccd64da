// Takes the README's picture of the page: in the middle of the boot, where long mode is on.
//
//     node tests/live/picture.mjs docs/images/live.png

import { open, pause, press, runTo, untilPrompt } from './browser.mjs';

const { page, close } = await open('chrome', { width: 1440, height: 900 });
await untilPrompt(page);
await pause(page);
await runTo(page, 'kernel_main', -1); // forwards it would look for a second call
await press(page, 'ArrowDown', 'ArrowDown');
await page.screenshot({ path: process.argv[2] });
await close();
