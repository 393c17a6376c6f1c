import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestApp, testApp } from '../harness/app.ts';
import { expectAccessible, journey, launchBrowser, viewports } from '../harness/browser.ts';
import type { Caller } from '../harness/doors.ts';

journey('A record', () => {
  let browser: Browser;
  let app: TestApp;
  let paul: Caller;

  beforeAll(async () => {
    browser = await launchBrowser();
    app = await testApp();
    paul = await app.user('Paul');
  });

  afterAll(async () => {
    await browser.close();
    await app.close();
  });

  const created = async (plural: string, values: object, who: Caller = app.admin): Promise<string> => {
    const answer = await who.browser('POST', `/${plural}`, values);
    expect(answer.status).toBe(201);
    return answer.body.id;
  };
  const stored = async (plural: string, id: string) =>
    (await app.admin.browser('GET', `/${plural}/${id}`)).body;
  const heading = (page: Page) => page.getByRole('heading', { level: 1 });

  test('that isn’t there says so and leads to the list', async () => {
    const page = await app.pageOf(browser, app.admin, '/accounts/01932c07-a000-7000-8000-000000000001');
    await page.getByText('This record isn’t here').waitFor();
    await page.getByRole('link', { name: 'Go to the list' }).waitFor();
    await expectAccessible(page);
  });

  test('of somebody else is read, not changed', async () => {
    const team = await created('teams', { name: 'North' });
    const ann = await app.user('Ann');
    for (const { id } of [ann, paul]) {
      const { version } = await stored('users', id);
      expect((await app.admin.browser('PATCH', `/users/${id}`, { version, memberOf: [team] })).status).toBe(
        200,
      );
    }
    const id = await created('accounts', { name: 'Shared', owner: ann.id, teams: [team] });
    const page = await app.pageOf(browser, paul, `/accounts/${id}`);
    await page.getByText('You may read this record, not change it.').waitFor();
    await expect.poll(() => page.getByRole('button', { name: /^Edit/ }).count()).toBe(0);
    await expectAccessible(page);
    // A deal may be made for a shared account, but nobody adds contacts to a deal he can't change.
    const deal = await created('opportunities', {
      name: 'Shared deal',
      closeDate: '2027-01-31',
      owner: ann.id,
      teams: [team],
    });
    await page.goto(app.at(`/opportunities/${deal}`));
    await page.getByRole('heading', { level: 2, name: 'Contacts' }).waitFor();
    await expect.poll(() => page.getByRole('button', { name: 'Add to Contacts' }).count()).toBe(0);
  });

  test('is refused with every mistake at its field, keeps what was typed, and is created once right', async () => {
    const account = await created('accounts', { name: 'Crème & Co' });
    const page = await app.pageOf(browser, app.admin, `/opportunities/new?account=${account}`);
    await page.getByRole('combobox', { name: 'Account', exact: true }).waitFor();
    await expect
      .poll(() => page.getByRole('combobox', { name: 'Account', exact: true }).inputValue())
      .toBe('Crème & Co');
    await page.getByRole('textbox', { name: 'Amount' }).fill('12,5x');
    await page.keyboard.press('Control+Enter');
    await page.getByText('3 values need correcting').waitFor();
    await page.getByText('Name is missing').waitFor();
    await page.getByText('“12,5x” isn’t a number').waitFor();
    expect(await page.evaluate(() => document.activeElement?.id)).toContain('name');
    await expectAccessible(page);
    await page.getByRole('textbox', { name: 'Name' }).fill('New roof');
    await page.getByRole('textbox', { name: 'Amount' }).fill('1,250.50');
    await page.getByRole('textbox', { name: 'Close date' }).fill('12/24/2026');
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    await heading(page).getByText('New roof').waitFor();
    const id = page.url().split('/').at(-1) ?? '';
    expect(await stored('opportunities', id)).toMatchObject({
      name: 'New roof',
      account: { id: account },
      amount: { amount: '1250.50', currency: 'EUR' },
      closeDate: '2026-12-24',
    });
  });

  test('isn’t left unsaved without a question', async () => {
    const page = await app.pageOf(browser, app.admin, '/accounts/new');
    await page.getByRole('textbox', { name: 'Name' }).fill('Half typed');
    await page.getByRole('link', { name: 'Contacts' }).first().click();
    await page.getByText('Leave without saving?').waitFor();
    await page.getByRole('button', { name: 'Stay here' }).click();
    await expect.poll(() => page.getByRole('textbox', { name: 'Name' }).inputValue()).toBe('Half typed');
  });

  test('is changed where it stands by keyboard, and its history tells it', async () => {
    const id = await created('accounts', { name: 'Before', employees: 7 });
    const page = await app.pageOf(browser, app.admin, `/accounts/${id}`);
    await page.getByRole('button', { name: 'Edit Name' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('textbox', { name: 'Name' }).fill('Never');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Edit Name' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('After');
    await page.keyboard.press('Enter');
    await heading(page).getByText('After').waitFor();
    const history = page.getByRole('complementary', { name: 'History' });
    await history.getByText('Before').first().waitFor();
    await history.getByText('changed', { exact: false }).first().waitFor();
    expect(await stored('accounts', id)).toMatchObject({ name: 'After', employees: 7 });
    await expectAccessible(page);
  });

  test('that somebody changed meanwhile shows both values, and other fields merge', async () => {
    const id = await created('accounts', { name: 'Ours', number: 'A-1' });
    const page = await app.pageOf(browser, app.admin, `/accounts/${id}`);
    await page.getByRole('button', { name: 'Edit', exact: true }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Mine');
    const theirs = { version: 1, name: 'Theirs', number: 'A-2' };
    expect((await app.admin.browser('PATCH', `/accounts/${id}`, theirs)).status).toBe(200);
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Somebody changed this meanwhile' });
    await dialog.getByText('Theirs').waitFor();
    await expectAccessible(page);
    await dialog.getByRole('radio', { name: /Yours/ }).check();
    await dialog.getByRole('button', { name: 'Save what is chosen' }).click();
    await heading(page).getByText('Mine').waitFor();
    expect(await stored('accounts', id)).toMatchObject({ name: 'Mine', number: 'A-2', version: 3 });
  });

  test('is removed, taken back at once, and restored from its own page later', async () => {
    const id = await created('accounts', { name: 'Going' });
    const page = await app.pageOf(browser, app.admin, `/accounts/${id}`);
    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Remove' }).click();
    await page.getByRole('button', { name: 'Undo', exact: true }).click();
    await page.getByText('“Going” is restored.').waitFor();
    expect((await stored('accounts', id)).removedAt).toBeNull();
    expect((await app.admin.browser('DELETE', `/accounts/${id}`)).status).toBe(200);
    await page.goto(app.at(`/accounts/${id}`));
    await page.getByText('This record is in the bin').waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Restore' }).click();
    await page.getByRole('button', { name: 'Edit', exact: true }).waitFor();
    expect((await stored('accounts', id)).removedAt).toBeNull();
  });

  test('is linked to another in its related list, with a role, and unlinked', async () => {
    const account = await created('accounts', { name: 'Linked' });
    await created('contacts', { name: { first: 'Zoé', last: 'Lémery' } });
    const page = await app.pageOf(browser, app.admin, `/accounts/${account}`);
    const list = page.getByRole('region', { name: 'Contacts', exact: true });
    await list.getByRole('button', { name: 'Add to Contacts' }).click();
    await list.getByRole('combobox', { name: 'Contact' }).fill('lemery');
    await page.getByRole('option', { name: /Lémery/ }).waitFor();
    await page.keyboard.press('Enter');
    await list.getByRole('combobox', { name: 'Role' }).click();
    await page.getByRole('option', { name: 'Purchasing' }).click();
    await list.getByRole('button', { name: 'Add', exact: true }).click();
    const row = list.getByRole('row', { name: /Zoé Lémery/ });
    await row.getByText('Purchasing').waitFor();
    await expectAccessible(page);
    await row.getByRole('button', { name: 'Unlink Zoé Lémery' }).click();
    await list.getByText('None yet').waitFor();
  });

  test('speaks French on a phone in the dark, and anybody can use it', async () => {
    expect((await paul.browser('PATCH', '/me', { locale: 'fr', theme: 'dark' })).status).toBe(200);
    const id = await created('accounts', { name: 'Société', employees: 1200 }, paul);
    const page = await app.pageOf(browser, paul, `/accounts/${id}`, { viewport: viewports.phone });
    await page.getByRole('button', { name: 'Modifier', exact: true }).waitFor();
    await page.getByText('Historique').first().waitFor();
    const overflow = await page.evaluate(() => {
      const sheet = document.querySelector('main');
      return sheet ? sheet.scrollWidth - sheet.clientWidth : 0;
    });
    expect(overflow).toBe(0);
    await expectAccessible(page);
  });
});
