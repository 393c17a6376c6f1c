import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestApp, testApp } from '../harness/app.ts';
import { expectAccessible, journey, launchBrowser, openPage } from '../harness/browser.ts';
import { testPassword } from '../harness/doors.ts';
import { openNeighbour } from '../isolation/neighbour.ts';

journey('Several workspaces', () => {
  let browser: Browser;
  let app: TestApp;

  beforeAll(async () => {
    [browser, app] = await Promise.all([launchBrowser(), testApp({ works: true })]);
  });

  afterAll(async () => {
    await browser.close();
    await app.close();
  });

  test('while there is one, the front door leads to it', async () => {
    const page = await openPage(browser);
    await page.goto(`${app.origin}/`);
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/w/main/sign-in');
    await page.getByText('Workspace main').waitFor();
  });

  test('of several it asks which one, tells strangers of none, and offers those one was in', async () => {
    const pilot = await openNeighbour(app, 'pilot');
    const page = await openPage(browser);
    await page.goto(`${app.origin}/`);
    await page.getByRole('heading', { name: 'Which workspace?' }).waitFor();
    await expectAccessible(page);
    await expect.poll(() => page.locator('body').innerText()).not.toMatch(/main|pilot/);

    await page.getByLabel('Workspace').fill('nowhere');
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByText('There is no workspace “nowhere” here').waitFor();
    await page.getByLabel('Workspace').fill(' Pilot ');
    await page.keyboard.press('Enter');
    await page.getByText('Workspace pilot').waitFor();
    await expectAccessible(page);

    // Somebody of the other workspace isn’t known here.
    await page.getByLabel('E-mail').fill(app.admin.email);
    await page.getByLabel('Password', { exact: true }).fill(testPassword);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('E-mail or password is wrong').waitFor();
    await page.getByLabel('E-mail').fill(pilot.admin.email);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('navigation').first().waitFor();
    expect(new URL(page.url()).pathname).toMatch(/^\/w\/pilot\//);

    await page.goto(`${app.origin}/`);
    await page.getByRole('button', { name: 'pilot' }).click();
    await page.getByRole('navigation').first().waitFor();
    expect(new URL(page.url()).pathname).toMatch(/^\/w\/pilot\//);
    await page.goto(`${app.origin}/w/main/`);
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
  });
});
