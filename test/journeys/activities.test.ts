import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestApp, testApp } from '../harness/app.ts';
import { expectAccessible, journey, launchBrowser } from '../harness/browser.ts';

journey('Tasks and notes', () => {
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

  const created = async (plural: string, values: object): Promise<string> => {
    const answer = await app.admin.browser('POST', `/${plural}`, values);
    expect(answer.status).toBe(201);
    return answer.body.id;
  };

  test('are added to an account where one works, a task without a subject being refused there', async () => {
    const account = await created('accounts', { name: 'Brasserie du Nord' });
    const page = await app.pageOf(browser, app.admin, `/accounts/${account}`);
    const tasks = page.getByRole('region', { name: 'Tasks' });
    await tasks.getByRole('button', { name: 'Add to Tasks' }).click();
    await tasks.getByRole('button', { name: 'Add', exact: true }).click();
    await tasks.getByText('Subject is missing').waitFor();
    await expectAccessible(page);
    await tasks.getByRole('textbox', { name: 'Subject' }).fill('Send the offer');
    await tasks.getByRole('button', { name: 'Add', exact: true }).click();
    await tasks.getByRole('link', { name: 'Send the offer' }).waitFor();
    const notes = page.getByRole('region', { name: 'Notes' });
    await notes.getByRole('button', { name: 'Add to Notes' }).click();
    await notes.getByRole('textbox', { name: 'Text' }).fill('Closed on Mondays.\nAsk for Luc.');
    await notes.getByRole('button', { name: 'Add', exact: true }).click();
    await notes.getByRole('link', { name: 'Closed on Mondays.' }).waitFor();
    await expectAccessible(page);
    const { body } = await app.admin.browser('GET', '/notes?fields=text,related');
    expect(body.items[0]).toMatchObject({
      text: 'Closed on Mondays.\nAsk for Luc.',
      related: { entity: 'account', id: account, label: 'Brasserie du Nord' },
    });
  });

  test('a task is moved over the board and found by what it is about', async () => {
    const account = await created('accounts', { name: 'Atelier Sud' });
    await created('tasks', {
      subject: 'Ring Luc',
      due: '2026-11-20',
      related: { entity: 'account', id: account },
    });
    const page = await app.pageOf(browser, app.admin, '/tasks/board');
    const card = page.getByRole('article', { name: 'Ring Luc' });
    await card.getByText('Atelier Sud').waitFor();
    await card.getByRole('button', { name: /Ring Luc/ }).click();
    await page.getByRole('menuitem', { name: 'Done' }).click();
    await card.waitFor({ state: 'detached' });
    await expectAccessible(page);
    const { body } = await app.admin.browser('GET', `/tasks?where=related = "${account}"`);
    expect(body.items[0]).toMatchObject({ status: 'done', completedAt: expect.any(String) as string });
  });

  test('an opportunity shows its number, by which it is found', async () => {
    const id = await created('opportunities', { name: 'Cave à vin', closeDate: '2026-12-24' });
    const { number } = (await app.admin.browser('GET', `/opportunities/${id}`)).body;
    expect(number).toMatch(/^OPP-\d{5}$/);
    const page = await app.pageOf(browser, app.admin, `/opportunities/${id}`);
    await page.getByText(String(number)).first().waitFor();
    await page.goto(app.at('/opportunities/new'));
    await page.getByRole('textbox', { name: 'Name', exact: true }).waitFor();
    await expect.poll(() => page.getByRole('textbox', { name: 'Number' }).count()).toBe(0);
  });

  test('an administrator changes how the next numbers are written, and is told what can’t be', async () => {
    await created('opportunities', { name: 'Before', closeDate: '2026-12-24' });
    const page = await app.pageOf(browser, app.admin, '/admin/numbers');
    await page.getByRole('cell', { name: /^OPP-\d{5}$/ }).waitFor();
    await expectAccessible(page);
    await page.getByRole('link', { name: 'Change Opportunities – Number' }).click();
    await page.getByRole('button', { name: 'Edit', exact: true }).click();
    await page.getByRole('textbox', { name: 'Prefix' }).fill('D{YYYY}-');
    await page.getByRole('textbox', { name: 'Starts at' }).fill('0');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText(/0 is/).waitFor();
    await page.getByRole('textbox', { name: 'Starts at' }).fill('700');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'Edit', exact: true }).waitFor();
    await page.goto(app.at('/admin/numbers'));
    await page.getByRole('cell', { name: /^D\d{4}-00700$/ }).waitFor();
    const id = await created('opportunities', { name: 'After', closeDate: '2026-12-24' });
    const { number } = (await app.admin.browser('GET', `/opportunities/${id}`)).body;
    expect(number).toMatch(/^D\d{4}-00700$/);
  });
});
