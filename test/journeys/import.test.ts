import { readFile } from 'node:fs/promises';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hasNpsp, npspFiles, npspPath } from '../../src/engine/import/npsp.fixture.ts';
import { type TestApp, testApp } from '../harness/app.ts';
import { expectAccessible, journey, launchBrowser, viewports } from '../harness/browser.ts';
import { closeGate } from '../harness/gate.ts';

const csv = (text: string, name = 'oldcrm-accounts.csv') => ({
  name,
  mimeType: 'text/csv',
  buffer: Buffer.from(text.trimStart()),
});

const accounts = csv(`
ID;Firma;City;Phone;Sector;Internal note
A1;Müller & Söhne;Köln;+49 221 123456;Manufacturing;x
A2;Imprimerie du Nord;Lille;+33 1 42 68 53 00;Textiles;
A3;;Nantes;;;
A4;Panadería Ruiz;Sevilla;12;Textiles;y
`);

const equation = (page: Page) => page.getByRole('img', { name: /rows in =/ });
/** What a choice shows, whether somebody is at it or not. */
const shown = (box: Locator): Promise<string | null> =>
  box.evaluate((place) => (place instanceof HTMLInputElement ? place.value : place.textContent));
const upload = async (page: Page, file: ReturnType<typeof csv>, entity = 'Accounts'): Promise<void> => {
  await page.getByRole('radio', { name: entity, exact: true }).click();
  // Whatever was chosen before: one of the same name takes its place.
  await page.locator('input[type=file]').setInputFiles(file);
  await page.getByRole('button', { name: 'Continue' }).click();
};

