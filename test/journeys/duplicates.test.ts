import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestApp, testApp } from '../harness/app.ts';
import { expectAccessible, journey, launchBrowser, viewports } from '../harness/browser.ts';
import type { Caller } from '../harness/doors.ts';

journey('Duplicates', () => {
  let browser: Browser;
  let app: TestApp;
  let sal: Caller;

  beforeAll(async () => {
    browser = await launchBrowser();
    app = await testApp({ works: true });
    sal = await app.user('Sal');
  });

  afterAll(async () => {
    await browser.close();
    await app.close();
  });

  const make = async (caller: Caller, plural: string, values: object): Promise<string> => {
    const { status, body, text } = await caller.browser('POST', `/${plural}`, values);
    expect(status, text).toBe(201);
    return body.id;
  };
  const pairs = (page: Page) => page.getByRole('list', { name: 'Pairs' }).getByRole('article');

  test('are searched for among all records, looked at side by side, and told apart for good', async () => {
    const account = await make(sal, 'accounts', { name: 'Wallace Household' });
    const gregory = { first: 'Gregory', last: 'Wallace' };
    await make(sal, 'contacts', { name: gregory, email: 'gwallace@gate.example', account });
    await make(sal, 'contacts', { name: { first: 'Gregroy', last: 'Wallace' }, account, jobTitle: 'Buyer' });
    await make(sal, 'contacts', { name: { first: 'Ruth', last: 'Wallace' }, account });

    const page = await app.pageOf(browser, app.admin, '/contacts');
    await page.getByRole('link', { name: 'Duplicates' }).click();
    await page.getByText('The Contacts haven’t been searched for duplicates yet').waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Search now' }).click();
    await page.getByText('All 3 searched on').waitFor();
    await pairs(page).first().waitFor();
    await expect.poll(() => pairs(page).count()).toBe(1);
    const pair = page.getByRole('article', { name: 'Gregory Wallace · Gregroy Wallace' });
    await pair.getByText('Similar: Name').waitFor();
    await pair.getByRole('cell', { name: 'gwallace@gate.example' }).waitFor();
    await pair.getByRole('cell', { name: 'Buyer' }).waitFor();
    await expectAccessible(page);

    await pair.getByRole('button', { name: 'Not the same' }).click();
    await page.getByText('No duplicates found').waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Undo' }).click();
    await pair.waitFor();
    await pair.getByRole('button', { name: 'Not the same' }).click();
    await page.getByText('No duplicates found').waitFor();
    await page.getByText('Not the same', { exact: true }).click();
    await page.getByText('Not the same: ').waitFor();
    await page.setViewportSize(viewports.phone);
    await expectAccessible(page);
    await pair.getByRole('button', { name: 'Perhaps the same after all' }).click();
    await page.getByText('Nothing decided').waitFor();

    await page.getByText('Perhaps the same', { exact: true }).click();
    await pair.getByRole('link', { name: 'Merge', exact: true }).click();
    await page.getByRole('heading', { level: 1 }).filter({ hasText: 'Merge' }).waitFor();
    await page.getByText('gwallace@gate.example').first().waitFor();
    await page.context().close();
  });

  test('are shown to somebody who doesn’t see all records as far as he sees both, without the search', async () => {
    const page = await app.pageOf(browser, sal, '/contacts/duplicates');
    await pairs(page).first().waitFor();
    await expect.poll(() => page.getByRole('button', { name: 'Search again' }).count()).toBe(0);
    await page.context().close();
  });

  test('are asked about before a record is created that may be there already, however fast one types', async () => {
    const there = await make(sal, 'contacts', {
      name: { first: 'Irene', last: 'Adler' },
      email: 'irene.adler@opera.example',
    });
    const page = await app.pageOf(browser, sal, '/contacts/new');
    // The look for records alike while one types is kept from being faster than the hand.
    await page.route('**/api/v1/contacts/duplicates', (route) => route.abort());
    await page.getByLabel('First name').fill('Irene');
    await page.getByLabel('Last name').fill('Adler');
    await page.getByLabel('E-mail', { exact: true }).fill('irene.adler@home.example');
    await page.keyboard.press('Control+Enter');
    const hint = page.getByRole('status').filter({ hasText: 'this may be here already' });
    await hint.getByRole('link', { name: 'Irene Adler' }).waitFor();
    await hint.getByText('Similar: E-mail').waitFor();
    await expectAccessible(page);
    const all = async () =>
      (await sal.browser('GET', `/contacts?where=${encodeURIComponent('name contains "Adler"')}`)).body.items;
    expect((await all()).map(({ id }) => id)).toEqual([there]);

    // Another name is another person: what was told goes, and so does the question.
    await page.getByLabel('First name').fill('Irena Maria');
    await page.getByRole('button', { name: 'Create', exact: true }).waitFor();
    await page.getByLabel('First name').fill('Irene');
    await page.keyboard.press('Control+Enter');
    await page.getByRole('button', { name: 'Create anyway' }).click();
    await page.getByRole('heading', { level: 1, name: 'Irene Adler' }).waitFor();
    expect(await all()).toHaveLength(2);
    await page.context().close();
  });

  test('of leads among the contacts are told while a lead is typed, which then names the contact', async () => {
    const known = await make(sal, 'contacts', {
      name: { first: 'Godfrey', last: 'Norton' },
      email: 'g.norton@temple.example',
    });
    const page = await app.pageOf(browser, sal, '/leads/new');
    await page.getByLabel('First name').fill('Godfrey');
    await page.getByLabel('Last name').fill('Norton');
    await page.getByLabel('E-mail', { exact: true }).fill('g.norton@temple.example');
    const hint = page.getByRole('status').filter({ hasText: 'Contact: this may be here already' });
    await hint.getByRole('link', { name: 'Godfrey Norton' }).waitFor();
    await page.getByRole('button', { name: 'Create anyway' }).waitFor();
    await expectAccessible(page);
    await hint.getByRole('button', { name: 'Set as Contact: Godfrey Norton' }).click();
    await hint.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Godfrey Norton' }).waitFor();
    const { items } = (await sal.browser('GET', '/leads')).body;
    expect(items).toMatchObject([{ contact: { id: known } }]);
    await page.context().close();
  });

  test('of leads among the contacts are found by the search, and one is converted into the contact it is', async () => {
    const jabez = { name: { first: 'Jabez', last: 'Wilson' }, email: 'jabez@pawn.example' };
    const known = await make(sal, 'contacts', jabez);
    const lead = await make(sal, 'leads', { ...jabez, phone: '+44 20 7946 0000' });
    const page = await app.pageOf(browser, app.admin, '/leads/duplicates');
    await page.getByRole('button', { name: 'Search now' }).click();
    await page.getByText('searched on').waitFor();
    await page.getByText('No duplicates found').waitFor();
    await page.getByRole('radiogroup', { name: 'Compared with' }).getByText('Contacts').click();
    const pair = page.getByRole('article', { name: 'Jabez Wilson · Jabez Wilson' });
    await pair.getByText('Same: E-mail').waitFor();
    expect(await pair.getByRole('link', { name: 'Merge' }).count()).toBe(0);
    await expectAccessible(page);
    await page.setViewportSize(viewports.phone);
    await expectAccessible(page);
    await page.setViewportSize(viewports.desktop);
    // The same pairs stand at the contacts.
    await page.goto(app.at('/contacts/duplicates?with=lead'));
    await pair.getByRole('link', { name: 'Convert into this one' }).click();
    const section = page.getByRole('region', { name: 'Contact', exact: true });
    await section.waitFor();
    expect(await section.getByRole('combobox', { name: 'Contact' }).inputValue()).toBe('Jabez Wilson');
    await page.getByRole('button', { name: 'Convert', exact: true }).click();
    await page
      .getByRole('region', { name: 'Converted to', exact: true })
      .getByRole('link', { name: 'Jabez Wilson' })
      .waitFor();
    expect((await sal.browser('GET', `/leads/${lead}`)).body).toMatchObject({
      convertedContact: { id: known },
    });
    await page.goto(app.at('/leads/duplicates?with=contact'));
    await page.getByText('No duplicates found').waitFor();
    await page.context().close();
  });

  test('are asked about before a lead is converted into what may be there already, however fast one is', async () => {
    await make(sal, 'accounts', { name: 'Briony Lodge' });
    const lead = await make(sal, 'leads', { name: { last: 'Holder' }, company: 'Briony Lodge Ltd' });
    const page = await app.pageOf(browser, sal, `/leads/${lead}/convert`);
    await page.route('**/api/v1/accounts/duplicates*', (route) => route.abort());
    await page.getByRole('button', { name: 'Convert', exact: true }).click();
    const hint = page.getByRole('status').filter({ hasText: 'Account: this may be here already' });
    await hint.getByRole('link', { name: 'Briony Lodge' }).waitFor();
    await expectAccessible(page);
    const status = async () => (await sal.browser('GET', `/leads/${lead}`)).body['status'];
    expect(await status()).toBe('new');
    await page.getByRole('button', { name: 'Convert anyway' }).click();
    await page.getByRole('region', { name: 'Converted to', exact: true }).waitFor();
    expect(await status()).toBe('converted');
    await page.context().close();
  });

  test('are told by what an administrator says that counts, criterion by criterion', async () => {
    const refused = await app.pageOf(browser, sal, '/admin/duplicates');
    await refused.getByRole('heading', { level: 1 }).waitFor();
    expect(await refused.getByRole('table').count()).toBe(0);
    await refused.context().close();

    await make(sal, 'accounts', { name: 'Saxe-Coburg', email: 'office@saxe-coburg.example' });
    const alike = async () =>
      (await sal.browser('POST', '/accounts/duplicates', { email: 'office@saxe-coburg.example' })).body.items;
    expect(await alike()).toHaveLength(1);
    const page = await app.pageOf(browser, app.admin, '/accounts/duplicates');
    await page.getByRole('link', { name: 'Rules', exact: true }).click();
    const accounts = page.getByRole('table', { name: 'Accounts' });
    const mail = accounts.getByRole('row').filter({ hasText: 'E-mail' });
    await mail.waitFor();
    await expectAccessible(page);
    await mail.getByRole('button', { name: 'Change: E-mail' }).click();
    const dialog = page.getByRole('dialog', { name: 'Accounts – E-mail' });
    await dialog.getByRole('textbox', { name: /^Points(?! against)/ }).fill('101');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect
      .poll(() => dialog.getByRole('textbox', { name: /^Points(?! against)/ }).getAttribute('aria-invalid'))
      .toBe('true');
    await expectAccessible(page);
    await dialog.getByRole('textbox', { name: /^Points(?! against)/ }).fill('30');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await mail.getByText('as delivered: +60').waitFor();
    expect(await alike()).toEqual([]);
    await page.setViewportSize(viewports.phone);
    await expectAccessible(page);
    await mail.getByRole('button', { name: 'As delivered: E-mail' }).click();
    await mail.getByText('as delivered: +60').waitFor({ state: 'detached' });
    expect(await alike()).toHaveLength(1);

    await accounts.getByRole('button', { name: 'Change: Points needed together' }).click();
    await page
      .getByRole('dialog')
      .getByRole('textbox', { name: /^Points/ })
      .fill('70');
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await accounts.getByText('as delivered: 60').waitFor();
    expect(await alike()).toEqual([]);
    await page.context().close();
  });
});
