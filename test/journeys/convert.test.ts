import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestApp, testApp } from '../harness/app.ts';
import { expectAccessible, journey, launchBrowser, viewports } from '../harness/browser.ts';
import type { AnswerBody, Caller } from '../harness/doors.ts';

journey('A lead', () => {
  let browser: Browser;
  let app: TestApp;
  let sal: Caller;

  beforeAll(async () => {
    browser = await launchBrowser();
    app = await testApp();
    sal = await app.user('Sal');
  });

  afterAll(async () => {
    await browser.close();
    await app.close();
  });

  const made = async (plural: string, values: object): Promise<string> => {
    const answer = await sal.browser('POST', `/${plural}`, values);
    expect(answer.status, answer.text).toBe(201);
    return answer.body.id;
  };
  const stored = async (plural: string, id: string): Promise<AnswerBody> =>
    (await sal.browser('GET', `/${plural}/${id}`)).body;
  const all = async (plural: string): Promise<readonly AnswerBody[]> =>
    (await sal.browser('GET', `/${plural}?limit=200`)).body.items;
  const section = (page: Page, name: string): Locator => page.getByRole('region', { name, exact: true });
  const heading = (page: Page): Locator => page.getByRole('heading', { level: 1 });

  test('is typed in, converted, shows what it became, and is as before when that is undone', async () => {
    const page = await app.pageOf(browser, sal, '/leads/new');
    await page.getByLabel('First name').fill('Léa');
    await page.getByLabel('Last name').fill('Moreau');
    await page.getByLabel('Company', { exact: true }).fill('Moreau SARL');
    await page.getByLabel('E-mail', { exact: true }).fill('lea@moreau.example');
    await page.getByRole('button', { name: 'Create' }).click();
    await page.getByRole('button', { name: 'Convert' }).click();

    await heading(page).filter({ hasText: 'Convert this lead' }).waitFor();
    const account = section(page, 'Account');
    const opportunity = section(page, 'Opportunity');
    await expect.poll(() => account.getByLabel('Name').inputValue()).toBe('Moreau SARL');
    await expect
      .poll(() => section(page, 'Contact').getByLabel('E-mail').inputValue())
      .toBe('lea@moreau.example');
    // Without an amount nothing says that there is a deal.
    await expect.poll(() => opportunity.getByRole('switch').isChecked()).toBe(false);
    await opportunity.getByRole('switch').press('Space');
    await expectAccessible(page);

    // What is wrong is told in its own section, and the cursor stands there.
    await account.getByLabel('Name').fill('');
    await page.keyboard.press('Control+Enter');
    await account.getByText('Name is missing: fill it in.').waitFor();
    await opportunity.getByText('Close date is missing: fill it in.').waitFor();
    expect(await account.getByLabel('Name').evaluate((input) => input === document.activeElement)).toBe(true);
    await expectAccessible(page);
    expect(await all('contacts')).toEqual([]);

    await account.getByLabel('Name').fill('Moreau et fils');
    await opportunity.getByLabel('Close date').fill('01/31/2027');
    await page.keyboard.press('Control+Enter');
    await page.getByText('Converted', { exact: true }).first().waitFor();
    const panel = section(page, 'Converted to');
    await panel.getByRole('link', { name: 'Moreau et fils' }).waitFor();
    await panel.getByRole('link', { name: 'Léa Moreau' }).waitFor();
    await expect.poll(() => page.getByRole('button', { name: 'Convert', exact: true }).count()).toBe(0);
    await expectAccessible(page);
    const [deal] = await all('opportunities');
    expect(deal).toMatchObject({
      name: 'Moreau SARL',
      account: { label: 'Moreau et fils' },
      contact: { label: 'Léa Moreau' },
      closeDate: '2027-01-31',
    });

    await page.getByRole('button', { name: 'Undo', exact: true }).click();
    await page.getByText('Taken back: everything is as it was.').waitFor();
    await page.getByRole('button', { name: 'Convert', exact: true }).waitFor();
    await panel.waitFor({ state: 'detached' });
    for (const plural of ['accounts', 'contacts', 'opportunities']) expect(await all(plural)).toEqual([]);
    const [lead] = await all('leads');
    const told = (await sal.browser('GET', `/leads/${lead?.id}/history`)).body.items;
    expect(told.map(({ verb, door }) => [verb, door])).toEqual([
      ['update', 'undo'],
      ['update', 'browser'],
      ['create', 'browser'],
    ]);
  });

  test('becomes part of what is there already, when that is offered and taken', async () => {
    const account = await made('accounts', { name: 'Zénith SA', phone: '+33 1 42 68 53 00' });
    const contact = await made('contacts', {
      name: { first: 'Zoé', last: 'Zénith' },
      email: 'zoe@zenith.example',
    });
    const id = await made('leads', {
      name: { first: 'Zoé', last: 'Zénith' },
      company: 'ZENITH SA',
      email: 'Zoe@Zenith.example',
      phone: '01 42 68 53 00',
    });
    const page = await app.pageOf(browser, sal, `/leads/${id}/convert`, { viewport: viewports.phone });
    const found = section(page, 'Account').getByRole('status');
    await found.getByText('Account: this may be here already').waitFor();
    await found.getByText('Same: Name').waitFor();
    await found.getByText('Same: Phone').waitFor();
    await expectAccessible(page);
    await found.getByRole('button', { name: 'Use this one: Zénith SA' }).click();
    const picker = section(page, 'Account').getByRole('combobox', { name: 'Account' });
    await expect.poll(() => picker.inputValue()).toBe('Zénith SA');
    await section(page, 'Contact').getByRole('button', { name: 'Use this one: Zoé Zénith' }).click();
    // What the lead knows more is offered, and taken only where somebody says so.
    const fill = section(page, 'Contact').getByRole('checkbox', { name: 'Fill in what is empty there' });
    await section(page, 'Contact').getByText('Phone', { exact: true }).waitFor();
    expect(await fill.isChecked()).toBe(false);
    await fill.click();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Convert', exact: true }).click();
    await section(page, 'Converted to').getByRole('link', { name: 'Zénith SA' }).waitFor();
    expect(await stored('leads', id)).toMatchObject({
      status: 'converted',
      convertedAccount: { id: account },
      convertedContact: { id: contact },
      convertedOpportunity: null,
    });
    expect(await stored('contacts', contact)).toMatchObject({
      account: { id: account },
      phone: { typed: '01 42 68 53 00' },
    });
    await page.goto(app.at(`/accounts/${account}`));
    await section(page, 'Came from').getByRole('link', { name: 'Zoé Zénith' }).waitFor();
  });

  test('that is closed can’t be converted, and its page says why', async () => {
    const id = await made('leads', { name: { last: 'Dead' }, status: 'dead' });
    const page = await app.pageOf(browser, sal, `/leads/${id}/convert`);
    await page.getByText('This can’t be done now').waitFor();
    await page.getByText('Only an open lead can be converted').waitFor();
    await expectAccessible(page);
    await page.getByRole('link', { name: 'Back' }).click();
    await heading(page).filter({ hasText: 'Dead' }).waitFor();
    await expect.poll(() => page.getByRole('button', { name: 'Convert', exact: true }).count()).toBe(0);
  });

  test('is left as it is when the screen is left', async () => {
    const id = await made('leads', { name: { last: 'Hesitant' } });
    const page = await app.pageOf(browser, sal, `/leads/${id}/convert`);
    await section(page, 'Contact').getByLabel('Job title').fill('Buyer');
    await page.keyboard.press('Escape');
    await page.getByText('Leave without saving?').waitFor();
    await page.getByRole('button', { name: 'Leave', exact: true }).click();
    await page.getByRole('button', { name: 'Convert', exact: true }).waitFor();
    expect(await stored('leads', id)).toMatchObject({ status: 'new', version: 1 });
  });
});

