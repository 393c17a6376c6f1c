import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestApp, testApp } from '../harness/app.ts';
import { expectAccessible, journey, launchBrowser } from '../harness/browser.ts';
import type { Caller } from '../harness/doors.ts';

journey('Roles', () => {
  let browser: Browser;
  let app: TestApp;
  let sam: Caller;
  let account: string;

  beforeAll(async () => {
    [browser, app] = await Promise.all([launchBrowser(), testApp()]);
    sam = await app.user('Sam');
    const made = await app.admin.program('POST', '/accounts', { name: 'Northwind', territory: 'north' });
    account = made.body.id;
  });

  afterAll(async () => {
    await browser.close();
    await app.close();
  });

  test('aren’t shown to a sales representative', async () => {
    const page = await app.pageOf(browser, sam, '/admin/roles');
    await page.getByText('Only administrators see this.').waitFor();
    await expect.poll(() => page.getByRole('table').count()).toBe(0);
  });

  test('a level, a condition and a field decided on the screen hold for the next request, and go back', async () => {
    expect((await sam.program('GET', `/accounts/${account}`)).status).toBe(404);
    const page = await app.pageOf(browser, app.admin, '/admin/roles');
    await page.getByRole('link', { name: 'Sales' }).click();
    const table = page.getByRole('table', { name: 'Records' });
    await table.getByRole('combobox', { name: 'Accounts: See' }).selectOption('all');
    await table.getByRole('button', { name: 'Accounts: Back to default' }).waitFor();
    expect((await sam.program('GET', `/accounts/${account}`)).status).toBe(200);

    await table.getByRole('button', { name: /^Accounts: Only where/ }).click();
    const dialog = page.getByRole('dialog');
    const editor = dialog.getByRole('textbox', { name: 'Only where' });
    await editor.click();
    await page.keyboard.type('teritory = south');
    await page.keyboard.press('Escape');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText('Account has no field “teritory”').first().waitFor();
    await dialog.getByRole('button', { name: 'Replace it by territory' }).click();
    await expect.poll(() => editor.textContent()).toBe('territory = south');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect((await sam.program('GET', `/accounts/${account}`)).status).toBe(404);

    await table.getByRole('button', { name: /^Accounts: Fields/ }).click();
    await page.getByRole('dialog').getByRole('combobox', { name: 'Phone', exact: true }).selectOption('none');
    await expect
      .poll(async () => (await sam.program('GET', '/accounts/describe')).text.includes('"name":"phone"'))
      .toBe(false);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await expectAccessible(page);

    await table.getByRole('button', { name: 'Accounts: Back to default' }).click();
    await table.getByRole('button', { name: 'Accounts: Back to default' }).waitFor({ state: 'detached' });
  });

  test('a copied role starts like the other, with a name and code of its own', async () => {
    const page = await app.pageOf(browser, app.admin, '/admin/roles');
    await page.getByRole('button', { name: 'Copy: Sales' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('Field sales');
    await expect.poll(() => dialog.getByLabel('Code').inputValue()).toBe('field-sales');
    await dialog.getByRole('button', { name: 'Add' }).click();
    await page.getByRole('heading', { name: 'Field sales' }).waitFor();
    const see = page.getByRole('combobox', { name: 'Contacts: See', exact: true });
    await expect.poll(() => see.inputValue()).toBe('team');
    const fay = await app.user('Fay', ['field-sales']);
    expect((await fay.program('POST', '/contacts', { name: { last: 'Kept' } })).status).toBe(201);
  });

  test('why somebody may see a record is told on it, role by role', async () => {
    const page = await app.pageOf(browser, app.admin, `/accounts/${account}`);
    await page
      .getByRole('button', { name: 'More actions' })
      .or(page.getByRole('button', { name: 'Actions' }))
      .click();
    await page.getByRole('menuitem', { name: 'Who may see this, and why' }).click();
    const dialog = page.getByRole('dialog', { name: 'Why can this person see this?' });
    await dialog.getByText('Administrators may do everything.').first().waitFor();
    await dialog.getByRole('combobox', { name: 'Person' }).click();
    await dialog.getByRole('option', { name: 'Sam' }).click();
    await dialog
      .getByText(/Sam is neither the owner nor in a team/)
      .first()
      .waitFor();
    await expectAccessible(page);
  });
});
