import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestApp, testApp } from '../harness/app.ts';
import { expectAccessible, journey, launchBrowser } from '../harness/browser.ts';

journey('What was', () => {
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

  const create = async (values: object): Promise<string> =>
    (await app.admin.browser('POST', '/accounts', values)).body.id;
  const change = async (id: string, version: number, values: object): Promise<void> => {
    expect((await app.admin.browser('PATCH', `/accounts/${id}`, { version, ...values })).status).toBe(200);
  };
  const stored = async (id: string) => (await app.admin.browser('GET', `/accounts/${id}`)).body;
  const historyOf = (page: Page) => page.getByRole('complementary', { name: 'History' });

  test('of a record is shown as it was, with what differs marked, and brought back', async () => {
    const id = await create({ name: 'Before', number: 'A-1' });
    await change(id, 1, { name: 'After', number: 'A-2' });
    const page = await app.pageOf(browser, app.admin, `/accounts/${id}`);
    await historyOf(page).getByRole('button', { name: 'As of then: version 1' }).click();
    await page
      .getByRole('status')
      .getByText(/^As of /)
      .waitFor();
    await page.getByText('2 values are different today.').waitFor();
    await expect.poll(() => page.locator('[data-differs]').count()).toBe(2);
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Back to today' }).click();
    await page.getByRole('button', { name: 'Edit Name' }).waitFor();
    await historyOf(page).getByRole('button', { name: 'As of then: version 1' }).click();
    await page.getByRole('button', { name: 'Restore these values' }).click();
    await page.getByText('The values of then are back.').waitFor();
    expect(await stored(id)).toMatchObject({ name: 'Before', number: 'A-1', version: 3 });
  });

  test('is undone change by change; where one was built upon, the rest is offered', async () => {
    const id = await create({ name: 'One', number: 'N-1' });
    await change(id, 1, { name: 'Two', number: 'N-2' });
    await change(id, 2, { name: 'Three' });
    const page = await app.pageOf(browser, app.admin, `/accounts/${id}`);
    await historyOf(page).getByRole('button', { name: 'Undo: version 2' }).click();
    const dialog = page.getByRole('dialog', { name: 'Not all of it can be undone' });
    await dialog.getByText('Name was changed again by Ada.').waitFor();
    await dialog.getByText(/^Can be undone: .*number/i).waitFor();
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Undo that part' }).click();
    await page.getByText('The change is undone.').waitFor();
    expect(await stored(id)).toMatchObject({ name: 'Three', number: 'N-1' });
  });

  test('changes on the screen while a colleague works, and a form keeps what was typed', async () => {
    const id = await create({ name: 'Shared', number: 'S-1' });
    const page = await app.pageOf(browser, app.admin, `/accounts/${id}`);
    await page.getByRole('heading', { level: 1 }).getByText('Shared').waitFor();
    const listed = await app.pageOf(browser, app.admin, '/accounts');
    await listed.getByText('Shared').first().waitFor();
    await change(id, 1, { name: 'Renamed by a colleague' });
    await page.getByRole('heading', { level: 1 }).getByText('Renamed by a colleague').waitFor();
    await listed.getByText('Renamed by a colleague').first().waitFor();

    await page.getByRole('button', { name: 'Edit', exact: true }).click();
    await page.getByRole('textbox', { name: 'Number' }).fill('typed here');
    await change(id, 2, { name: 'Renamed again' });
    await page.getByText('Ada changed this record meanwhile. What you typed stays.').waitFor();
    await page.getByRole('button', { name: 'Load the new values' }).click();
    await expect.poll(() => page.getByRole('textbox', { name: 'Name' }).inputValue()).toBe('Renamed again');
    await expect.poll(() => page.getByRole('textbox', { name: 'Number' }).inputValue()).toBe('typed here');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('button', { name: 'Edit Name' }).waitFor();
    expect(await stored(id)).toMatchObject({ name: 'Renamed again', number: 'typed here' });
  });

  test('is undone with all that was written together, once it is clear what that is', async () => {
    const { body: lead } = await app.admin.browser('POST', '/leads', {
      name: { first: 'Léa', last: 'Moreau' },
      company: 'Moreau SARL',
    });
    const converted = await app.admin.browser('POST', `/leads/${lead.id}/convert`, {
      account: { name: 'Moreau SARL' },
      contact: { name: { first: 'Léa', last: 'Moreau' } },
      opportunity: null,
    });
    expect(converted.status, converted.text).toBe(200);
    const page = await app.pageOf(browser, app.admin, `/leads/${lead.id}`);
    const offer = historyOf(page).getByRole('button', { name: 'Undo the whole: version 2' });
    await offer.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Undo the whole of it' });
    await dialog
      .getByRole('listitem')
      .filter({ hasText: 'Moreau SARL Account' })
      .getByText('goes to the bin')
      .waitFor();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await expect.poll(() => offer.evaluate((button) => button === document.activeElement)).toBe(true);
    await offer.press('Enter');
    await dialog.getByRole('button', { name: /^Undo \d records$/ }).press('Enter');
    await page.getByText('All of it is undone.').waitFor();
    expect((await app.admin.browser('GET', `/leads/${lead.id}`)).body).toMatchObject({ status: 'new' });
    expect((await app.admin.browser('GET', '/contacts')).body.items).toEqual([]);
    await expect
      .poll(() => historyOf(page).getByRole('button', { name: 'Undo the whole: version 1' }).count())
      .toBe(0);
  });

  test('of a person is erased for good, when that is understood, and by nobody without the right', async () => {
    const sal = await app.user('Sal');
    const { body: contact } = await sal.browser('POST', '/contacts', {
      name: { first: 'Ada', last: 'Vergessen' },
      email: 'ada@vergessen.example',
    });
    await sal.browser('POST', '/accounts', {
      name: 'Haus Vergessen',
      description: 'Ask ada@vergessen.example',
    });
    const actions = (page: Page) => page.getByRole('button', { name: 'More actions' });
    const hers = await app.pageOf(browser, sal, `/contacts/${contact.id}`);
    await actions(hers).click();
    await hers.getByRole('menuitem', { name: 'Remove' }).waitFor();
    await expect.poll(() => hers.getByRole('menuitem', { name: /^Erase/ }).count()).toBe(0);

    const page = await app.pageOf(browser, app.admin, `/contacts/${contact.id}`);
    const open = async (): Promise<void> => {
      await actions(page).press('Enter');
      await page.getByRole('menuitem', { name: /^Erase/ }).press('Enter');
    };
    await open();
    const dialog = page.getByRole('dialog', { name: 'Erase Ada Vergessen for good?' });
    await dialog.waitFor();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await expect.poll(() => actions(page).evaluate((button) => button === document.activeElement)).toBe(true);
    await open();
    const erase = dialog.getByRole('button', { name: 'Erase for good' });
    await expect.poll(() => erase.isDisabled()).toBe(true);
    await dialog.getByRole('checkbox').press('Space');
    await erase.press('Enter');
    const told = page.getByRole('dialog', { name: 'The person is erased.' });
    await told.getByRole('link', { name: 'Haus Vergessen' }).first().waitFor();
    await expectAccessible(page);
    const { body: left } = await app.admin.browser('GET', `/contacts/${contact.id}`);
    expect(JSON.stringify(left)).not.toMatch(/vergessen/i);
  });
});
