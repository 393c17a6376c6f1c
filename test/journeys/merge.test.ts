import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestApp, testApp } from '../harness/app.ts';
import { expectAccessible, journey, launchBrowser, viewports } from '../harness/browser.ts';
import type { AnswerBody, Caller } from '../harness/doors.ts';

journey('Records that are one', () => {
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
  const heading = (page: Page): Locator => page.getByRole('heading', { level: 1 });
  const field = (page: Page, name: string): Locator => page.getByRole('radiogroup', { name, exact: true });

  test('are chosen in a list, become one field by field, lead to it by their old addresses, and are apart again when that is undone', async () => {
    const goes = await made('accounts', { name: 'Dupont SA', website: 'https://dupont.example' });
    const stays = await made('accounts', { name: 'Dupont', phone: '+33142685300' });
    const task = await made('tasks', { subject: 'Call Dupont', related: { entity: 'account', id: goes } });
    const page = await app.pageOf(browser, sal, '/accounts');
    for (const name of ['Dupont', 'Dupont SA'])
      await page.getByRole('checkbox', { name: `Select: ${name}`, exact: true }).check();
    await page.getByRole('button', { name: 'Merge', exact: true }).click();
    await heading(page).filter({ hasText: 'Merge Accounts' }).waitFor();

    // What only one of them says is chosen by itself, whichever stays.
    await field(page, 'Which one stays?').getByRole('radio', { name: 'Dupont', exact: true }).check();
    const website = field(page, 'Website').getByRole('radio', { name: /^Dupont SA/ });
    await expect.poll(() => website.isChecked()).toBe(true);
    await field(page, 'Name')
      .getByRole('radio', { name: /^Dupont SA/ })
      .check();
    const comes = page.getByRole('region', { name: 'What comes along' });
    await comes.getByText('Tasks').waitFor();
    await expectAccessible(page);
    await page.keyboard.press('Control+Enter');

    await heading(page).filter({ hasText: 'Dupont SA' }).waitFor();
    await page.getByText('Merged into “Dupont SA”').waitFor();
    expect(await stored('accounts', stays)).toMatchObject({
      name: 'Dupont SA',
      website: 'https://dupont.example',
    });
    expect((await stored('tasks', task))['related']).toMatchObject({ id: stays });
    await page.getByText('Came in by a merge:').waitFor();
    await expectAccessible(page);

    // The old address leads to the one that stays.
    const other = await app.pageOf(browser, sal, `/accounts/${goes}`);
    await other.waitForURL(`**/accounts/${stays}`);
    await other.getByText('You asked for a record that was merged into this one.').waitFor();
    await other.close();

    // The history shows what the other one was.
    await page.getByText('Came in by a merge:').getByRole('link', { name: 'Dupont SA' }).click();
    await page.getByText('This record was merged into another one').waitFor();
    await expectAccessible(page);
    await page.goBack();
    await page.getByText('Came in by a merge:').waitFor();

    await page.getByRole('button', { name: 'Undo the whole: version 2' }).click();
    await page.getByRole('button', { name: 'Undo 3 records' }).click();
    await page.getByText('All of it is undone.').waitFor();
    await heading(page)
      .filter({ hasText: /^Dupont$/ })
      .waitFor();
    expect((await stored('tasks', task))['related']).toMatchObject({ id: goes });
    expect(await stored('accounts', goes)).toMatchObject({ id: goes, name: 'Dupont SA' });
    await page.close();
  });

  test('are found from the record’s own menu, on a phone, and what stands in the way is told where it is', async () => {
    const top = await made('accounts', { name: 'Aurora Holding' });
    const middle = await made('accounts', { name: 'Aurora Middle', parent: top });
    const bottom = await made('accounts', { name: 'Aurora Bottom', parent: middle });
    const page = await app.pageOf(browser, sal, `/accounts/${top}`, { viewport: viewports.phone });
    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Merge with another …' }).click();
    await page.getByText('Choose two to 5 records to merge.').waitFor();
    await page.getByRole('combobox', { name: 'Add a record to merge' }).fill('Aurora Bot');
    await page.getByRole('option', { name: 'Aurora Bottom' }).click();
    // The parent of the one that goes is below the one that stays.
    await field(page, 'Parent account')
      .getByRole('radio', { name: /^Aurora Bottom/ })
      .check();
    await page.getByText('the record that stays would come to lie above itself').first().waitFor();
    await expect.poll(() => page.getByRole('button', { name: 'Merge 2 records' }).isDisabled()).toBe(true);
    await expectAccessible(page);
    await field(page, 'Parent account')
      .getByRole('radio', { name: /^Aurora Holding/ })
      .check();
    await page.getByRole('button', { name: 'Merge 2 records' }).click();
    await heading(page).filter({ hasText: 'Aurora Holding' }).waitFor();
    expect((await stored('accounts', middle))['parent']).toMatchObject({ id: top });
    expect((await stored('accounts', bottom)).id).toBe(top);
    await page.getByText('Merged into “Aurora Holding”').waitFor();
    await page.locator('.mantine-Notification-root').getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Taken back: everything is as it was.').waitFor();
    expect((await stored('accounts', bottom)).id).toBe(bottom);
    await page.close();
  });
});
