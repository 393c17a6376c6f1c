import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestApp, testApp } from '../harness/app.ts';
import { journey, launchBrowser, viewports } from '../harness/browser.ts';

const accounts = 430;

/** The texts of the first column, as far as rows stand on the screen. */
const titles = (page: Page): Promise<string[]> =>
  page.locator('[role=gridcell]:nth-child(2) a').allInnerTexts();

/** Waits until the footer says so many records. */
const counted = (page: Page, words: string) => page.locator('main footer').getByText(words).waitFor();

/** Opens the first filter, chooses its field, and answers the dialog it is written in. */
async function startFilter(page: Page, field: string) {
  await page.getByRole('button', { name: /^(Filter|Add a filter)$/ }).click();
  const editor = page.getByRole('dialog');
  await editor.getByRole('combobox', { name: 'Field' }).click();
  await editor.getByRole('option', { name: field, exact: true }).click();
  return editor;
}

journey('The list', () => {
  let browser: Browser;
  let app: TestApp;

  beforeAll(async () => {
    [browser, app] = await Promise.all([launchBrowser(), testApp({ works: true })]);
    const { body } = await app.admin.browser(
      'POST',
      '/accounts',
      Array.from({ length: accounts }, (_, n) => ({
        name: `Account ${String(n).padStart(3, '0')}`,
        kind: n % 2 === 0 ? 'customer' : 'prospect',
        ...(n % 3 === 0 ? { territory: 'north' } : {}),
      })),
    );
    const [first, second] = (body as unknown as { items: readonly { id: string }[] }).items;
    const made = await app.admin.browser('POST', '/opportunities', [
      {
        name: 'Harbour crane',
        account: first?.id,
        stage: 'proposal',
        closeDate: '2026-12-01',
        amount: { amount: '1000.50', currency: 'EUR' },
      },
      {
        name: 'Ferry line',
        account: second?.id,
        stage: 'prospecting',
        closeDate: '2027-01-15',
        amount: { amount: '2000', currency: 'EUR' },
      },
      {
        name: 'Lighthouse',
        account: first?.id,
        stage: 'negotiation',
        closeDate: '2027-02-01',
        amount: { amount: '300', currency: 'USD' },
      },
      { name: 'Buoys', stage: 'prospecting', closeDate: '2027-03-01' },
    ]);
    expect(made.text).not.toContain('mistakes');
    const people = await app.admin.browser('POST', '/contacts', [
      { name: { first: 'Chloé', last: 'Lefèvre' }, phone: '+33 6 12 34 56 78', account: first?.id },
      { name: { first: 'José', last: 'Núñez' }, email: 'jose@example.org' },
    ]);
    expect(people.text).not.toContain('mistakes');
  });

  afterAll(async () => {
    await browser.close();
    await app.close();
  });

  test('loads the next pages while one scrolls, and says how many there are', async () => {
    const page = await app.pageOf(browser, app.admin, '/accounts');
    await counted(page, `${accounts} records`);
    const grid = page.getByRole('grid');
    await page.getByText('Account 000').waitFor();
    await expect
      .poll(async () => {
        await grid.evaluate((element) => element.scrollTo(0, element.scrollHeight));
        return page.getByText('Account 429').isVisible();
      })
      .toBe(true);
    expect(await titles(page)).not.toContain('Account 000');
  });

  test('narrows by chips, which stay in the address', async () => {
    const page = await app.pageOf(browser, app.admin, '/accounts');
    await counted(page, `${accounts} records`);
    const editor = await startFilter(page, 'Kind');
    await editor.getByRole('checkbox', { name: 'Customer' }).check();
    await editor.getByRole('button', { name: 'Apply' }).click();
    await counted(page, '215 records');
    const second = await startFilter(page, 'Name');
    await second.getByLabel('Value', { exact: true }).fill('account 01');
    await second.getByRole('button', { name: 'Apply' }).click();
    await counted(page, '5 records');
    await page.reload();
    await counted(page, '5 records');
    await page.getByRole('button', { name: 'Remove this filter' }).first().click();
    await counted(page, '10 records');
    await page.goBack();
    await counted(page, '5 records');
    await page.getByRole('button', { name: 'Clear the filters' }).click();
    await counted(page, `${accounts} records`);
  });

  test('narrows by what a reference names, with the right kind of value', async () => {
    const page = await app.pageOf(browser, app.admin, '/opportunities');
    await counted(page, '4 records');
    const editor = await startFilter(page, 'Account · Territory');
    await editor.getByRole('checkbox', { name: 'North' }).check();
    await editor.getByRole('button', { name: 'Apply' }).click();
    await counted(page, '2 records');
    expect((await titles(page)).sort()).toEqual(['Harbour crane', 'Lighthouse']);
    await page.getByText('Account · Territory').waitFor();
  });

  test('finds by name without accents, and the words survive a reload', async () => {
    const page = await app.pageOf(browser, app.admin, '/contacts');
    await counted(page, '2 records');
    await page.getByLabel('Find by name').fill('lefevre');
    await counted(page, '1 record');
    await page.reload();
    await counted(page, '1 record');
    await expect.poll(() => page.getByLabel('Find by name').inputValue()).toBe('lefevre');
    expect(await titles(page)).toEqual(['Chloé Lefèvre']);
  });

  test('sorts by a column both ways, and offers to leave out what has no value', async () => {
    const page = await app.pageOf(browser, app.admin, '/opportunities');
    await counted(page, '4 records');
    const head = page.getByRole('columnheader', { name: 'Amount' });
    await head.getByRole('button').click();
    await expect.poll(() => head.getAttribute('aria-sort')).toBe('ascending');
    await head.getByRole('button').click();
    await expect.poll(() => head.getAttribute('aria-sort')).toBe('descending');
    await page.getByRole('button', { name: 'Hide those without Amount' }).click();
    await counted(page, '3 records');
    await expect.poll(() => titles(page)).toEqual(['Ferry line', 'Harbour crane', 'Lighthouse']);
  });

  test('adds up amounts per currency', async () => {
    const page = await app.pageOf(browser, app.admin, '/opportunities');
    const footer = page.locator('main footer');
    await footer.getByText('€3,000.50').waitFor();
    await footer.getByText('$300.00').waitFor();
  });

  test('shows the columns one chooses, here and after coming back', async () => {
    const page = await app.pageOf(browser, app.admin, '/accounts');
    await counted(page, `${accounts} records`);
    await page.getByRole('button', { name: 'Columns' }).click();
    const menu = page.getByRole('dialog', { name: 'Columns' });
    await menu.getByRole('checkbox', { name: 'Website' }).check();
    await menu.getByRole('checkbox', { name: 'Industry' }).uncheck();
    await page.keyboard.press('Escape');
    await page.getByRole('columnheader', { name: 'Website' }).waitFor();
    await page.goto(app.at('/accounts'));
    await page.getByRole('columnheader', { name: 'Website' }).waitFor();
    await expect.poll(() => page.getByRole('columnheader', { name: 'Industry' }).count()).toBe(0);
  });

  test('is walked, selected in and opened by keyboard alone', async () => {
    const page = await app.pageOf(browser, app.admin, '/accounts');
    await page.getByText('Account 000').waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('j');
    await page.keyboard.press('Space');
    await page.getByRole('region', { name: '1 selected' }).waitFor();
    await page.keyboard.press('Shift+ArrowDown');
    await page.getByRole('region', { name: '2 selected' }).waitFor();
    await page.keyboard.press('End');
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Account 000' }).waitFor();
  });

  test('puts what is selected into the bin and takes it out again', async () => {
    const page = await app.pageOf(browser, app.admin, '/opportunities');
    await counted(page, '4 records');
    for (const name of ['Buoys', 'Lighthouse']) await page.getByLabel(`Select: ${name}`).check();
    await page.getByRole('button', { name: 'Remove', exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    const removed = page.getByRole('region', { name: 'Remove: Opportunities' });
    await removed.getByText('2 changed').waitFor();
    await counted(page, '2 records');
    await page.getByRole('button', { name: 'Show the bin' }).click();
    await expect.poll(async () => (await titles(page)).sort()).toEqual(['Buoys', 'Lighthouse']);
    await page.getByLabel('Select all loaded').check();
    await page.getByRole('button', { name: 'Restore' }).click();
    await page.getByRole('region', { name: 'Restore: Opportunities' }).getByText('2 changed').waitFor();
    await page.getByRole('button', { name: 'Show the bin' }).click();
    await counted(page, '4 records');
  });

  test('on a phone a long press selects, and further taps too', async () => {
    const page = await app.pageOf(browser, app.admin, '/opportunities', {
      viewport: viewports.phone,
      hasTouch: true,
    });
    const card = page.getByRole('listitem').filter({ hasText: 'Harbour crane' });
    await card.waitFor();
    const place = await card.boundingBox();
    const at = { x: (place?.x ?? 0) + 60, y: (place?.y ?? 0) + 20 };
    const touch = await page.context().newCDPSession(page);
    await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [at] });
    await page.getByRole('region', { name: '1 selected' }).waitFor();
    await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    await page.getByRole('listitem').filter({ hasText: 'Ferry line' }).tap();
    await page.getByRole('region', { name: '2 selected' }).waitFor();
    expect(page.url()).toBe(app.at('/opportunities'));
  });
});

