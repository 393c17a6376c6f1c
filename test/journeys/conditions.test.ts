import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestApp, testApp } from '../harness/app.ts';
import { expectAccessible, journey, launchBrowser } from '../harness/browser.ts';

journey('A form whose fields depend on the record', () => {
  let browser: Browser;
  let app: TestApp;

  beforeAll(async () => {
    browser = await launchBrowser();
    app = await testApp();
  });

  afterAll(async () => {
    await browser.close();
    await app.close();
  });

  const reason = (page: Page) => page.getByRole('combobox', { name: 'Lost because' });
  const chooseStage = async (page: Page, stage: string): Promise<void> => {
    await page.getByRole('combobox', { name: 'Stage', exact: true }).click();
    await page.getByRole('option', { name: stage }).click();
  };
  const stored = async (page: Page) =>
    (await app.admin.browser('GET', `/opportunities/${page.url().split('/').at(-1)}`)).body;

  test('asks for a reason as soon as the deal is lost, and no more once it isn’t', async () => {
    const page = await app.pageOf(browser, app.admin, '/opportunities/new');
    await page.getByRole('textbox', { name: 'Name' }).fill('Roof');
    await page.getByRole('textbox', { name: 'Close date' }).fill('12/24/2026');
    await page.getByRole('combobox', { name: 'Stage', exact: true }).waitFor();
    await expect.poll(() => reason(page).count()).toBe(0);
    await chooseStage(page, 'Closed lost');
    await reason(page).waitFor();
    // The cursor stays where it was, and nothing scolds before it was looked at.
    expect(await page.evaluate(() => document.activeElement?.id)).toContain('stage');
    await expect.poll(() => page.getByText('A lost opportunity says why').count()).toBe(0);
    expect(await reason(page).getAttribute('required')).not.toBeNull();
    await expectAccessible(page);
    await page.keyboard.press('Control+Enter');
    await page.getByText('A lost opportunity says why').waitFor();
    expect(await page.evaluate(() => document.activeElement?.id)).toContain('lostReason');
    await reason(page).click();
    await page.getByRole('option', { name: 'Price' }).click();
    // Chosen, and hidden again: it isn’t sent, and doesn’t stand in the way.
    await chooseStage(page, 'Negotiation');
    await reason(page).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    await page.getByRole('heading', { level: 1 }).getByText('Roof').waitFor();
    expect(await stored(page)).toMatchObject({ stage: 'negotiation', lostReason: null });
  });

  test('shows on the page of a record what belongs to it as it is', async () => {
    const { body } = await app.admin.browser('POST', '/opportunities', {
      name: 'Gate',
      closeDate: '2026-12-24',
      stage: 'closed-lost',
      lostReason: 'price',
    });
    const page = await app.pageOf(browser, app.admin, `/opportunities/${body.id}`);
    await page.getByRole('button', { name: 'Edit Lost because' }).waitFor();
    await page.getByRole('button', { name: 'Edit', exact: true }).click();
    await chooseStage(page, 'Proposal');
    await reason(page).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('button', { name: 'Edit Stage' }).waitFor();
    await expect.poll(() => page.getByRole('button', { name: 'Edit Lost because' }).count()).toBe(0);
    expect(await stored(page)).toMatchObject({ stage: 'proposal', lostReason: null });
  });
});