journey('Somebody who comes from another system', () => {
  let app: TestApp;
  let browser: Browser;

  beforeAll(async () => {
    [app, browser] = await Promise.all([testApp({ works: true }), launchBrowser()]);
  });

  afterAll(async () => {
    await browser?.close();
    await app?.close();
  });

  test('is told what is wrong with a file, and what to do', async () => {
    const page = await app.pageOf(browser, app.admin, '/import');
    await page.getByRole('link', { name: 'Import files' }).click();
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByText('Choose a file.').waitFor();
    await expectAccessible(page);

    await upload(page, csv('Name,Name\nA,B\n'));
    await page.getByRole('alert').filter({ hasText: 'The files can’t be taken' }).waitFor();
    await upload(page, { ...csv(''), buffer: Buffer.from('PK\u0003\u0004 a workbook') });
    await page
      .getByRole('alert')
      .filter({ hasText: /workbook is damaged/ })
      .waitFor();
    await page.locator('input[type=file]').setInputFiles(csv(''));
    await page.getByText('“oldcrm-accounts.csv” is empty.').waitFor();
    expect((await app.admin.browser('GET', '/imports')).body.items).toEqual([]);
  });

  test('maps a file, sees the check, imports, and takes it all back', async () => {
    const page = await app.pageOf(browser, app.admin, '/import/new?entity=accounts', {
      // What fades in is too pale to read for a moment, and axe is quicker than that.
      reducedMotion: 'reduce',
    });
    await upload(page, accounts);

    // What was found in the file, and what was guessed.
    await page.getByRole('heading', { name: 'Which column goes where?' }).waitFor();
    await page.getByText('4 rows · 6 columns · UTF-8 · separated by: semicolon').waitFor();
    const phone = page.getByRole('combobox', { name: '“Phone” becomes' });
    expect(await shown(phone)).toBe('Phone');
    const note = page.getByRole('combobox', { name: '“Internal note” becomes' });
    expect(await shown(note)).toBe('Not imported');
    await expectAccessible(page);

    // With the keyboard alone: another target, found by typing.
    const name = page.getByRole('combobox', { name: '“Firma” becomes' });
    await name.click();
    await name.fill('name');
    await page.getByRole('option', { name: /^Name/ }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    expect(await shown(name)).toBe('Name');

    // A value that the list doesn't know becomes one that it does.
    await page.getByRole('combobox', { name: '“Textiles” becomes' }).click();
    await page.getByRole('option', { name: 'Retail' }).click();
    await page.getByRole('textbox', { name: 'Where the file comes from' }).fill('oldcrm2');
    await page.getByText('Saved', { exact: true }).waitFor();

    // Nothing of it is lost.
    await page.reload();
    expect(await shown(name)).toBe('Name');
    expect(await shown(page.getByRole('combobox', { name: '“Textiles” becomes' }))).toBe('Retail');
    await expect
      .poll(() => page.getByRole('textbox', { name: 'Where the file comes from' }).inputValue())
      .toBe('oldcrm2');

    await page.getByRole('button', { name: 'Check the file' }).click();
    await equation(page).waitFor();
    expect(await equation(page).getAttribute('aria-label')).toBe(
      '4 rows in = 3 created + 0 updated + 0 merged + 0 unchanged + 1 refused',
    );
    await page.getByText('Line 4', { exact: true }).waitFor();
    await expectAccessible(page);
    expect((await app.admin.browser('GET', '/accounts')).body.items).toEqual([]);

    await page.getByRole('button', { name: 'Import 3 rows' }).click();
    await page.getByText('Imported, with rows refused').waitFor();
    expect(await equation(page).getAttribute('aria-label')).toBe(
      '4 rows in = 3 created + 0 updated + 0 merged + 0 unchanged + 1 refused',
    );
    await expectAccessible(page);

    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download the refused rows' }).click(),
    ]);
    const refused = await readFile(await download.path(), 'utf8');
    expect(refused).toContain('Nantes');
    expect(refused).not.toContain('Sevilla');

    await page.getByText('Created (3)', { exact: true }).click();
    await page.getByRole('link', { name: 'Panadería Ruiz' }).waitFor();
    await page.getByRole('link', { name: 'Show the records' }).click();
    await page.getByText('3 records').waitFor();

    // Somebody works on one of them: it stays when the import is undone.
    const found = await app.admin.browser('GET', '/accounts?where=name starts with "Imprimerie"');
    const [kept] = found.body.items;
    expect(kept?.name).toBe('Imprimerie du Nord');
    const changed = await app.admin.browser('PATCH', `/accounts/${String(kept?.id)}`, {
      version: kept?.version,
      description: 'Met them on Monday',
    });
    expect(changed.status).toBe(200);

    await page.goBack();
    await page.getByRole('button', { name: 'Undo the import' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('The 3 records it created go to the bin.').waitFor();
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Undo the import' }).click();
    await page.getByText('The import is undone').waitFor();
    await page.getByText('1 record could not be put back').waitFor();
    await page.getByRole('link', { name: 'Imprimerie du Nord' }).waitFor();
    await expectAccessible(page);
    const left = await app.admin.browser('GET', '/accounts');
    expect(left.body.items.map((account) => account.name)).toEqual(['Imprimerie du Nord']);
  });

  test('is told everything a mapping lacks, at its place, and finds it so after a reload', async () => {
    const page = await app.pageOf(browser, app.admin, '/import/new?entity=opportunities');
    await upload(page, csv('Key;Name;Stage\n1;Presses;Maybe\n', 'deals.csv'), 'Opportunities');
    await page.getByText('No column becomes “Close date”.').waitFor();
    const note = page.getByRole('combobox', { name: '“Key” becomes' });
    await note.click();
    await page.getByRole('option', { name: 'Not imported' }).click();
    await page.getByText('No column becomes this id').waitFor();
    await page.getByRole('button', { name: 'Check the file' }).click();
    await page.getByRole('alert').filter({ hasText: 'No column becomes “Close date”.' }).waitFor();

    await page.getByRole('button', { name: 'Give the same value to every row' }).click();
    const given = page.getByRole('textbox', { name: 'Value of “Close date” in every row' });
    await given.waitFor();
    expect(await given.evaluate((input) => input === document.activeElement)).toBe(true);
    await page.keyboard.type('2027-01-31');
    await page.getByText('Saved', { exact: true }).waitFor();
    await page.reload();
    const constant = page.getByRole('textbox', { name: 'Value of “Close date” in every row' });
    await expect.poll(() => constant.inputValue()).toBe('2027-01-31');
    await page.getByRole('combobox', { name: '“Maybe” becomes' }).click();
    await page.getByRole('option', { name: 'Refuse these rows' }).click();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Check the file' }).click();
    await page.getByText('Every row would be refused.').waitFor();
    await expect.poll(() => page.getByRole('button', { name: 'Import 0 rows' }).isDisabled()).toBe(true);

    await page.getByRole('link', { name: 'Back to the columns' }).click();
    await page.getByRole('combobox', { name: '“Maybe” becomes' }).click();
    await page.getByRole('option', { name: 'Add to the list' }).click();
    await page.getByRole('button', { name: 'Check the file' }).click();
    await page.getByRole('button', { name: 'Import 1 row' }).click();
    await page.getByText('Imported', { exact: true }).waitFor();
    const [deal] = (await app.admin.browser('GET', '/opportunities')).body.items;
    expect(deal).toMatchObject({ name: 'Presses', stage: 'maybe', closeDate: '2027-01-31' });
  });

  test('may reload while a large file is on its way', async () => {
    const rows = Array.from({ length: 6000 }, (_, row) => `L${row};Company ${row}`);
    const page = await app.pageOf(browser, app.admin, '/import/new?entity=accounts');
    await upload(page, csv(`ID;Name\n${rows.join('\n')}\n`, 'large.csv'));
    await page.getByRole('button', { name: 'Check the file' }).click();
    await page.getByRole('button', { name: 'Import 6,000 rows' }).click();
    await page.getByRole('progressbar', { name: 'Importing' }).waitFor();
    await page.reload();
    await page
      .getByText(/of 6,000 rows|Imported/)
      .first()
      .waitFor();
    await page.goto(app.at('/import'));
    const line = page.getByRole('listitem').filter({ hasText: 'large.csv' });
    await line.getByText('6,000 created').waitFor({ timeout: 150_000 });
  });

  test.skipIf(!hasNpsp)(
    'drops four files that name each other, the last first, and imports them in one run',
    async () => {
      const page = await app.pageOf(browser, app.admin, '/import/new', { reducedMotion: 'reduce' });
      const files = page.locator('input[type=file]');
      await files.setInputFiles(npspFiles.toReversed().map(([file]) => npspPath(file)));
      // What was taken by mistake is left out again.
      await files.setInputFiles(csv('ID,Name\n1,Stray\n', 'stray.csv'));
      await page.getByRole('button', { name: 'Leave out stray.csv' }).click();
      await expect
        .poll(() => page.getByRole('list', { name: 'Chosen files' }).getByRole('listitem').count())
        .toBe(4);
      await expectAccessible(page);
      await page.getByRole('button', { name: 'Continue' }).click();

      // Each is recognised; they stand in the order in which they will be imported.
      await page.getByRole('heading', { name: 'npsp-accounts.csv and 3 more files' }).waitFor();
      const holds = (file: string): Locator =>
        page.getByRole('combobox', { name: `What “${file}.csv” holds` });
      for (const [file, label] of [
        ['npsp-accounts', 'Accounts'],
        ['npsp-contacts', 'Contacts'],
        ['npsp-opportunities', 'Opportunities'],
        ['npsp-opportunity-contact-roles', 'Opportunity contacts'],
      ] as const)
        expect(await shown(holds(file))).toBe(label);
      await expect
        .poll(() => page.getByRole('textbox', { name: 'Where the files come from' }).inputValue())
        .toBe('npsp');
      await page.getByRole('button', { name: 'npsp-contacts.csv', exact: true }).click();
      const account = page.getByRole('combobox', { name: '“Primary Affiliation Account ID” becomes' });
      await account.waitFor();
      expect(await shown(account)).toBe('Account');
      await expectAccessible(page);
      await page.reload();
      await account.waitFor();

      await page.getByRole('button', { name: 'Check the files' }).click();
      await equation(page).waitFor({ timeout: 300_000 });
      const told = await equation(page).getAttribute('aria-label');
      expect(told).toMatch(/^7,263 rows in = .* \+ 0 refused$/);
      await expectAccessible(page);
      expect((await app.admin.browser('GET', '/contacts?limit=1')).body.total).toBe(0);

      // Cancelled on the way, gone on with, and undone as one.
      // It comes to this key after a while, and can't go on as long as nobody knows whether it is given.
      const gate = await closeGate(
        app.url,
        `insert into w_main.external_key (entity, source, key, record)
         values ('opportunity', 'npsp', '1000', gen_random_uuid())`,
        [],
      );
      await page.getByRole('button', { name: 'Import 7,263 rows' }).click();
      await page.getByText(/^[1-9][\d,]* of 7,263 rows/).waitFor({ timeout: 300_000 });
      await gate.met();
      await page.getByRole('button', { name: 'Cancel the import' }).click();
      await page.getByText('The import was cancelled').waitFor({ timeout: 300_000 });
      await gate.open();
      await expectAccessible(page);
      await page.getByRole('button', { name: 'Go on' }).click();
      await page.getByText('Imported', { exact: true }).waitFor({ timeout: 300_000 });
      expect(await equation(page).getAttribute('aria-label')).toBe(told);
      const line = page.getByRole('row', { name: /^npsp-contacts\.csv/ });
      await expect.poll(() => line.innerText()).toMatch(/Contacts\s+1,024\s+1,024/);
      await expectAccessible(page);
      await page.getByRole('button', { name: 'Show the records' }).click();
      await page.getByRole('menuitem', { name: /^Contacts/ }).click();
      await page.getByText('1,024 records').waitFor();
      await page.goBack();

      await page.getByRole('button', { name: 'Undo the import' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Undo the import' }).click();
      await page.getByText('The import is undone').waitFor({ timeout: 300_000 });
      expect((await app.admin.browser('GET', '/contacts?limit=1')).body.total).toBe(0);
      await page.getByRole('link', { name: 'All imports' }).click();
      const item = page.getByRole('listitem').filter({ hasText: 'npsp-accounts.csv and 3 more files' });
      await item.getByText('Undone').waitFor();
    },
    900_000,
  );

  test('is asked what a file holds where that isn’t to be told from it', async () => {
    const page = await app.pageOf(browser, app.admin, '/import/new', { reducedMotion: 'reduce' });
    await page
      .locator('input[type=file]')
      .setInputFiles([
        csv('Firma;Ort\nAcme;Köln\n', 'export.csv'),
        csv('Contact ID;Last Name\n1;Ruiz\n', 'people.csv'),
      ]);
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByText('What one file holds is only guessed').waitFor();
    await page.getByRole('button', { name: 'Check the files' }).click();
    // The first file that isn't ready is shown.
    await page.getByRole('button', { name: 'export.csv', exact: true, pressed: true }).waitFor();
    await page.getByRole('combobox', { name: '“Firma” becomes' }).waitFor();
    await expectAccessible(page);

    await page.getByRole('combobox', { name: 'What “export.csv” holds' }).click();
    await page.getByRole('option', { name: 'Leads' }).click();
    await page.getByText('What one file holds is only guessed').waitFor({ state: 'detached' });
    await page.getByRole('textbox', { name: 'Where the files come from' }).fill('oldcrm');
    await page.keyboard.press('Tab');
    const name = page.getByRole('combobox', { name: '“Firma” becomes' });
    await name.click();
    await name.fill('name last');
    await page.getByRole('option', { name: /Name · Last/ }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Leave out people.csv' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Leave out' }).click();
    await page.getByRole('heading', { name: 'export.csv', exact: true }).waitFor();
    await expect
      .poll(() => page.getByRole('textbox', { name: 'Where the file comes from' }).inputValue())
      .toBe('oldcrm');
  });

  test('does it on a phone too, and finds an import again where it was left', async () => {
    const page = await app.pageOf(browser, app.admin, '/import/new', { viewport: viewports.phone });
    await upload(page, csv('Last Name,Email\nRuiz,ana@example.org\n', 'people.csv'), 'Contacts');
    await page.getByRole('heading', { name: 'Which column goes where?' }).waitFor();
    const overflow = await page.evaluate(() => {
      const main = document.getElementById('main');
      return main ? main.scrollWidth - main.clientWidth : Number.NaN;
    });
    expect(overflow).toBe(0);
    await expectAccessible(page);
    await page.getByRole('link', { name: 'All imports' }).click();
    const line = page.getByRole('listitem').filter({ hasText: 'people.csv' });
    await line.getByText('Not finished').waitFor();
    await expectAccessible(page);
    await line.getByRole('link', { name: 'people.csv' }).click();
    await page.getByRole('button', { name: 'Check the file' }).click();
    await page.getByRole('button', { name: 'Import 1 row' }).click();
    await page.getByText('Imported', { exact: true }).waitFor();
    await expectAccessible(page);
  });
});
