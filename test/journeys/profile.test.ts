import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { signIn, type TestApp, testApp } from '../harness/app.ts';
import { journey, launchBrowser, openPage } from '../harness/browser.ts';
import { testPassword } from '../harness/doors.ts';

/** Chooses an option of a closed list by its label. */
async function choose(page: Page, label: string, option: string): Promise<void> {
  await page.getByRole('combobox', { name: label }).click();
  await page.getByRole('option', { name: option, exact: true }).click();
}

journey('One’s own profile', () => {
  let browser: Browser;
  let app: TestApp;

  beforeAll(async () => {
    [browser, app] = await Promise.all([launchBrowser(), testApp()]);
  });

  afterAll(async () => {
    await browser.close();
    await app.close();
  });

  test('a wrong present password and a weak new one are told at their fields', async () => {
    const ida = await app.user('Ida');
    const page = await app.pageOf(browser, ida, '/profile');
    await page.getByLabel('Current password').fill('not the password');
    await page.getByLabel('New password').fill('another four words');
    await page.getByRole('button', { name: 'Change the password' }).click();
    await page.locator('.mantine-InputWrapper-error, [class*=InputWrapper-error]').first().waitFor();
    await page.getByLabel('Current password').fill(testPassword);
    await page.getByLabel('New password').fill('short');
    await page.getByRole('button', { name: 'Change the password' }).click();
    await page.getByText('Choose at least 12 characters').waitFor();
  });

  test('the language changes everything on the screen at once, and stays', async () => {
    const lea = await app.user('Lea');
    const page = await app.pageOf(browser, lea, '/profile');
    await choose(page, 'Language', 'Français');
    await page.getByRole('heading', { name: 'Votre profil' }).waitFor();
    await page.getByRole('link', { name: 'Comptes' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('fr');
    await page.reload();
    await page.getByRole('heading', { name: 'Votre profil' }).waitFor();
    await choose(page, 'Langue', 'Español');
    await page.getByRole('heading', { name: 'Su perfil' }).waitFor();
    await page.getByRole('link', { name: 'Cuentas' }).waitFor();
    await choose(page, 'Idioma', 'English');
    await page.getByRole('heading', { name: 'Your profile' }).waitFor();
  });

  test('the time zone moves every moment shown', async () => {
    const tom = await app.user('Tom');
    const page = await app.pageOf(browser, tom, '/profile');
    const seen = page.getByText(/Last seen/);
    const before = await seen.innerText();
    await page.getByRole('combobox', { name: 'Time zone' }).fill('Pacific/Auckland');
    await page.getByRole('option', { name: 'Pacific/Auckland' }).click();
    await expect.poll(() => seen.innerText()).not.toBe(before);
    await page.reload();
    await expect
      .poll(() => page.getByRole('combobox', { name: 'Time zone' }).inputValue())
      .toBe('Pacific/Auckland');
  });

  test('dark stays dark on another machine', async () => {
    const mia = await app.user('Mia');
    const page = await app.pageOf(browser, mia, '/profile');
    await page.getByRole('radiogroup', { name: 'Appearance' }).getByText('Dark').click();
    const scheme = (of: Page) => of.locator('html').getAttribute('data-mantine-color-scheme');
    await expect.poll(() => scheme(page)).toBe('dark');
    const elsewhere = await app.pageOf(browser, mia, '/accounts');
    await expect.poll(() => scheme(elsewhere)).toBe('dark');
  });

  test('one session is ended among others, and its page goes to the sign-in', async () => {
    const eva = await app.user('Eva');
    const here = await openPage(browser);
    const there = await openPage(browser, { userAgent: 'Mozilla/5.0 (Windows NT 10.0) Firefox/140.0' });
    await signIn(here, app, eva.email);
    await signIn(there, app, eva.email);
    await here.goto(app.at('/profile'));
    await here.getByRole('button', { name: 'End: Firefox · Windows' }).click();
    await expect.poll(() => here.getByText('Firefox · Windows').count()).toBe(0);
    await here.getByText('This browser').waitFor();
    await there.getByRole('link', { name: 'Contacts' }).first().click();
    await there.waitForURL(/sign-in/);
  });

  test('a changed password lets in, the former one no longer, and other sessions end', async () => {
    const max = await app.user('Max');
    const page = await app.pageOf(browser, max, '/profile');
    const other = await openPage(browser);
    await signIn(other, app, max.email);
    const fresh = 'quite another sentence';
    await page.getByLabel('Current password').fill(testPassword);
    await page.getByLabel('New password').fill(fresh);
    await page.getByRole('button', { name: 'Change the password' }).click();
    await page.getByText('The password is changed.').waitFor();
    await other.goto(app.at('/accounts'));
    await other.waitForURL(/sign-in/);
    await other.getByLabel('E-mail').fill(max.email);
    await other.getByLabel('Password', { exact: true }).fill(testPassword);
    await other.keyboard.press('Enter');
    await other.getByRole('alert').waitFor();
    await other.getByLabel('Password', { exact: true }).fill(fresh);
    await other.keyboard.press('Enter');
    await other.getByRole('heading', { name: 'Accounts' }).waitFor();
  });

  test('signing out everywhere ends this session and all others', async () => {
    const leo = await app.user('Leo');
    const page = await app.pageOf(browser, leo, '/profile');
    await page.getByRole('button', { name: 'Sign out everywhere' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Sign out everywhere' }).click();
    await page.waitForURL(/sign-in/);
    expect((await leo.browser('GET', '/me')).status).toBe(401);
  });

  test('an API key is shown once, works, and is refused once revoked', async () => {
    const uma = await app.user('Uma');
    const page = await app.pageOf(browser, uma, '/profile');
    await page.getByLabel('What is it for?').fill('Nightly report');
    await page.getByRole('button', { name: 'Create a key' }).click();
    const key = (
      await page
        .locator('code')
        .filter({ hasText: /^\S{30,}$/ })
        .innerText()
    ).trim();
    const use = () => app.call('GET', '/api/v1/accounts', undefined, { authorization: `Bearer ${key}` });
    expect((await use()).status).toBe(200);
    await page.reload();
    await page.getByText('Nightly report').waitFor();
    expect(await page.content()).not.toContain(key);
    await page.getByRole('button', { name: 'Revoke: Nightly report' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
    await expect.poll(() => page.getByText('Nightly report', { exact: true }).count()).toBe(0);
    expect((await use()).status).toBe(401);
  });
});
