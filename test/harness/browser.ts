import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { describe, expect, onTestFailed } from 'vitest';
import { findChromium } from '../../scripts/chromium.ts';

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-sync',
  '--disable-component-update',
  '--disable-background-networking',
  '--no-first-run',
];

const executablePath = findChromium();
const results = resolve(import.meta.dirname, '../../test-results');

/** `describe` for a story told in the browser; skipped, and counted as skipped, where there is no Chromium. */
export const journey = describe.skipIf(executablePath === null);

/** Sizes at which every screen must be right. */
export const viewports = {
  desktop: { width: 1440, height: 900 },
  phone: { width: 390, height: 844 },
} as const;

/** Starts the Chromium of this machine. Close it in `afterAll`. */
export function launchBrowser(): Promise<Browser> {
  if (executablePath === null) throw new Error('there is no Chromium on this machine');
  return chromium.launch({ executablePath, args: flags });
}

/**
 * A page of its own context. When the running test fails, a screenshot of it is left in `test-results/`;
 * an error that the page throws fails the test that opened it.
 */
export async function openPage(browser: Browser, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({
    viewport: viewports.desktop,
    locale: 'en-GB',
    timezoneId: 'Europe/Paris',
    ...options,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  onTestFailed(async ({ task }) => {
    await screenshot(page, `failed-${task.name}`).catch((error: unknown) =>
      console.warn(`no screenshot of the failure: ${String(error)}`),
    );
  });
  return page;
}

/** Leaves a picture of the page in `test-results/` and answers its path. */
export async function screenshot(page: Page, name: string): Promise<string> {
  await mkdir(results, { recursive: true });
  const path = join(
    results,
    `${name
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, '-')
      .slice(0, 100)}.png`,
  );
  await page.screenshot({ path });
  return path;
}

/**
 * What axe finds wrong on the page as it is now, a line each: rule, how grave, and where. With `rules`, only
 * those are looked at.
 */
export async function accessibilityMistakes(page: Page, rules?: readonly string[]): Promise<string[]> {
  // Colours on their way from one to the other are nobody's to judge: while axe looks, nothing moves.
  const still = await page.addStyleTag({
    content: '*, *::before, *::after { transition: none !important; animation: none !important; }',
  });
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  // Legacy mode spares a page per look; it misses only frames of other origins, and the app has no frames.
  const axe = new AxeBuilder({ page }).setLegacyMode(true);
  const { violations } = await (rules ? axe.withRules([...rules]) : axe).analyze();
  await still.evaluate((style) => (style as Element).remove());
  return violations.flatMap((violation) =>
    violation.nodes.map(
      (node) =>
        `${violation.id} (${violation.impact ?? 'unknown'}) at ${node.target.join(' ')}: ${violation.help}`,
    ),
  );
}

/** Fails unless axe finds nothing wrong on the page. */
export async function expectAccessible(page: Page): Promise<void> {
  expect(await accessibilityMistakes(page)).toEqual([]);
}
