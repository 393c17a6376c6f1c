import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newSetUpToken } from '../../src/server/auth/set-up.ts';
import { signIn, type TestApp, testApp } from '../harness/app.ts';
import { expectAccessible, journey, launchBrowser, openPage } from '../harness/browser.ts';
import { testPassword } from '../harness/doors.ts';

journey('The first minute of a workspace', () => {
  let browser: Browser;
  let app: TestApp;

  beforeAll(async () => {
    [browser, app] = await Promise.all([launchBrowser(), testApp({ isSetUp: false })]);
  });

  afterAll(async () => {
    await browser.close();
    await app.close();
  });

  test('without the link from the start’s output, nobody sets it up', async () => {
    const page = await openPage(browser);
    await page.goto(app.at('/setup'));
    await page.getByText('This page needs the set-up link').waitFor();
    await page.goto(app.at(`/setup#token=${'a'.repeat(43)}`));
    await page.reload();
    await page.getByLabel('Your name').fill('Mallory');
    await page.getByLabel('Company').fill('Elsewhere');
    await page.getByLabel('E-mail').fill('mallory@example.org');
    await page.getByLabel('Password', { exact: true }).fill(testPassword);
    await page.getByRole('button', { name: 'Create the workspace' }).click();
    await page.getByText('This set-up link isn’t valid').waitFor();
  });

  test('the link makes the administrator, tells each mistake at its field, and closes for ever', async () => {
    const token = await newSetUpToken({ db: app.db, workspace: app.workspace });
    const link = app.at(`/setup#token=${token ?? ''}`);
    const page = await openPage(browser);
    await page.goto(link);
    await page.getByRole('heading', { name: 'Set up your workspace' }).waitFor();
    await expectAccessible(page);
    await page.getByLabel('Your name').fill('Ada Lindqvist');
    await page.getByLabel('Company').fill('Nordlicht GmbH');
    await page.getByLabel('E-mail').fill('ada@example.org');
    await page.getByLabel('Password', { exact: true }).fill('short');
    await page.getByRole('button', { name: 'Create the workspace' }).click();
    await page.getByText('Choose at least 12 characters').waitFor();
    await page.getByLabel('Password', { exact: true }).fill(testPassword);
    await page.getByRole('button', { name: 'Create the workspace' }).click();
    await page.getByRole('heading', { name: 'Accounts' }).waitFor();
    await page.getByText('Nordlicht GmbH').waitFor();

    const second = await openPage(browser);
    await second.goto(link);
    await second.getByText('This workspace is already set up.').waitFor();
    const again = await app.call(
      'POST',
      '/w/main/api/v1/setup',
      {
        token,
        name: 'Eve',
        email: 'eve@example.org',
        password: testPassword,
        company: 'Eve',
        locale: 'en',
        timeZone: 'UTC',
        currency: 'EUR',
      },
      { 'sec-fetch-site': 'same-origin' },
    );
    expect(again.status).toBe(403);
  });
});

journey('Coming and going', () => {
  let browser: Browser;
  let app: TestApp;

  beforeAll(async () => {
    [browser, app] = await Promise.all([launchBrowser(), testApp()]);
  });

  afterAll(async () => {
    await browser.close();
    await app.close();
  });

  test('a wrong password and an unknown address are refused in the same words', async () => {
    const page = await openPage(browser);
    const said: string[] = [];
    for (const email of [app.admin.email, 'nobody@example.org']) {
      await page.goto(app.at('/sign-in'));
      await page.getByLabel('E-mail').fill(email);
      await page.getByLabel('Password', { exact: true }).fill('not the password');
      await page.getByRole('button', { name: 'Sign in' }).click();
      said.push(await page.getByRole('alert').innerText());
    }
    expect(said[0]).toContain('is wrong');
    expect(said[1]).toBe(said[0]);
  });

  test('a screen asked for before signing in is shown after it', async () => {
    const page = await openPage(browser);
    await page.goto(app.at('/opportunities?sort=-amount'));
    await page.waitForURL(/sign-in\?next=/);
    await page.getByLabel('E-mail').fill(app.admin.email);
    await page.getByLabel('Password', { exact: true }).fill(testPassword);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Opportunities' }).waitFor();
    expect(page.url()).toBe(app.at('/opportunities?sort=-amount'));
  });

  test('signing out leaves nothing to come back to', async () => {
    const page = await openPage(browser);
    await signIn(page, app, app.admin.email);
    await page.getByRole('heading', { name: 'Accounts' }).waitFor();
    await page.getByRole('button', { name: 'Ada' }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    await page.goto(app.at('/accounts'));
    await page.waitForURL(/sign-in/);
  });

  test('a session that ended under an open page leads to the sign-in and back', async () => {
    const zoe = await app.user('Zoe');
    const page = await app.pageOf(browser, zoe, '/contacts');
    await page.getByRole('heading', { name: 'Contacts' }).waitFor();
    expect((await zoe.browser('POST', '/me/sign-out-everywhere')).status).toBe(204);
    await page.getByRole('link', { name: 'Opportunities' }).first().click();
    await page.waitForURL(/sign-in\?next=/);
    await page.getByLabel('E-mail').fill(zoe.email);
    await page.getByLabel('Password', { exact: true }).fill(testPassword);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Opportunities' }).waitFor();
  });
});
