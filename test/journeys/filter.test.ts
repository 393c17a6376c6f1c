import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestApp, testApp } from '../harness/app.ts';
import { expectAccessible, journey, launchBrowser, viewports } from '../harness/browser.ts';

/** The texts of the first column. */
const titles = async (page: Page): Promise<string[]> =>
  (await page.locator('[role=gridcell]:nth-child(2) a').allInnerTexts()).sort();

const where = (page: Page): string | null => new URL(page.url()).searchParams.get('where');

/** Opens the dialog of filters. */
async function openDialog(page: Page) {
  await page.getByRole('button', { name: 'Advanced filter' }).click();
  const dialog = page.getByRole('dialog', { name: 'Filter: Opportunities' });
  await dialog.waitFor();
  return dialog;
}

journey('A filter of any depth', () => {
  let browser: Browser;
  let app: TestApp;

  beforeAll(async () => {
    [browser, app] = await Promise.all([launchBrowser(), testApp()]);
    const made = async (plural: string, records: readonly object[]): Promise<readonly string[]> => {
      const { body, status, text } = await app.admin.browser('POST', `/${plural}`, records);
      if (status !== 201) throw new Error(text);
      return body.items.map(({ id }) => id);
    };
    const [north, south] = await made('accounts', [
      { name: 'Nordic Cranes', territory: 'north' },
      { name: 'Austral', territory: 'south' },
    ]);
    const deal = { stage: 'proposal', closeDate: '2026-12-01' };
    const money = (amount: string) => ({ amount, currency: 'EUR' });
    const [crane] = await made('opportunities', [
      { ...deal, name: 'Harbour crane', account: north, amount: money('1000') },
      { ...deal, name: 'Ferry line', account: south, amount: money('200') },
      { ...deal, name: 'Lighthouse', account: south, amount: money('50000') },
      { ...deal, name: 'Buoys', stage: 'prospecting' },
    ]);
    const [ana] = await made('contacts', [
      { name: { first: 'Ana', last: 'Ruiz' }, email: 'ana@example.org' },
    ]);
    await app.admin.browser('POST', `/opportunities/${crane}/link`, { link: 'contacts', to: ana });
  });

  afterAll(async () => {
    await browser.close();
    await app.close();
  });

  test('is built of rows, groups and related records, counted meanwhile, and is the same as text', async () => {
    const page = await app.pageOf(browser, app.admin, '/opportunities');
    await page.locator('main footer').getByText('4 records').waitFor();
    const dialog = await openDialog(page);

    // A first row, by keyboard: type a part of the field's name.
    await page.keyboard.type('account · terr');
    await page.getByRole('option', { name: 'Account · Territory' }).click();
    await dialog.getByRole('combobox', { name: 'Value' }).fill('nor');
    await page.getByRole('option', { name: 'North' }).click();
    await dialog.getByText('1 match').waitFor();

    // Either that or a large amount.
    await dialog.getByRole('button', { name: 'Condition', exact: true }).click();
    await expect.poll(() => dialog.getByRole('button', { name: 'Apply' }).isDisabled()).toBe(true);
    await page.keyboard.type('amoun');
    await page.getByRole('option', { name: 'Amount', exact: true }).click();
    const row = dialog.getByRole('group', { name: 'Amount' });
    await row.getByRole('combobox', { name: 'Operator' }).selectOption('more than');
    await row.getByRole('textbox', { name: 'Value' }).fill('10 000');
    await dialog.getByRole('combobox', { name: 'Group' }).selectOption('At least one of these holds');
    await dialog.getByText('2 matches').waitFor();

    // And what is asked of related records.
    await dialog.getByRole('button', { name: 'Related records' }).click();
    const related = dialog.getByRole('group', { name: 'Related records' });
    await related.getByRole('combobox', { name: 'Related records' }).selectOption('Contacts');
    await related.getByRole('combobox', { name: 'How many of them' }).selectOption('none');
    await related.getByRole('button', { name: 'Condition', exact: true }).click();
    await page.keyboard.type('e-mail');
    await page.getByRole('option', { name: 'E-mail', exact: true }).click();
    await related.getByRole('combobox', { name: 'Operator' }).last().selectOption('is empty');
    await dialog.getByText('4 matches').waitFor();
    await expectAccessible(page);

    await dialog.getByText('As text').click();
    const text = dialog.getByRole('textbox', { name: 'Filter as an expression' });
    await expect
      .poll(() => text.innerText())
      .toBe('account.territory in ("north") or amount > 10000 or none(contacts, email is empty)');
    await text.fill('account.territory = north or amount > 10000 or any(contacts, email contains "ruiz")');
    await dialog.getByText('2 matches').waitFor();
    await expectAccessible(page);
    await dialog.getByText('As rows').click();
    await dialog.getByRole('group', { name: 'Related records' }).waitFor();
    await dialog.getByRole('button', { name: 'Apply' }).click();
    await expect.poll(() => titles(page)).toEqual(['Harbour crane', 'Lighthouse']);
    await page.reload();
    await expect.poll(() => titles(page)).toEqual(['Harbour crane', 'Lighthouse']);
    await page.getByRole('button', { name: 'Remove this filter' }).click();
    await expect.poll(async () => (await titles(page)).length).toBe(4);
  });

  test('is written by keyboard alone: completed by labels, mended by what was meant, tidied up', async () => {
    const page = await app.pageOf(browser, app.admin, '/opportunities?where=amount%20is%20not%20empty');
    const dialog = await openDialog(page);
    await dialog.getByText('As text').click();
    const text = dialog.getByRole('textbox', { name: 'Filter as an expression' });
    await text.fill('');
    await page.keyboard.type('clos');
    await page.getByRole('option', { name: /closeDate/ }).waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.type(' <');
    await page.keyboard.press('Escape');
    await page.keyboard.type(' today + 30 and  STAGE= negotiation');
    const mistake = dialog.getByRole('status').filter({ hasText: 'STAGE' });
    await mistake.waitFor();
    await mistake.getByRole('button', { name: 'Replace it by stage' }).press('Enter');
    await text.focus();
    await page.keyboard.press('Control+End');
    await page.keyboard.type(' or stage = prop');
    await page.getByRole('option', { name: /proposal/ }).waitFor();
    await page.keyboard.press('Enter');
    const written = 'closeDate < today + 30 and  stage= negotiation or stage = proposal';
    await expect.poll(() => text.innerText()).toBe(written);

    // Escape closes what is offered, not the dialog; Tab leaves the text.
    await page.keyboard.press('Control+Space');
    await page.keyboard.press('Escape');
    await dialog.getByRole('button', { name: 'Tidy up' }).click();
    await expect
      .poll(() => text.innerText())
      .toBe('closeDate < today + 30 and stage = negotiation or stage = proposal');
    await text.focus();
    await page.keyboard.press('Control+z');
    await expect.poll(() => text.innerText()).toBe(written);
    await page.keyboard.press('Tab');
    expect(await text.evaluate((element) => element === document.activeElement)).toBe(false);
    await text.focus();
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await expect.poll(() => where(page)).toBe(written);
    await expect.poll(() => titles(page)).toEqual(['Ferry line', 'Harbour crane', 'Lighthouse']);
  });

  test('with a mistake in the address is told where it stands, and can be mended', async () => {
    const wrong = encodeURIComponent('amount > 500 and stagee = "proposal"');
    const page = await app.pageOf(browser, app.admin, `/opportunities?where=${wrong}`);
    await expect.poll(() => page.locator('mark').innerText()).toBe('stagee');
    await expect.poll(() => page.getByRole('alert').innerText()).toContain('stage');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Mend' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Replace it by stage' }).click();
    await dialog.getByRole('button', { name: 'Apply' }).click();
    await expect.poll(() => titles(page)).toEqual(['Harbour crane', 'Lighthouse']);
  });

  test('may be pasted in the notation of LN, and is taken over in ours', async () => {
    const page = await app.pageOf(browser, app.admin, '/opportunities');
    const dialog = await openDialog(page);
    await dialog.getByText('As text').click();
    await dialog
      .getByRole('textbox', { name: 'Filter as an expression' })
      .fill('(R, amount) IN (500,2000) (40000,60000) | the middle');
    await dialog.getByRole('button', { name: 'Take this' }).click();
    await dialog.getByText('2 matches').waitFor();
  });

  test('keeps what rows can’t show as text, in French on a phone as well', async () => {
    const filter = encodeURIComponent('stage.class = open and amount > sum(contacts, version)');
    const page = await app.pageOf(browser, app.admin, '/opportunities', { viewport: viewports.phone });
    await page.request.patch(app.at('/api/v1/me'), {
      data: { locale: 'fr' },
      headers: { origin: new URL(app.at('/')).origin },
    });
    await page.goto(app.at(`/opportunities?where=${filter}`));
    await page.getByRole('button', { name: 'Filtre avancé' }).click();
    const dialog = page.getByRole('dialog', { name: 'Filtrer : Opportunités' });
    await dialog.getByRole('group', { name: 'Étape · sens' }).waitFor();
    const kept = dialog.getByRole('textbox', { name: 'Sous forme d’expression' });
    await expect.poll(() => kept.innerText()).toBe('amount > sum(contacts, version)');
    await expectAccessible(page);
    await page.request.patch(app.at('/api/v1/me'), {
      data: { locale: 'en' },
      headers: { origin: new URL(app.at('/')).origin },
    });
  });
});