journey('A new contact', () => {
  let browser: Browser;
  let app: TestApp;

  beforeAll(async () => {
    browser = await launchBrowser();
    app = await testApp();
    await app.admin.browser('POST', '/contacts', {
      name: { first: 'Ana', last: 'Díaz' },
      email: 'ana@diaz.example',
    });
  });

  afterAll(async () => {
    await browser.close();
    await app.close();
  });

  test('shows who may be here already, and is created all the same', async () => {
    const page = await app.pageOf(browser, app.admin, '/contacts/new');
    await page.getByLabel('Last name').fill('Díaz');
    await page.getByLabel('E-mail', { exact: true }).fill('ANA@diaz.example');
    const hints = page.getByRole('status').filter({ hasText: 'this may be here already' });
    await hints.getByRole('link', { name: 'Ana Díaz' }).waitFor();
    await hints.getByText('Same: E-mail').waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Create' }).click();
    await page.getByRole('button', { name: 'Edit', exact: true }).waitFor();
    expect((await app.admin.browser('GET', '/contacts')).body.items).toHaveLength(2);
  });

  test('made on the way to something else may be the one that is there', async () => {
    const page = await app.pageOf(browser, app.admin, '/opportunities/new');
    const contact = page.getByRole('combobox', { name: 'Primary contact' });
    await contact.fill('Nobody');
    await page.getByRole('option', { name: 'New: Contact' }).click();
    const dialog = page.getByRole('dialog');
    // The same address under another name is another person's; under this one it is she.
    await dialog.getByLabel('First name').fill('Ana');
    await dialog.getByLabel('Last name').fill('Diaz');
    await dialog.getByLabel('E-mail', { exact: true }).fill('ana@diaz.example');
    await dialog.getByRole('button', { name: 'Use this one: Ana Díaz' }).click();
    await dialog.waitFor({ state: 'detached' });
    await expect.poll(() => contact.inputValue()).toBe('Ana Díaz');
  });
});
