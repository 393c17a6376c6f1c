import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestApp, testApp } from '../harness/app.ts';
import { accessibilityMistakes, journey, launchBrowser, viewports } from '../harness/browser.ts';

const accounts = 230;

/** Waits until the footer says so many records. */
const counted = (page: Page, words: string) => page.locator('main footer').getByText(words).waitFor();

/** Opens a list and ticks all that is loaded of it. */
async function allOf(page: Page, words: string): Promise<void> {
  await counted(page, words);
  await page.getByLabel('Select all loaded').check();
}

journey('Many records at once', () => {
  let browser: Browser;
  let app: TestApp;

  beforeAll(async () => {
    [browser, app] = await Promise.all([launchBrowser(), testApp({ works: true })]);
    const made = await app.admin.browser(
      'POST',
      '/accounts',
      Array.from({ length: accounts }, (_, n) => ({
        name: `Account ${String(n).padStart(3, '0')}`,
        kind: n % 2 === 0 ? 'customer' : 'prospect',
      })),
    );
    expect(made.status).toBe(201);
    await app.admin.browser(
      'POST',
      '/opportunities',
      Array.from({ length: 5 }, (_, n) => ({
        name: `Deal ${n}`,
        closeDate: '2030-01-01',
        ...(n === 0 ? { stage: 'qualification' } : { stage: 'closed-lost', lostReason: 'other' }),
      })),
    );
    await app.admin.browser('POST', '/tasks', [{ subject: 'One' }, { subject: 'Two' }]);
    await app.user('Sam', ['sales']);
  });

  afterAll(async () => {
    await browser.close();
    await app.close();
  });

  const shared = async (where: string): Promise<number | null> =>
    (await app.admin.browser('GET', `/accounts?limit=1&count=exact&where=${encodeURIComponent(where)}`)).body
      .total;

  test('all that match get a value, those not loaded too; after a reload it is still told, and undone', async () => {
    const page = await app.pageOf(browser, app.admin, '/accounts');
    await allOf(page, `${accounts} records`);
    await page.getByRole('button', { name: `Select all ${accounts} that match` }).click();
    await page.getByRole('region', { name: `All ${accounts} that match are selected` }).waitFor();
    await page.getByRole('button', { name: 'Change…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Change: Accounts' });
    await dialog.getByLabel('Field to change').selectOption({ label: 'Website' });
    await dialog.getByLabel('Website', { exact: true }).fill('https://many.example');
    await dialog.getByRole('button', { name: `Do it to ${accounts} records` }).click();
    const run = page.getByRole('region', { name: 'Change: Accounts' });
    await run.getByRole('button', { name: `${accounts} changed` }).waitFor();
    expect(await shared('website = "https://many.example"')).toBe(accounts);
    await page.reload();
    await run.getByRole('button', { name: `${accounts} changed` }).click();
    await run.getByRole('link', { name: 'Account 000' }).waitFor();
    await run.getByRole('button', { name: 'Undo' }).click();
    await run.getByText(`${accounts} records are as before`).waitFor();
    expect(await shared('website is not empty')).toBe(0);
    await run.getByRole('button', { name: 'Close' }).click();
    await expect.poll(() => run.count()).toBe(0);
    await page.reload();
    await counted(page, `${accounts} records`);
    await expect.poll(() => run.count()).toBe(0);
  });

  test('is tried first, tells each refused record with its reason, and then does the rest', async () => {
    const page = await app.pageOf(browser, app.admin, '/opportunities');
    await allOf(page, '5 records');
    await page.getByRole('button', { name: 'Change…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Change: Opportunities' });
    await dialog.getByLabel('Field to change').selectOption({ label: 'Lost because' });
    await dialog.getByRole('combobox', { name: 'Lost because' }).click();
    await page.getByRole('option', { name: 'Price' }).click();
    await dialog.getByRole('button', { name: 'Try it first' }).click();
    const trial = page.getByRole('region', { name: 'Trial of “Change: Opportunities”' });
    await trial.getByText('Nothing was changed').waitFor();
    await trial.getByRole('button', { name: '4 would change' }).waitFor();
    const refused = trial.getByRole('list', { name: 'Refused, and why' });
    await refused.getByRole('link', { name: 'Deal 0' }).waitFor();
    await trial.getByRole('button', { name: 'Do it now' }).click();
    const run = page.getByRole('region', { name: 'Change: Opportunities', exact: true });
    await run.getByRole('button', { name: '4 changed' }).waitFor();
    expect(await accessibilityMistakes(page)).toEqual([]);
    const link = run.getByRole('link', { name: 'All that were refused, as a file' });
    const [file] = await Promise.all([page.waitForEvent('download'), link.click()]);
    expect(file.suggestedFilename()).toBe('refused.csv');
    await run.getByRole('link', { name: 'Earlier ones' }).click();
    await page.getByRole('heading', { name: 'Changes to many records' }).waitFor();
    const earlier = page.getByRole('list', { name: 'Changes to many records' }).getByRole('region');
    const names = () => earlier.evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')));
    await expect
      .poll(async () => (await names()).slice(0, 2))
      .toEqual(['Change: Opportunities', 'Trial of “Change: Opportunities”']);
    expect(await accessibilityMistakes(page)).toEqual([]);
    await earlier.first().getByRole('button', { name: 'Undo' }).click();
    await earlier.first().getByText('4 records are as before').waitFor();
  });

  test('a wrong value is told at its field, and nothing begins', async () => {
    const page = await app.pageOf(browser, app.admin, '/accounts');
    await counted(page, `${accounts} records`);
    await page.getByLabel('Select: Account 001').check();
    await page.getByRole('button', { name: 'Change…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Change: Accounts' });
    await dialog.getByLabel('Field to change').selectOption({ label: 'Website' });
    await dialog.getByLabel('Website', { exact: true }).fill('not a site');
    await dialog.getByRole('button', { name: 'Do it to 1 record' }).click();
    await expect
      .poll(() => dialog.locator('[data-field=website] [id$=-error]').innerText())
      .toContain('isn’t a web address');
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByRole('region', { name: 'Change: Accounts' }).count()).toBe(0);
  });

  test('are given to somebody else, and verbs are done to each of them', async () => {
    const page = await app.pageOf(browser, app.admin, '/tasks');
    await allOf(page, '2 records');
    await page.getByRole('button', { name: 'Mark as done' }).click();
    const dialog = page.getByRole('dialog', { name: 'Mark as done: Tasks' });
    await dialog.getByRole('button', { name: 'Do it to 2 records' }).click();
    await page.getByRole('region', { name: 'Mark as done: Tasks' }).getByText('2 changed').waitFor();
    await page.goto(app.at('/accounts'));
    await counted(page, `${accounts} records`);
    for (const name of ['Account 003', 'Account 005']) await page.getByLabel(`Select: ${name}`).check();
    await page.getByRole('button', { name: 'Assign…' }).click();
    const assign = page.getByRole('dialog', { name: 'Give to somebody else: Accounts' });
    await assign.getByRole('combobox', { name: 'Owner' }).fill('Sam');
    await page.getByRole('option', { name: 'Sam' }).click();
    await assign.getByRole('button', { name: 'Do it to 2 records' }).click();
    await page.getByRole('region', { name: 'Change: Accounts' }).getByText('2 changed').waitFor();
    expect(await shared('owner.name = "Sam"')).toBe(2);
  });

  test('work on a phone as well', async () => {
    const page = await app.pageOf(browser, app.admin, '/accounts', { viewport: viewports.phone });
    await page.getByRole('button', { name: 'Select records' }).click();
    await page.getByRole('listitem').filter({ hasText: 'Account 000' }).click();
    await page.getByRole('button', { name: /^Select all .* that match$/ }).click();
    await page.getByRole('button', { name: 'Remove' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    const run = page.getByRole('region', { name: 'Remove: Accounts' });
    await run.getByText(`${accounts} changed`).waitFor();
    await run.getByRole('button', { name: 'Undo' }).click();
    await run.getByText(`${accounts} records are as before`).waitFor();
    expect(await shared('name is not empty')).toBe(accounts);
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(viewports.phone.width);
  });
});
