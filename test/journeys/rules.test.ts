import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestApp, testApp } from '../harness/app.ts';
import { expectAccessible, journey, launchBrowser } from '../harness/browser.ts';

journey('A validation rule', () => {
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

  test('is nobody’s but the administrator’s', async () => {
    const sal = await app.user('Sal');
    const page = await app.pageOf(browser, sal, '/admin/rules');
    await page.getByText('Only administrators see this.').waitFor();
  });

  test('is written, tried on the records there are, and holds in the next form', async () => {
    await app.admin.browser('POST', '/accounts', [
      { name: 'Vast Ltd', employees: 2000 },
      { name: 'Small Ltd', employees: 2 },
    ]);
    const page = await app.pageOf(browser, app.admin, '/admin/rules');
    await page.getByText('No rules yet').waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Add rule' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add rule' });
    await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('Big accounts have a website');
    const editor = dialog.getByRole('textbox', { name: 'A record is wrong when' });
    await editor.click();
    await page.keyboard.type('employes > 1000 and website is empty');
    await page.keyboard.press('Escape');
    await dialog.getByText('Account has no field “employes”').first().waitFor();
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('employees > 1000 and website is empty');
    await page.keyboard.press('Escape');
    await dialog.getByRole('button', { name: 'How many records break this?' }).click();
    await dialog.getByText('1 record breaks it.').waitFor();
    await dialog.getByRole('link', { name: 'Vast Ltd' }).waitFor();
    await dialog.getByRole('combobox', { name: 'Tell it at the field' }).fill('Website');
    await page.getByRole('option', { name: 'Website' }).click();
    await dialog.getByRole('textbox', { name: 'Message in English' }).fill('Look up their website.');
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByRole('cell', { name: 'employees > 1000 and website is empty' }).waitFor();
    await page.getByRole('cell', { name: 'In force' }).waitFor();

    await page.goto(app.at('/accounts/new'));
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Huge Ltd');
    await page.getByRole('textbox', { name: 'Employees' }).fill('5000');
    // Told while it is typed, as soon as its field was touched.
    await page.getByRole('textbox', { name: 'Website' }).fill('https://huge.example');
    await page.getByRole('textbox', { name: 'Website' }).fill('');
    await expect.poll(() => page.getByText('Look up their website.').count()).toBe(0);
    await page.keyboard.press('Control+Enter');
    await page.getByText('Look up their website.').waitFor();
    await page.getByRole('textbox', { name: 'Website' }).fill('https://huge.example');
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    await page.getByRole('heading', { level: 1 }).getByText('Huge Ltd').waitFor();
  });

  test('is switched off and removed', async () => {
    const page = await app.pageOf(browser, app.admin, '/admin/rules');
    await page.getByRole('button', { name: 'Switch off' }).click();
    await page.getByRole('cell', { name: 'Switched off' }).waitFor();
    const made = await app.admin.browser('POST', '/accounts', { name: 'Other', employees: 9000 });
    expect(made.status).toBe(201);
    await page.getByRole('button', { name: 'Remove', exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click();
    await page.getByText('No rules yet').waitFor();
  });
});
