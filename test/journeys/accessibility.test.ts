import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { en } from '../../src/web/i18n/en.ts';
import { type TestApp, testApp } from '../harness/app.ts';
import {
  accessibilityMistakes,
  journey,
  launchBrowser,
  openPage,
  screenshot,
  viewports,
} from '../harness/browser.ts';
import { type Screens, screensOf, showScreen } from '../harness/screens.ts';

journey('Every screen, for everybody', () => {
  let browser: Browser;
  let app: TestApp;
  let screens: Screens;

  beforeAll(async () => {
    [browser, app] = await Promise.all([launchBrowser(), testApp()]);
    screens = await screensOf(app);
  });

  afterAll(async () => {
    await browser.close();
    await app.close();
  });

  for (const [size, viewport] of Object.entries(viewports)) {
    /** What is wrong with what the page shows, in both schemes, a line each. */
    const mistakesOf = async (page: Page, what: string): Promise<readonly string[]> => {
      const found: string[] = [];
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        await page.locator(`html[data-mantine-color-scheme="${colorScheme}"]`).waitFor({ state: 'attached' });
        // The scheme changes colours and nothing else.
        const rules = colorScheme === 'dark' ? ['color-contrast'] : undefined;
        const mistakes = await accessibilityMistakes(page, rules);
        found.push(...mistakes.map((mistake) => `${what} (${colorScheme}): ${mistake}`));
        if (mistakes.length > 0) await screenshot(page, `axe ${size} ${colorScheme} ${what}`);
      }
      const beyond = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      return beyond > 0 ? [...found, `${what}: ${beyond} pixels too wide`] : found;
    };

    test(`has nothing axe finds wrong, and no sideways scrolling, at ${size} size in light and dark`, async () => {
      await app.admin.browser('PATCH', '/me', { theme: 'auto', locale: 'en' });
      const page = await app.pageOf(browser, app.admin, '/accounts', { viewport });
      const found: string[] = [];
      for (const path of screens.paths) {
        await showScreen(page, app, path);
        found.push(...(await mistakesOf(page, path)));
      }
      expect(found).toEqual([]);
      // Some fifty screens, each looked at twice.
    }, 900_000);

    test(`opens menus, dialogs and panels that are as sound, at ${size} size in light and dark`, async () => {
      await app.admin.browser('PATCH', '/me', { theme: 'auto', locale: 'en' });
      const page = await app.pageOf(browser, app.admin, '/accounts', { viewport });
      const found: string[] = [];
      for (const { name, path, open } of screens.openings) {
        await showScreen(page, app, path);
        await open(page, en);
        found.push(...(await mistakesOf(page, name)));
      }
      expect(found).toEqual([]);
    }, 300_000);

    test(`lets everybody sign in, search, filter and choose columns at ${size} size`, async () => {
      const page = await openPage(browser, { viewport });
      const found: string[] = [];
      const check = async (what: string): Promise<void> => {
        found.push(...(await accessibilityMistakes(page)).map((mistake) => `${what}: ${mistake}`));
      };
      await page.emulateMedia({ reducedMotion: 'reduce' });
      await page.goto(app.at('/sign-in'));
      await page.getByRole('button', { name: 'Sign in' }).waitFor();
      await check('sign-in');
      const [name = '', value = ''] = app.admin.cookie.split('=');
      await page.context().addCookies([{ name, value, url: app.origin }]);
      await page.goto(app.at('/accounts'));
      await page.getByText('Ñandú').waitFor();
      await page.keyboard.type('/nandu');
      await page.getByRole('option', { name: 'Ñandú' }).waitFor();
      await check('search');
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Filter', exact: true }).click();
      await page.getByRole('dialog').waitFor();
      await check('filter');
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Columns' }).click();
      await page.getByRole('dialog', { name: 'Columns' }).waitFor();
      await check('columns');
      expect(found).toEqual([]);
    });
  }
});
