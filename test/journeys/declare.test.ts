import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestApp, testApp } from '../harness/app.ts';
import { expectAccessible, journey, launchBrowser } from '../harness/browser.ts';

journey('A field declared while people work', () => {
  let browser: Browser;
  let app: TestApp;

  beforeAll(async () => {
    [browser, app] = await Promise.all([launchBrowser(), testApp()]);
  });

  afterAll(async () => {
    await browser.close();
    await app.close();
  });

  test('is told by its mistakes, then is in form and list of its entity at once, and gone again when retired', async () => {
    await app.admin.browser('POST', '/accounts', { name: 'There before' });
    const page = await app.pageOf(browser, app.admin, '/accounts');
    await page.getByRole('link', { name: 'Custom fields' }).click();
    await page.getByRole('heading', { name: 'Custom fields' }).waitFor();
    await page.goto(app.at('/custom-fields/new'));
    const type = (name: string, value: string) =>
      page.getByRole('textbox', { name, exact: true }).fill(value);
    await type('Entity', 'acount');
    await page.getByRole('combobox', { name: 'Type', exact: true }).click();
    await page.getByRole('option', { name: 'Choice', exact: true }).click();
    await type('Label in English', 'Mood');
    await type(
      'Options',
      '{"values": [{"code": "sunny", "label": "Sunny"}, {"code": "rainy", "label": "Rainy"}]}',
    );
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    await page.getByText('There is no entity “acount”').waitFor();
    await type('Entity', 'account');
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    await page.waitForURL(/\/custom-fields\/[0-9a-f-]{36}$/);
    const declared = page.url();

    // In the same page, without loading it anew: what is described was read again.
    await page.getByRole('link', { name: 'Accounts', exact: true }).click();
    await page.getByRole('columnheader', { name: 'Mood' }).waitFor();
    await page.goto(app.at('/accounts/new'));
    await type('Name', 'Atelier du Nord');
    await page.getByRole('combobox', { name: 'Mood', exact: true }).click();
    await page.getByRole('option', { name: 'Rainy' }).click();
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    await page.waitForURL(/\/accounts\/[0-9a-f-]{36}$/);
    const { body } = await app.admin.browser('GET', `/accounts/${page.url().split('/').at(-1)}`);
    expect(body).toMatchObject({ name: 'Atelier du Nord', xMood: 'rainy' });

    await app.admin.browser('DELETE', `/custom-fields/${declared.split('/').at(-1)}`);
    await page.goto(app.at('/accounts'));
    await page.getByText('Atelier du Nord').waitFor();
    await expect.poll(() => page.getByRole('columnheader', { name: 'Mood' }).count()).toBe(0);
  });
});
