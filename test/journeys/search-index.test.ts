import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestApp, testApp } from '../harness/app.ts';
import { expectAccessible, journey, launchBrowser } from '../harness/browser.ts';

journey('The search', () => {
  let browser: Browser;
  let app: TestApp;

  beforeAll(async () => {
    browser = await launchBrowser();
    app = await testApp({ works: true });
  });

  afterAll(async () => {
    await browser.close();
    await app.close();
  });

  test('is built anew by administrators only', async () => {
    const sal = await app.user('Sal');
    const page = await app.pageOf(browser, sal, '/admin/search');
    await page.getByText('Only administrators see this.').waitFor();
    await expect.poll(() => page.getByRole('link', { name: 'Search', exact: true }).count()).toBe(0);
  });

  test('is built anew from its screen, which says how far that is until it is done', async () => {
    await app.admin.browser('POST', '/accounts', [{ name: 'Papeteries Moreau' }, { name: 'Vast Ltd' }]);
    const page = await app.pageOf(browser, app.admin, '/admin/search');
    await page.getByText('The search is up to date.').waitFor();
    await expectAccessible(page);
    const began = page.waitForResponse(
      (answer) => answer.url().endsWith('/search/rebuild') && answer.request().method() === 'POST',
    );
    await page.getByRole('button', { name: 'Build anew' }).click();
    expect((await began).status()).toBe(202);
    await page.getByText(/kinds of records are still to be built/).waitFor();
    await page.getByText('The search is up to date.').waitFor({ timeout: 150_000 });
    const accounts = page.getByRole('row').filter({ has: page.getByRole('cell', { name: 'Accounts' }) });
    await expect.poll(() => accounts.getByRole('cell').allTextContents()).toEqual(['Accounts', 'Built', '2']);
  });
});
