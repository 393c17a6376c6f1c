import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { Entity } from '../../src/model/entity.ts';
import { openPage } from './browser.ts';
import { type Caller, type TestDoors, testDoors, testPassword } from './doors.ts';

/** The whole app of a test's own: all doors on a fresh database, listening, with the built browser app. */
export interface TestApp extends TestDoors {
  /** Where it listens: `http://127.0.0.1:54321`. */
  readonly origin: string;
  /** The address of a screen of the workspace: `/contacts`. */
  readonly at: (path: string) => string;
  /** A page of somebody signed in already, on this screen. */
  readonly pageOf: (
    browser: Browser,
    who: Caller,
    path?: string,
    options?: BrowserContextOptions,
  ) => Promise<Page>;
}

const root = resolve(import.meta.dirname, '../..');

/** Where the built browser app is; built now when its sources changed since. */
function builtApp(): string {
  // Somebody at work may have built it elsewhere, so that nobody else’s build is in the way.
  const own = process.env.RAPPORT_TEST_WEB;
  if (own) return resolve(own);
  execFileSync(process.execPath, ['scripts/build.mjs'], { cwd: root, stdio: 'ignore' });
  return resolve(root, 'dist/web');
}

/** Opens the whole app for a story in the browser; close it in `afterAll`. */
export async function testApp(
  o: { readonly more?: readonly Entity[]; readonly isSetUp?: boolean; readonly works?: boolean } = {},
): Promise<TestApp> {
  const webFolder = builtApp();
  if (!existsSync(webFolder)) throw new Error(`the browser app is not built: ${webFolder} is missing`);
  const doors = await testDoors({ ...o, webFolder });
  const origin = await doors.app.listen({ host: '127.0.0.1', port: 0 });
  const at = (path: string): string => `${origin}/w/main${path}`;
  return {
    ...doors,
    origin,
    at,
    async pageOf(browser, who, path = '/', options = {}) {
      const page = await openPage(browser, options);
      const [name = '', value = ''] = who.cookie.split('=');
      await page.context().addCookies([{ name, value, url: origin }]);
      await page.goto(at(path));
      return page;
    },
    async close() {
      doors.app.server.closeAllConnections();
      await doors.close();
    },
  };
}

/** Signs in through the form, as people do. */
export async function signIn(
  page: Page,
  app: TestApp,
  email: string,
  password: string = testPassword,
): Promise<void> {
  await page.goto(app.at('/sign-in'));
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('navigation').first().waitFor();
}
