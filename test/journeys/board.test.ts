import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type TestApp, testApp } from '../harness/app.ts';
import { expectAccessible, journey, launchBrowser, viewports } from '../harness/browser.ts';

journey('The board', () => {
  let browser: Browser;
  let app: TestApp;
  const ids = new Map<string, string>();

  beforeAll(async () => {
    browser = await launchBrowser();
    app = await testApp();
  });

  afterAll(async () => {
    await browser.close();
    await app.close();
  });

  beforeEach(async () => {
    const all = await app.admin.browser('GET', '/opportunities?limit=200');
    const named = all.body.items.map(({ id }: { id: string }) => ({ id }));
    if (named.length > 0) await app.admin.browser('DELETE', '/opportunities', named);
    ids.clear();
    for (const [name, stage, amount, currency] of [
      ['Roof', 'prospecting', '1000.25', 'EUR'],
      ['Windows', 'prospecting', '500', 'USD'],
      ['Doors', 'proposal', '200.75', 'EUR'],
    ] as const) {
      const made = await app.admin.browser('POST', '/opportunities', {
        name,
        stage,
        amount: { amount, currency },
        closeDate: '2026-12-01',
      });
      if (made.status !== 201) throw new Error(`${name} was not created: ${made.text}`);
      ids.set(name, made.body.id);
    }
  });

  const stored = async (name: string) =>
    (await app.admin.browser('GET', `/opportunities/${ids.get(name)}`)).body;
  const column = (page: Page, name: string) =>
    page.locator('[data-column]').filter({ has: page.getByRole('heading', { name, exact: true }) });
  const card = (page: Page, name: string) => page.getByRole('article', { name, exact: true });

  test('has the counts and sums of the server, per currency', async () => {
    const page = await app.pageOf(browser, app.admin, '/opportunities/board');
    const prospecting = column(page, 'Prospecting');
    await prospecting.getByText('€1,000', { exact: true }).waitFor();
    await prospecting.getByText('$500', { exact: true }).waitFor();
    await prospecting.getByTitle('2 cards').waitFor();
    await expectAccessible(page);
  });

  test('moves a card by dragging, and it stays there', async () => {
    const page = await app.pageOf(browser, app.admin, '/opportunities/board');
    await card(page, 'Roof').dragTo(column(page, 'Proposal'));
    await column(page, 'Proposal').getByTitle('2 cards').waitFor();
    await column(page, 'Proposal').getByTitle('€1,201.00').waitFor();
    expect(await stored('Roof')).toMatchObject({ stage: 'proposal', probability: '50.00' });
    await page.reload();
    await column(page, 'Proposal').getByRole('article', { name: 'Roof' }).waitFor();
  });

  test('moves a card by keyboard alone, and the keyboard goes with it', async () => {
    const page = await app.pageOf(browser, app.admin, '/opportunities/board');
    await card(page, 'Windows').focus();
    for (const key of [' ', 'ArrowRight', 'Escape']) await page.keyboard.press(key);
    expect((await stored('Windows')).stage).toBe('prospecting');
    for (const key of [' ', 'ArrowRight', 'Enter']) await page.keyboard.press(key);
    await column(page, 'Qualification').getByRole('article', { name: 'Windows' }).waitFor();
    await page.getByText('Windows is now in Qualification.').waitFor({ state: 'attached' });
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label')))
      .toBe('Windows');
    expect((await stored('Windows')).stage).toBe('qualification');
  });

  test('asks why a deal is lost, and puts the card back when one gives up', async () => {
    const page = await app.pageOf(browser, app.admin, '/opportunities/board');
    const toLost = async (): Promise<void> => {
      await page.getByRole('button', { name: 'Move Doors' }).click();
      await page.getByRole('menuitem', { name: 'Closed lost' }).click();
    };
    await toLost();
    const dialog = page.getByRole('dialog', { name: 'One thing more' });
    await dialog.getByText('A lost opportunity says why').waitFor();
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await column(page, 'Proposal').getByRole('article', { name: 'Doors' }).waitFor();
    expect((await stored('Doors')).stage).toBe('proposal');
    await toLost();
    await dialog.getByRole('combobox', { name: 'Lost because' }).click();
    await page.getByRole('option', { name: 'Price' }).click();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await column(page, 'Proposal').getByText('Nothing here').waitFor();
    // The card moves at once, the server's answer follows.
    await expect.poll(() => stored('Doors')).toMatchObject({ stage: 'closed-lost', lostReason: 'price' });
    await page.getByRole('button', { name: 'Closed lost' }).click();
    await column(page, 'Closed lost').getByRole('article', { name: 'Doors' }).waitFor();
    await expectAccessible(page);
  });

  test('puts a card back and says why when the server refuses', async () => {
    const page = await app.pageOf(browser, app.admin, '/opportunities/board');
    await card(page, 'Roof').waitFor();
    expect((await app.admin.browser('DELETE', `/opportunities/${ids.get('Roof')}`)).status).toBe(200);
    await card(page, 'Roof').focus();
    await page.keyboard.press('m');
    await page.getByRole('menuitem', { name: 'Negotiation' }).click();
    await page.getByText('Roof stays where it was').waitFor();
  });

  test('shares its filter with the list', async () => {
    const where = encodeURIComponent('amount.currency = "USD"');
    const page = await app.pageOf(browser, app.admin, `/opportunities/board?where=${where}`);
    await column(page, 'Prospecting').getByTitle('1 card').waitFor();
    await card(page, 'Windows').waitFor();
    await expect.poll(() => card(page, 'Roof').count()).toBe(0);
  });

  test('is swiped on a phone, where the menu moves cards', async () => {
    const page = await app.pageOf(browser, app.admin, '/opportunities/board', {
      viewport: viewports.phone,
      hasTouch: true,
    });
    await page.getByRole('button', { name: 'Move Roof' }).tap();
    await page.getByRole('menuitem', { name: 'Qualification' }).tap();
    await column(page, 'Qualification').getByRole('article', { name: 'Roof' }).waitFor();
    await expect.poll(async () => (await stored('Roof')).stage).toBe('qualification');
    await expectAccessible(page);
  });
});
