import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { signIn, type TestApp, testApp } from '../harness/app.ts';
import { journey, launchBrowser, openPage } from '../harness/browser.ts';
import { testPassword } from '../harness/doors.ts';

journey('Administration', () => {
  let browser: Browser;
  let app: TestApp;

  beforeAll(async () => {
    [browser, app] = await Promise.all([launchBrowser(), testApp()]);
  });

  afterAll(async () => {
    await browser.close();
    await app.close();
  });

  test('isn’t offered to a sales representative, nor shown by its address', async () => {
    const sam = await app.user('Sam');
    const page = await app.pageOf(browser, sam, '/accounts');
    await page.getByRole('heading', { name: 'Accounts' }).waitFor();
    await expect.poll(() => page.getByText('Administration').count()).toBe(0);
    for (const path of ['/admin/users', '/admin/teams', '/admin/lists']) {
      await page.goto(app.at(path));
      await page.getByText('Only administrators see this.').waitFor();
      await expect.poll(() => page.getByRole('table').count()).toBe(0);
    }
  });

  test('a user added with a first password, a role and a team can sign in', async () => {
    const page = await app.pageOf(browser, app.admin, '/admin/teams');
    await page.getByRole('button', { name: 'Add a team' }).click();
    await page.getByRole('dialog').getByLabel('Name').fill('North');
    await page.getByRole('dialog').getByRole('button', { name: 'Add' }).click();
    await page.getByRole('button', { name: 'North' }).waitFor();

    await page.getByRole('link', { name: 'Users' }).click();
    await page.getByRole('button', { name: 'Add a user' }).click();
    const form = page.getByRole('dialog');
    await form.getByLabel('Name').fill('Nora Berg');
    await form.getByLabel('E-mail').fill(app.admin.email);
    await form.getByLabel('First password').fill(testPassword);
    await form.getByRole('combobox', { name: 'Roles' }).press('ArrowDown');
    await page.getByRole('option', { name: 'Sales' }).click();
    await page.keyboard.press('Tab');
    await form.getByRole('combobox', { name: 'Teams' }).press('ArrowDown');
    await page.getByRole('option', { name: 'North' }).click();
    await page.keyboard.press('Tab');
    await form.getByRole('button', { name: 'Add', exact: true }).click();
    // The address belongs to somebody already: told at its field, nothing typed is lost.
    await expect.poll(() => form.getByLabel('E-mail').getAttribute('aria-invalid')).toBe('true');
    await form.getByLabel('E-mail').fill('nora@example.org');
    await form.getByRole('button', { name: 'Add', exact: true }).click();
    const line = page.getByRole('row').filter({ hasText: 'Nora Berg' });
    await line.waitFor();
    await expect.poll(() => line.innerText()).toMatch(/Sales[\s\S]*North/);

    const hers = await openPage(browser);
    await signIn(hers, app, 'nora@example.org');
    await hers.getByRole('heading', { name: 'Accounts' }).waitFor();
    await hers.goto(app.at('/accounts/new'));
    await hers.getByRole('textbox', { name: 'Name' }).first().waitFor();
  });

  test('deactivating a user ends what he has open, and lets him in no more', async () => {
    const ben = await app.user('Ben');
    const his = await app.pageOf(browser, ben, '/accounts');
    await his.getByRole('heading', { name: 'Accounts' }).waitFor();
    const page = await app.pageOf(browser, app.admin, '/admin/users');
    const line = page.getByRole('row').filter({ hasText: 'ben@example.org' });
    await line.getByRole('button', { name: 'Deactivate' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Deactivate' }).click();
    await line.getByText('Deactivated').waitFor();
    // The page may hear of it before he does anything.
    const atSignIn = his.waitForURL(/sign-in/);
    await Promise.any([atSignIn, his.getByRole('link', { name: 'Contacts' }).first().click()]);
    await atSignIn;
    await his.getByLabel('E-mail').fill(ben.email);
    await his.getByLabel('Password', { exact: true }).fill(testPassword);
    await his.keyboard.press('Enter');
    await his.getByRole('alert').waitFor();
    await line.getByRole('button', { name: 'Activate again' }).click();
    await line.getByText('Active', { exact: true }).waitFor();
  });

  test('the last administrator can’t be deactivated from his own line', async () => {
    const page = await app.pageOf(browser, app.admin, '/admin/users');
    const line = page.getByRole('row').filter({ hasText: app.admin.email });
    await line.waitFor();
    await expect.poll(() => line.getByRole('button', { name: 'Deactivate' }).count()).toBe(0);
  });

  test('a value added to a list is offered where records are written and filtered', async () => {
    const page = await app.pageOf(browser, app.admin, '/admin/lists');
    await page.getByRole('combobox', { name: 'List' }).click();
    await page.getByRole('option', { name: 'Industries' }).click();
    await page.getByRole('button', { name: 'Add a value' }).click();
    const form = page.getByRole('dialog');
    await form.getByLabel('Name in English').fill('Tidal power');
    await form.getByLabel('Name in French').fill('Énergie marémotrice');
    await expect.poll(() => form.getByLabel('Code').inputValue()).toBe('tidal-power');
    await form.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByRole('button', { name: 'Tidal power', exact: true }).waitFor();

    await page.goto(app.at('/accounts/new'));
    await page.getByRole('textbox', { name: 'Name' }).first().fill('Gezeitenwerk');
    await page.getByRole('combobox', { name: 'Kind' }).click();
    await page.getByRole('option', { name: 'Prospect' }).click();
    await page.getByRole('combobox', { name: 'Industry' }).click();
    await page.getByRole('option', { name: 'Tidal power' }).click();
    await page
      .getByRole('button', { name: /^(Create|Save)/ })
      .first()
      .click();
    await page.getByRole('heading', { name: 'Gezeitenwerk' }).waitFor();
    const made = await app.admin.browser('GET', '/accounts?where=industry%20%3D%20%22tidal-power%22');
    expect(made.body.items.map(({ name }) => name)).toEqual(['Gezeitenwerk']);
  });

  test('a value no longer offered stays where it is used', async () => {
    await app.admin.browser('POST', '/accounts', [
      { name: 'Old mill', kind: 'customer', territory: 'south' },
    ]);
    const page = await app.pageOf(browser, app.admin, '/admin/lists');
    await page.getByRole('combobox', { name: 'List' }).click();
    await page.getByRole('option', { name: 'Territories' }).click();
    const line = page.getByRole('row').filter({ hasText: 'south' });
    await line.getByRole('button', { name: 'Stop offering' }).click();
    await line.getByText('No longer offered').waitFor();
    await page.goto(app.at('/accounts'));
    const row = page.getByRole('row').filter({ hasText: 'Old mill' });
    await row.getByText('South').waitFor();
  });
});
