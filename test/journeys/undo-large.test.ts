import { sql } from 'kysely';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPool } from '../../src/engine/workspace/database.ts';
import { newId } from '../../src/lib/ids.ts';
import { type TestApp, testApp } from '../harness/app.ts';
import { expectAccessible, journey, launchBrowser } from '../harness/browser.ts';

const many = 10_001;

journey('What wrote many records', () => {
  let browser: Browser;
  let app: TestApp;
  let one: string;

  beforeAll(async () => {
    [browser, app] = await Promise.all([launchBrowser(), testApp({ works: true })]);
    for (let left = many; left > 0; left -= 1000) {
      const inputs = Array.from({ length: Math.min(left, 1000) }, () => ({ name: 'One of many' }));
      one = (await app.admin.browser('POST', '/accounts', inputs)).body.items[0]?.id ?? '';
    }
    // As the undo of a large run writes them: all at once.
    const { db, close } = openPool(app.url, { max: 1 });
    await sql`update w_main.event set batch = ${newId()} where entity = 'account'`.execute(db);
    await close();
  });

  afterAll(async () => {
    await browser.close();
    await app.close();
  });

  test('is undone in the background from the history of any of them, watched among the changes to many', async () => {
    const page = await app.pageOf(browser, app.admin, `/accounts/${one}`);
    const history = page.getByRole('complementary', { name: 'History' });
    await history.getByRole('button', { name: 'Undo the whole: version 1' }).click();
    const dialog = page.getByRole('dialog', { name: 'Undo the whole of it' });
    await dialog.getByText('10,001 records: they are undone in the background').waitFor();
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Undo 10,001 records' }).click();
    await page.waitForURL(/\/bulk-runs$/);
    const run = page.getByRole('region', { name: 'Undo: Accounts' });
    await run.waitFor();
    const live = async () => (await app.admin.browser('GET', '/accounts?count=exact&limit=1')).body.total;
    await expect.poll(live, { timeout: 120_000 }).toBe(0);
    await run.getByText('Done').waitFor();
    await run.getByRole('button', { name: 'Undo', exact: true }).waitFor();
    await expectAccessible(page);
  });
});
