import { sql } from 'kysely';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestApp, testApp } from '../harness/app.ts';
import { expectAccessible, journey, launchBrowser, viewports } from '../harness/browser.ts';
import type { Caller } from '../harness/doors.ts';

/** The texts of the first column. */
const titles = async (page: Page): Promise<string[]> =>
  (await page.locator('[role=gridcell]:nth-child(2) a').allInnerTexts()).sort();

/** Opens the menu of views, in which `name` is the one shown. */
async function openMenu(page: Page, name: string) {
  await page.getByRole('button', { name: `View: ${name}` }).click();
  const menu = page.getByRole('menu');
  await menu.waitFor();
  return menu;
}

journey('Views of a list', () => {
  let browser: Browser;
  let app: TestApp;
  let ana: Caller;

  beforeAll(async () => {
    [browser, app] = await Promise.all([launchBrowser(), testApp()]);
    ana = await app.user('Ana');
    const made = async (plural: string, records: readonly object[]): Promise<readonly string[]> => {
      const { body, status, text } = await app.admin.browser('POST', `/${plural}`, records);
      if (status !== 201) throw new Error(text);
      return body.items.map(({ id }) => id);
    };
    const [north] = await made('accounts', [{ name: 'Nordic Cranes', territory: 'north' }]);
    const deal = { stage: 'proposal', closeDate: '2026-12-01', account: north };
    const money = (amount: string) => ({ amount, currency: 'EUR' });
    await made('opportunities', [
      { ...deal, name: 'Harbour crane', amount: money('1000') },
      { ...deal, name: 'Lighthouse', amount: money('50000'), owner: ana.id },
      { ...deal, name: 'Buoys', stage: 'prospecting', owner: ana.id },
    ]);
  });

  afterAll(async () => {
    await browser.close();
    await app.close();
  });

  test('that come with an entity are there for everybody, each with his own records', async () => {
    const page = await app.pageOf(browser, ana, '/opportunities');
    const menu = await openMenu(page, 'All: Opportunities');
    await menu.getByRole('menuitem', { name: 'My open ones' }).click();
    await expect.poll(() => titles(page)).toEqual(['Buoys', 'Lighthouse']);
    expect(new URL(page.url()).searchParams.get('view')).toBe('mine-open');
    await page.reload();
    await page.getByRole('button', { name: 'View: My open ones' }).waitFor();
    await expectAccessible(page);
  });

  test('is saved from what a list shows, shared, and opened by somebody else', async () => {
    const page = await app.pageOf(browser, app.admin, '/opportunities?where=amount%20%3E%2010000');
    await expect.poll(() => titles(page)).toEqual(['Lighthouse']);

    // A column of the account, by its reference.
    await page.getByRole('button', { name: 'Columns' }).click();
    const columns = page.getByRole('dialog', { name: 'Columns' });
    await columns.getByRole('combobox', { name: 'Of related records' }).fill('terri');
    await page.getByRole('option', { name: 'Account · Territory' }).click();
    await page.keyboard.press('Escape');
    await page.getByRole('columnheader', { name: 'Account · Territory' }).waitFor();
    await page.getByRole('gridcell', { name: 'North' }).waitFor();

    await (await openMenu(page, 'All: Opportunities')).getByRole('menuitem', { name: 'Save as' }).click();
    const dialog = page.getByRole('dialog', { name: 'Save as a new view' });
    await dialog.getByLabel('Name').fill('Large ones');
    await dialog.getByRole('radio', { name: 'Everybody' }).check();
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'View: Large ones', exact: true }).waitFor();

    const other = await app.pageOf(browser, ana, '/opportunities');
    const menu = await openMenu(other, 'All: Opportunities');
    await menu.getByText('Shared with me').waitFor();
    await menu.getByRole('menuitem', { name: 'Large ones' }).click();
    await expect.poll(() => titles(other)).toEqual(['Lighthouse']);
    await other.getByRole('columnheader', { name: 'Account · Territory' }).waitFor();
    // What is somebody else's can be looked at, chosen and copied, not changed.
    const its = await openMenu(other, 'Large ones');
    await expect.poll(() => its.getByRole('menuitem', { name: 'Rename or share' }).count()).toBe(0);
    await its.getByRole('menuitem', { name: 'Open this one first' }).click();
    await (await openMenu(other, 'Large ones'))
      .getByRole('menuitem', { name: 'Show in the navigation' })
      .click();
    await other.getByRole('navigation').getByRole('link', { name: 'Large ones' }).waitFor();
    await other.goto(app.at('/opportunities'));
    await other.getByRole('button', { name: 'View: Large ones', exact: true }).waitFor();
    await expect.poll(() => titles(other)).toEqual(['Lighthouse']);
  });

  test('says that it was changed, keeps the change, and is removed and taken back', async () => {
    const page = await app.pageOf(browser, app.admin, '/opportunities');
    await (await openMenu(page, 'All: Opportunities')).getByRole('menuitem', { name: 'Large ones' }).click();
    await expect.poll(() => titles(page)).toEqual(['Lighthouse']);
    await page.getByRole('button', { name: 'Remove this filter' }).click();
    await expect.poll(async () => (await titles(page)).length).toBe(3);
    const menu = await openMenu(page, 'Large ones, changed');
    await menu.getByRole('menuitem', { name: 'Save the changes' }).click();
    await page.getByRole('button', { name: 'View: Large ones', exact: true }).waitFor();
    await (await openMenu(page, 'Large ones')).getByRole('menuitem', { name: 'Remove this view' }).click();
    await page.getByRole('button', { name: 'View: All: Opportunities' }).waitFor();
    await page.getByRole('button', { name: 'Undo', exact: true }).click();
    await (await openMenu(page, 'All: Opportunities'))
      .getByRole('menuitem', { name: 'Large ones' })
      .waitFor();
  });

  test('is refused to be shared with everybody by who may not, with the reason', async () => {
    const page = await app.pageOf(browser, ana, '/accounts?where=kind%20%3D%20customer');
    await (await openMenu(page, 'All: Accounts')).getByRole('menuitem', { name: 'Save as' }).click();
    const dialog = page.getByRole('dialog', { name: 'Save as a new view' });
    await dialog.getByLabel('Name').fill('Mine for all');
    await dialog.getByRole('radio', { name: 'Everybody' }).check();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText('Your roles don’t let you share views with everybody').waitFor();
  });

  test('whose filter isn’t right any more opens with the mistake told, in French on a phone as well', async () => {
    // As if a field had been retired since: no door would take such a filter now.
    const { body } = await app.admin.browser('POST', '/saved-views', { name: 'Old', entity: 'opportunity' });
    await sql`update w_main.saved_view set "where" = 'retired > 5' where id = ${body.id}::uuid`.execute(
      app.db,
    );
    const page = await app.pageOf(browser, app.admin, `/opportunities?view=${body.id}`);
    await expect.poll(() => page.locator('mark').innerText()).toBe('retired');
    await page.getByRole('button', { name: 'Remove this filter' }).click();
    await expect.poll(async () => (await titles(page)).length).toBe(3);

    const origin = { origin: new URL(app.at('/')).origin };
    await page.request.patch(app.at('/api/v1/me'), { data: { locale: 'fr' }, headers: origin });
    await page.setViewportSize(viewports.phone);
    await page.goto(app.at(`/opportunities?view=${body.id}`));
    await page.getByRole('button', { name: 'Vue\u00a0: Old' }).waitFor();
    await page.getByRole('button', { name: 'Corriger' }).waitFor();
    await expectAccessible(page);
    await page.request.patch(app.at('/api/v1/me'), { data: { locale: 'en' }, headers: origin });
  });
});
