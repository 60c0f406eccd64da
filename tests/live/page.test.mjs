// A user with the page, in Chromium and in Firefox: run, type, step, search, ask, change, drop.

import test from 'node:test';
import assert from 'node:assert/strict';
import { count, open, pause, press, runTo, settled, skipWithout, strangers, textOf, untilPrompt } from './browser.mjs';

const screen = (page) => page.evaluate(() => window.machine.screen().map((row) => row.trimEnd()));
const state = (page, name) => page.evaluate((wanted) => String(window.machine.state()[wanted]), name);
const mode = (page) => textOf(page, '#mode strong');

for (const browser of ['chrome', 'firefox']) {
    test(`the page in ${browser}`, { skip: skipWithout(browser) }, async (t) => {
        const { page, errors, requests, close } = await open(browser);
        t.after(close);

        await t.test('boots to the prompt before one’s eyes', async () => {
            await untilPrompt(page);
            assert.equal(await mode(page), 'long64');
        });

        await t.test('answers what is typed into the screen', async () => {
            await page.click('#screen');
            await page.keyboard.type('echo hello', { delay: 40 });
            await page.keyboard.press('Enter');
            await page.waitForFunction(() => window.machine.screen().some((row) => row.trimEnd() === 'hello'));
        });

        await t.test('shows the same screen after going back over what was typed and on again', async () => {
            await pause(page);
            const before = await screen(page), end = await count(page);
            await press(page, 'Home');
            assert.equal(await count(page), 0);
            assert.ok((await screen(page)).every((row) => row === ''));
            await press(page, 'End');
            assert.equal(await count(page), end);
            assert.deepEqual(await screen(page), before);
        });

        await t.test('steps by instruction on and back', async () => {
            await runTo(page, 'mbr');
            const at = await count(page), rip = await state(page, 'rip');
            assert.equal(rip, String(0x7c00));
            await press(page, 'ArrowRight');
            assert.equal(await count(page), at + 1);
            assert.match(await textOf(page, '#sentence'), /^cli: /);
            await press(page, 'ArrowLeft');
            assert.deepEqual([await count(page), await state(page, 'rip')], [at, rip]);
        });

        await t.test('steps by source line on and back', async () => {
            const line = async () => Number((await textOf(page, '#source-file')).match(/stage1\.asm:(\d+)/)?.[1]);
            const first = await line();
            await press(page, 'ArrowDown', 'ArrowDown', 'ArrowDown');
            const third = await line();
            assert.ok(third > first);
            await press(page, 'ArrowUp');
            assert.ok(await line() < third);
        });

        await t.test('steps by BIOS call and tells it in words', async () => {
            await press(page, 'b');
            assert.match(await textOf(page, '#sentence'), /^int 0x13: INT 13h AH=42h \(disk\): extended read of drive 80h: 1 sector from LBA 1 to 0000:8000/);
            const first = await count(page);
            await press(page, 'b');
            assert.match(await textOf(page, '#sentence'), /1 sector from LBA 2/);
            await press(page, 'B');
            assert.equal(await count(page), first);
        });

        await t.test('steps over a call and back over it', async () => {
            await runTo(page, 'kernel_main');
            const at = await count(page);
            await press(page, 'Shift+ArrowDown', 'Shift+ArrowDown');
            assert.match(await textOf(page, '#source-file'), /in kernel_main/);
            assert.ok(await count(page) > at);
            await press(page, 'Shift+ArrowUp');
            assert.match(await textOf(page, '#source-file'), /in kernel_main/);
        });

        await t.test('steps by chapter', async () => {
            await runTo(page, 'long_mode');
            assert.equal(await page.$eval('#timeline', (element) => element.getAttribute('aria-valuetext').split(', chapter ')[1]), 'long mode');
            await press(page, 'PageUp');
            assert.match(await page.$eval('#timeline', (element) => element.getAttribute('aria-valuetext')), /chapter verified/);
            await press(page, 'PageDown');
            assert.match(await page.$eval('#timeline', (element) => element.getAttribute('aria-valuetext')), /chapter long mode/);
        });

        await t.test('runs to a change of mode, a text, a port and a register, and back', async () => {
            await runTo(page, 'stage2');
            await runTo(page, '"A20"');
            assert.ok((await screen(page)).some((row) => row.includes('A20')));
            const seen = await count(page);
            await press(page, 'ArrowLeft');
            assert.ok(!(await screen(page)).some((row) => row.includes('A20')));
            await runTo(page, 'cr3');
            const there = await count(page);
            assert.notEqual(await state(page, 'cr3'), '0');
            await runTo(page, 'mode', -1);
            assert.ok(await count(page) < there && await count(page) > seen);
            await runTo(page, 'port 3F8', -1);
            assert.match(await textOf(page, '#sentence'), /port 3F8h \(COM1\)/);
        });

        await t.test('says who wrote a character, goes there and back', async () => {
            await press(page, 'End');
            const end = await count(page);
            const box = await (await page.$('#screen canvas')).boundingBox();
            await page.mouse.click(box.x + box.width * 0.5 / 80, box.y + box.height * 0.5 / 25);
            await page.waitForSelector('#inspector .writer strong');
            const writer = await textOf(page, '#inspector .writer');
            assert.match(writer, /Written by vga_text_flush/);
            await page.waitForFunction(() => document.activeElement.textContent.startsWith('Written by'));
            await page.keyboard.press('Enter');
            await page.waitForFunction((from) => window.machine.count < from, {}, end);
            await settled(page);
            assert.match(await textOf(page, '#sentence'), /wrote \d+ bytes? at B8[0-9A-F]{3}h/);
            await press(page, 'Backspace');
            assert.equal(await count(page), end);
        });

        await t.test('what if: another value makes a branch, and going back leaves it', async () => {
            await runTo(page, 'mbr');
            const at = await count(page);
            await page.click('#registers button');
            await page.waitForSelector('.what-if input');
            await page.type('.what-if input', '1234');
            await page.keyboard.press('Enter');
            await page.waitForFunction(() => window.machine.branch !== null);
            await settled(page);
            assert.equal(await page.evaluate(() => window.machine.state().registers.rax & 0xffffn) , 0x1234n);
            assert.match(await textOf(page, '#branch'), /What if: rax = 1234h/);
            await page.click('#registers button');
            await page.waitForSelector('#inspector .writer strong');
            assert.match(await textOf(page, '#inspector .writer'), /^Written by you: another value, tried here, 0 instructions ago/);
            await page.keyboard.press('Escape');
            await press(page, 'ArrowRight', 'ArrowLeft', 'ArrowLeft');
            assert.equal(await count(page), at - 1);
            assert.equal(await page.$eval('#branch', (element) => element.hidden), true);
        });

        await t.test('a link names the instant so that it is found again', async () => {
            await runTo(page, 'stage2_main');
            await press(page, 'l');
            const hash = await page.evaluate(() => location.hash), at = await count(page);
            assert.match(hash, /^#stage2\/main\.c:\d+$/);
            await press(page, 'Home');
            await page.evaluate((wanted) => { location.hash = ''; location.hash = wanted; }, hash);
            await page.waitForFunction((wanted) => window.machine.count === wanted, {}, at);
            await settled(page);
        });

        await t.test('predict asks before it shows, and compares', async () => {
            await runTo(page, 'mbr');
            await press(page, 'p', 'ArrowRight');
            const at = await count(page);
            await page.type('#prediction', 'if=1');
            await page.keyboard.press('Enter');
            await page.waitForSelector('#predict-dialog .answer');
            assert.match(await textOf(page, '#predict-dialog'), /Not quite: IF is 0, not 1/);
            assert.equal(await count(page), at + 1);
            await page.keyboard.press('Escape');
            await press(page, 'ArrowDown');
            assert.match(await textOf(page, '#predict-dialog'), /What does this line change\?/);
            const line = await count(page);
            await page.keyboard.press('Enter');
            await page.waitForSelector('#predict-dialog .answer');
            assert.match(await textOf(page, '#predict-dialog'), /The line took \d+ instructions?: /);
            assert.ok(await count(page) > line);
            await page.keyboard.press('Escape');
            await press(page, 'p');
        });

        await t.test('every table can be looked at', async () => {
            await runTo(page, 'ready');
            const shown = {};
            for (const id of ['map', 'hex', 'gdt', 'idt', 'pages', 'stack', 'variables', 'serial', 'transcript']) {
                await page.click(`#tab-${id}`);
                shown[id] = await textOf(page, `#panel-${id}`);
            }
            assert.match(shown.gdt, /64-bit code/);
            assert.match(shown.idt, /#PF page fault/);
            assert.match(shown.pages, /PML4/);
            assert.match(shown.stack, /called from .*kernel_main/);
            assert.match(shown.serial, /A20/);
            assert.match(shown.transcript, /INT 13h AH=42h/);
        });

        await t.test('a byte is named by its variable, with type and value, and so is what a function has', async () => {
            await runTo(page, 'kernel_main', -1);
            await page.click('#tab-variables');
            assert.match(await textOf(page, '#panel-variables'), /In kernel_main.*boot_info_address.*uint64_t, argument.*2048 = 800h/);
            await press(page, 'End');
            await page.click('#tab-hex');
            await page.$eval('#hex-address', (input) => { input.value = 'screen_present'; });
            await page.click('#panel-hex button[type=submit]');
            assert.match(await textOf(page, '#panel-hex [role=status]'), /^screen_present of the kernel: _Bool, true$/);
            await page.click('#panel-hex .byte[tabindex="0"]');
            await page.waitForSelector('#inspector .writer strong');
            assert.match(await textOf(page, '#inspector .variable'), /^screen_present of the kernel: _Bool, true$/);
            assert.match(await textOf(page, '#inspector .writer'), /kernel\/console\//);
            await page.keyboard.press('Escape');
        });

        await t.test('a dropped image boots, and its death is reported with the chain', async () => {
            // cli; lidt [zero limit]; int 3: no gate, so a triple fault
            await page.evaluate(async () => {
                const image = new Uint8Array(512);
                image.set([0xfa, 0x31, 0xc0, 0x8e, 0xd8, 0x0f, 0x01, 0x1e, 0x10, 0x7c, 0xcc, 0xf4]);
                image.set([0x55, 0xaa], 510);
                const files = new DataTransfer();
                files.items.add(new File([image], 'dies.img'));
                window.dispatchEvent(new DragEvent('drop', { dataTransfer: files, bubbles: true, cancelable: true }));
            });
            await page.waitForFunction(() => !document.getElementById('death').hidden);
            await settled(page);
            assert.match(await textOf(page, '#death'), /The machine is dead: triple fault.*#GP/);
            await pause(page);          // also moves the focus from the tabs, where arrow keys differ
            await press(page, 'ArrowLeft');
            assert.equal(await page.$eval('#death', (element) => element.hidden), true);
        });

        await t.test('no error was logged, and no network was asked', () => {
            assert.deepEqual(errors, []);
            assert.deepEqual(strangers(requests), []);
        });
    });
}
