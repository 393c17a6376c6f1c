import { rm, stat } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  accessibilityMistakes,
  expectAccessible,
  journey,
  launchBrowser,
  openPage,
  screenshot,
} from '../harness/browser.ts';

journey('The browser of the tests', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launchBrowser();
  });

  afterAll(() => browser.close());

  test('finds what is wrong for those who can’t see', async () => {
    const page = await openPage(browser);
    await page.setContent(
      '<html lang="en"><title>Deals</title><main><h1>Deals</h1><button></button></main></html>',
    );
    expect((await accessibilityMistakes(page)).join('\n')).toContain('button-name');
  });

  test('is content with a page that anybody can use', async () => {
    const page = await openPage(browser);
    await page.setContent(
      '<html lang="en"><title>Deals</title><main><h1>Deals</h1><button>New</button></main></html>',
    );
    await expectAccessible(page);
  });

  test('takes pictures', async () => {
    const page = await openPage(browser);
    const path = await screenshot(page, 'Harness: a picture');
    expect((await stat(path)).size).toBeGreaterThan(0);
    await rm(path);
  });
});
