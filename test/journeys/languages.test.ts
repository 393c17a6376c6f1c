import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { en } from '../../src/web/i18n/en.ts';
import { es } from '../../src/web/i18n/es.ts';
import { fr } from '../../src/web/i18n/fr.ts';
import { type TestApp, testApp } from '../harness/app.ts';
import { journey, launchBrowser } from '../harness/browser.ts';
import { type Screens, screensOf, showScreen } from '../harness/screens.ts';

/** Every text of a catalogue, or every label of a description. */
function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return value && typeof value === 'object' ? Object.values(value).flatMap(textsOf) : [];
}

/** What a description calls things: codes and names of fields are no language. */
const labelsOf = (described: unknown): string[] => {
  if (Array.isArray(described)) return described.flatMap(labelsOf);
  if (!described || typeof described !== 'object') return [];
  return Object.entries(described).flatMap(([name, value]) =>
    name === 'label' || name === 'help' ? textsOf(value) : labelsOf(value),
  );
};

/** Everything a person can read or hear on the page; codes are no language, and what says that it is English may be. */
const readable = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const found = new Set<string>();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const { textContent, parentElement } = walker.currentNode;
      if (!parentElement?.closest('script, style, code, main [lang="en"]'))
        found.add((textContent ?? '').trim());
    }
    for (const element of document.querySelectorAll('[aria-label], [placeholder], [title]')) {
      if (element.closest('main [lang="en"]')) continue;
      for (const name of ['aria-label', 'placeholder', 'title'])
        found.add((element.getAttribute(name) ?? '').trim());
    }
    found.delete('');
    return [...found];
  });

journey('The app in another language', () => {
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

  for (const [locale, catalogue] of [
    ['fr', fr],
    ['es', es],
  ] as const) {
    test(`shows no English on any screen in ${locale}`, async () => {
      await app.admin.browser('PATCH', '/me', { locale: 'en' });
      const english = [...textsOf(en), ...labelsOf((await app.admin.browser('GET', '/describe')).body)];
      await app.admin.browser('PATCH', '/me', { locale });
      const ours = [...textsOf(catalogue), ...labelsOf((await app.admin.browser('GET', '/describe')).body)];
      // Words that both languages share (Contacts, Source) say nothing, nor do texts with holes in them.
      const shared = new Set(ours);
      const foreign = new Set(english.filter((text) => !shared.has(text) && !text.includes('{{')));
      expect(foreign.size).toBeGreaterThan(300);

      const page = await app.pageOf(browser, app.admin, '/accounts');
      const leaks: string[] = [];
      const look = async (what: string): Promise<void> => {
        expect(await page.locator('html').getAttribute('lang')).toBe(locale);
        const texts = await readable(page);
        leaks.push(...texts.filter((text) => foreign.has(text)).map((text) => `${what}: ${text}`));
      };
      for (const path of screens.paths) {
        await showScreen(page, app, path);
        await look(path);
      }
      for (const { name, path, open } of screens.openings) {
        await showScreen(page, app, path);
        await open(page, catalogue);
        await look(name);
      }
      expect(leaks).toEqual([]);
    });
  }
});
