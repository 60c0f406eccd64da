// The real page in a real browser: opened as a file, its errors and requests collected.

import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';

const ROOT = resolve(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '../..');
export const BUILD = resolve(ROOT, process.env.BUILD ?? 'build');
export const PAGE = resolve(BUILD, 'live.html');
export const PROMPT = '> ';
const LIMIT = 60000;            // milliseconds: enough for slow machines, and a hang still ends

const PROGRAMS = {
    chrome: ['/usr/bin/chromium', '/usr/bin/google-chrome'],
    firefox: ['/usr/bin/firefox-esr', '/usr/bin/firefox'],
};

const browserPath = (browser) => PROGRAMS[browser].find(existsSync);

// The browsers' remote control; null where `npm ci` was not run in tests/
const puppeteer = await import('puppeteer-core').then((module) => module.default, (error) => {
    if (error.code === 'ERR_MODULE_NOT_FOUND')
        return null;
    throw error;
});

// Why the tests in a browser have to be skipped, or false
export const skipWithout = (browser) => !browserPath(browser) ? `${browser} is not installed; make setup test installs it`
    : !puppeteer && 'puppeteer-core is not installed; make setup test installs it with npm';

// On a busy machine Firefox sometimes never answers to the first commands, for which puppeteer has no
// time limit: such a browser is ended and started once more.
async function startAnswering(browser, args) {
    for (const isLast of [false, true]) {
        const started = await puppeteer.launch({ browser, executablePath: browserPath(browser), headless: true, args });
        const page = await Promise.race([started.newPage(), setTimeout(LIMIT, null, { ref: false })]);
        if (page)
            return { started, page };
        started.process().kill('SIGKILL');
        if (isLast)
            throw new Error(`${browser} was started twice and did not open a page within ${LIMIT / 1000} s`);
        console.log(`${browser} did not open a page within ${LIMIT / 1000} s and is started once more`);
    }
}

// The size of the page's window.  puppeteer also sets the screen's orientation, for which Firefox 140 (Debian
// 12's) has no command.
export const setSize = (page, size) => page.setViewport(size).catch((error) => {
    if (!error.message.includes('unknown command emulation.setScreenOrientationOverride'))
        throw error;
});

// {page, errors, requests, close()}: the page at `file`, with `hash` after it
export async function open(browser, { file = PAGE, hash = '', width = 1280, height = 800, theme = 'light', ready = true } = {}) {
    const isChrome = browser === 'chrome';
    const { started, page } = await startAnswering(browser, isChrome ? ['--no-sandbox'] : []);
    try {
        return { page, close: () => started.close(), ...await show(page, isChrome, { file, hash, width, height, theme, ready }) };
    } catch (error) {
        started.process().kill('SIGKILL');      // or the test that failed would never end
        throw error;
    }
}

async function show(page, isChrome, { file, hash, width, height, theme, ready }) {
    const errors = [], requests = [];
    page.setDefaultTimeout(LIMIT);
    page.on('console', (message) => { if (['error', 'warn', 'warning'].includes(message.type())) errors.push(message.text()); });
    page.on('pageerror', (error) => errors.push(String(error.stack ?? error)));
    page.on('request', (request) => requests.push(request.url()));
    await setSize(page, { width, height });
    if (isChrome)
        await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: theme }]);
    await page.goto(pathToFileURL(file).href + hash);
    if (ready)
        await page.waitForFunction(() => window.machine && !document.getElementById('app').hidden);
    return { errors, requests };
}

// The page's requests: only for itself and what is embedded in it
export const strangers = (requests) => requests.filter((url) => !/^(file|data|blob|about):/.test(url));

export const untilPrompt = (page) => page.waitForFunction((prompt) =>
    window.machine.screen().some((row) => row.startsWith(prompt)), {}, PROMPT);

export async function pause(page) {
    await page.evaluate(async () => {
        document.activeElement.blur();
        if (document.querySelector('#run span').textContent === 'Pause')
            document.getElementById('run').click();
    });
    await settled(page);
}

// Waits until the page has done what was requested, and shows it
export const settled = (page) => page.waitForFunction(() => !document.body.dataset.busy &&
    document.querySelector('#run span').textContent === 'Run');

// Presses keys one after the other, each when the one before it is done
export async function press(page, ...keys) {
    for (const key of keys) {
        const [main, ...held] = key.split('+').reverse();
        for (const modifier of held.reverse())
            await page.keyboard.down(modifier);
        await page.keyboard.press(main);
        for (const modifier of held.reverse())
            await page.keyboard.up(modifier);
        await settled(page);
    }
}

export const count = (page) => page.evaluate(() => window.machine.count);
export const textOf = (page, selector) => page.$eval(selector, (element) => element.textContent);

// Writes into the box "Run to" and presses Enter, or Shift+Enter to search backwards
export async function runTo(page, text, direction = 1) {
    await page.$eval('#find-text', (input) => { input.value = ''; input.focus(); });
    await page.type('#find-text', text);
    if (direction < 0)
        await page.keyboard.down('Shift');
    await page.keyboard.press('Enter');
    if (direction < 0)
        await page.keyboard.up('Shift');
    await page.evaluate(() => document.activeElement.blur());
    await settled(page);
}
