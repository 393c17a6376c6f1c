import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestApp, testApp } from '../harness/app.ts';
import { expectAccessible, journey, launchBrowser } from '../harness/browser.ts';

/** Takes the file that the open choice offers. */
async function take(page: Page): Promise<{ readonly name: string; readonly text: string }> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('dialog').getByRole('link', { name: 'Export' }).click(),
  ]);
  return { name: download.suggestedFilename(), text: (await readFile(await download.path())).toString() };
}

journey('Exporting', () => {
  let browser: Browser;
  let app: TestApp;

  beforeAll(async () => {
    [browser, app] = await Promise.all([launchBrowser(), testApp()]);
    await app.admin.browser('POST', '/accounts', [
      { name: 'Alder', kind: 'customer', employees: 12 },
      { name: 'Birch', kind: 'prospect' },
      { name: 'Cedar', kind: 'customer' },
    ]);
  });
  afterAll(async () => {
    await browser?.close();
    await app?.close();
  });

  test('takes away what the list shows, in its order, and leaves a note in the security log', async () => {
    const where = encodeURIComponent('kind = "customer"');
    const list = `/accounts?where=${where}&sort=-name&columns=name,kind,employees`;
    const page = await app.pageOf(browser, app.admin, list);
    await page.getByRole('gridcell', { name: 'Cedar', exact: true }).waitFor();
    await page.getByRole('button', { name: 'Export' }).click();
    const choice = page.getByRole('dialog', { name: 'Export' });
    await choice.getByText('2 records').waitFor();
    await expectAccessible(page);
    await choice.getByText('CSV', { exact: true }).click();
    const shown = await take(page);
    expect(shown.name).toMatch(/^rapport-accounts-\d{4}-\d\d-\d\d\.csv$/);
    expect(shown.text).toBe('\uFEFFName,Kind,Employees\r\nCedar,Customer,\r\nAlder,Customer,12\r\n');

    await page.getByRole('button', { name: 'Export' }).click();
    await choice.getByText('CSV', { exact: true }).click();
    await choice.getByLabel('All fields').check();
    await choice.getByLabel('As people read it').uncheck();
    const whole = await take(page);
    expect(whole.text.split('\r\n')[0]).toMatch(/^\uFEFFid,name,kind,.*parent,parent\.id,/);

    await page.goto(app.at('/security-events'));
    await page.getByRole('gridcell', { name: 'Exported' }).first().waitFor();
    await page.getByRole('gridcell', { name: 'Complete' }).first().waitFor();
    await expect.poll(() => page.getByRole('link', { name: 'New' }).count()).toBe(0);
    await expectAccessible(page);
  });

  test('is not offered where one’s roles don’t let one', async () => {
    const page = await app.pageOf(browser, await app.user('Sal'), '/users');
    await page.getByRole('button', { name: 'Columns' }).waitFor();
    await expect.poll(() => page.getByRole('button', { name: 'Export' }).count()).toBe(0);
  });
});
