// Pages that cannot run say why, in a sentence: damaged, cut off, without WebAssembly or scripts.

import test from 'node:test';
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { open, PAGE, skipWithout, textOf } from './browser.mjs';

const skip = skipWithout('chrome');
const page = () => readFileSync(PAGE, 'utf8');

// The sentence that a page with this text shows
async function sentenceOf(t, text, prepare) {
    const folder = mkdtempSync(join(tmpdir(), 'firstlight-live-'));
    t.after(() => rmSync(folder, { recursive: true }));
    const file = join(folder, 'page.html');
    writeFileSync(file, text);
    const opened = await open('chrome', { file, ready: false });
    t.after(opened.close);
    await prepare?.(opened.page, file);
    await opened.page.waitForFunction(() => !document.getElementById('notice').textContent.startsWith('The PC is being'));
    assert.equal(await opened.page.$eval('#app', (element) => element.hidden), true);
    return textOf(opened.page, '#notice');
}

test('a page that was cut off', { skip }, async (t) => {
    const whole = page();
    for (const part of [0.2, 0.6, 0.999])
        assert.match(await sentenceOf(t, whole.slice(0, Math.floor(whole.length * part))), /This page is damaged: its end is missing/);
});

test('a page with a changed byte', { skip }, async (t) => {
    const whole = page();
    const at = whole.indexOf('data-part="engine/engine.wasm"') + 5000;
    const changed = whole.slice(0, at) + (whole[at] === 'A' ? 'B' : 'A') + whole.slice(at + 1);
    assert.match(await sentenceOf(t, changed), /This page is damaged: one of its parts cannot be unpacked/);
});

test('a page whose engine is none', { skip }, async (t) => {
    const packed = gzipSync('no engine').toString('base64');
    const other = page().replace(/(data-part="engine\/engine.wasm">)[^<]*/, `$1${packed}`);
    assert.match(await sentenceOf(t, other), /The PC could not be started/);
});

test('a browser without WebAssembly', { skip }, async (t) => {
    const other = page().replace('<script>', '<script>delete window.WebAssembly;</script><script>');
    assert.match(await sentenceOf(t, other), /This browser has no WebAssembly/);
});

test('a browser that is too old', { skip }, async (t) => {
    const other = page().replace('<script>', '<script>delete window.DecompressionStream;</script><script>');
    assert.match(await sentenceOf(t, other), /This browser is too old for this page/);
});