journey('The quick search', () => {
  let browser: Browser;
  let app: TestApp;

  beforeAll(async () => {
    [browser, app] = await Promise.all([launchBrowser(), testApp()]);
    await app.admin.browser('POST', '/accounts', [{ name: 'Boulangerie Éléonore' }]);
    await app.admin.browser('POST', '/contacts', [
      { name: { first: 'Chloé', last: 'Lefèvre' }, phone: '+33 6 12 34 56 78' },
    ]);
  });

  afterAll(async () => {
    await browser.close();
    await app.close();
  });

  test('loses no letter, however fast one types after the slash', async () => {
    const page = await app.pageOf(browser, app.admin, '/accounts');
    await page.getByText('Boulangerie Éléonore').waitFor();
    await page.keyboard.type('/eleonore');
    const line = page.getByRole('combobox', { name: 'Search' });
    await expect.poll(() => line.inputValue()).toBe('eleonore');
    await page.getByRole('option', { name: 'Boulangerie Éléonore' }).waitFor();
  });

  test('takes every letter that follows Ctrl K, also out of a text being written', async () => {
    const page = await app.pageOf(browser, app.admin, '/contacts');
    const quick = page.getByLabel('Find by name');
    await quick.focus();
    await page.keyboard.press('Control+k');
    await page.keyboard.type('345678');
    await expect.poll(() => page.getByRole('combobox', { name: 'Search' }).inputValue()).toBe('345678');
    await expect.poll(() => quick.inputValue()).toBe('');
    await page.getByRole('option', { name: 'Chloé Lefèvre' }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Chloé Lefèvre' }).waitFor();
  });

  test('shows the part by which a record was found, and says what may have been meant', async () => {
    const page = await app.pageOf(browser, app.admin, '/contacts');
    await page.getByText('Chloé').first().waitFor();
    await page.keyboard.type('/45-678');
    const option = page.getByRole('option', { name: 'Chloé Lefèvre' });
    await option.waitFor();
    await expect.poll(() => option.innerText()).toContain('Phone');
    expect(await option.locator('mark').allInnerTexts()).toEqual(['4 56 78']);
    const line = page.getByRole('combobox', { name: 'Search' });
    await line.fill('lefebre');
    await page.getByText('Nothing found for “lefebre”').waitFor();
    await expect.poll(() => option.locator('mark').allInnerTexts()).toEqual(['Lefèvre']);
    await page.getByRole('button', { name: 'Did you mean “Lefèvre”?' }).click();
    await expect.poll(() => line.inputValue()).toBe('Lefèvre');
    await expect.poll(() => page.getByText('Nothing found').count()).toBe(0);
    await option.waitFor();
  });

  test('offers the records looked at last, by keyboard, until something is typed', async () => {
    const page = await app.pageOf(browser, app.admin, '/contacts');
    await page.getByRole('link', { name: 'Chloé Lefèvre' }).click();
    await page.getByRole('heading', { name: 'Chloé Lefèvre' }).waitFor();
    await page.goto(app.at('/accounts'));
    await page.getByRole('link', { name: 'Boulangerie Éléonore' }).click();
    await page.getByRole('heading', { name: 'Boulangerie Éléonore' }).waitFor();
    await page.keyboard.press('Control+k');
    const last = page.getByRole('group', { name: 'Looked at last' }).getByRole('option');
    await expect.poll(() => last.count()).toBe(2);
    await expect.poll(() => last.first().innerText()).toContain('Boulangerie Éléonore');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Chloé Lefèvre' }).waitFor();
  });

  test('leads to all results, and to those of one entity', async () => {
    const names = Array.from({ length: 30 }, (_, n) => ({ name: `Quayside ${String(n).padStart(2, '0')}` }));
    await app.admin.browser('POST', '/accounts', names);
    const page = await app.pageOf(browser, app.admin, '/contacts');
    await page.getByText('Chloé').first().waitFor();
    await page.keyboard.type('/quayside');
    await page.getByRole('option', { name: 'Quayside' }).first().waitFor();
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'All results' }).waitFor();
    await expect.poll(() => page.url()).toBe(app.at('/search?q=quayside'));
    const found = page.getByRole('region', { name: 'Accounts' }).getByRole('listitem');
    await expect.poll(() => found.count()).toBe(8);
    await page.getByRole('link', { name: 'All results in Accounts' }).click();
    await expect.poll(() => found.count()).toBe(25);
    await page.getByRole('button', { name: 'Show more' }).click();
    await expect.poll(() => found.count()).toBe(30);
    await page.getByRole('textbox', { name: 'Search' }).fill('quayside 07');
    await expect.poll(() => found.count()).toBe(1);
    await expect.poll(() => page.url()).toContain('q=quayside+07');
  });

  test('says so when nothing is found', async () => {
    const page = await app.pageOf(browser, app.admin, '/contacts');
    await page.getByText('Chloé').first().waitFor();
    await page.keyboard.type('/zzzz');
    await page.getByText('Nothing found for “zzzz”').waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByRole('combobox', { name: 'Search' }).count()).toBe(0);
  });
});
