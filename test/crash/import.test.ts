import { expect, test } from 'vitest';
import type { ImportSet } from '../../src/model/import.ts';
import { closeGate } from '../harness/gate.ts';
import { settled } from '../harness/until.ts';
import { openInstallation } from './installation.ts';

const rows = 3_000;

test('an import that kill -9 cuts short goes on by itself at the next start, with no row lost or double', async () => {
  const product = await openInstallation();
  const { ask } = product;
  try {
    // It is killed early, late, and while rows that waited are written; then in the first moments of going on, too.
    for (const [at, row] of [700, 1_300, 2_200].entries()) {
      const key = (number: number): string => `${at}k${number}`;
      // The second half waits for the last row, which is in a ring with the first of them; people are given before firms.
      const parentOf = (number: number): string =>
        number < rows / 2 ? '' : key(number === rows - 1 ? rows / 2 : rows - 1);
      const lines = Array.from(
        { length: rows },
        (_, number) => `${key(number)},Row ${number} of ${at},Beekeeping,${parentOf(number)}`,
      );
      const form = new FormData();
      for (const entity of ['contact', 'account']) form.append('entity', entity);
      const people = [`ID,Last Name,Account ID`, `${at}p,Ruiz,${key(rows - 2)}`];
      form.append('file', new Blob([people.join('\n')]), 'crash-contacts.csv');
      const firms = ['ID,Name,Industry,Parent ID', ...lines];
      form.append('file', new Blob([firms.join('\n')]), 'crash-accounts.csv');
      const { id, files } = await ask<ImportSet>('POST', '/import-sets', form);
      const read = (): Promise<ImportSet> => ask<ImportSet>('GET', `/import-sets/${id}`);
      const accounts = files.find(({ entity }) => entity === 'account')?.id ?? '';
      // What becomes of the row can't be written, nor what is written with it, until nobody else may have written that.
      const gate = await closeGate(
        product.app.databaseUrl,
        `insert into w_main.import_row (batch, "row", outcome) values ($1, $2, 'failed')`,
        [accounts, row],
      );
      await ask('POST', `/import-sets/${id}/run`);
      await gate.met();
      expect((await read()).position).toBeLessThan(row);
      await product.app.kill();
      await gate.open();
      await product.startAgain();
      await product.app.kill();
      await product.startAgain();
      expect(await settled(read)).toMatchObject({
        state: 'done',
        position: rows + 1,
        created: rows + 1,
        updated: 0,
        merged: 0,
        skipped: 0,
        failed: 0,
      });
      const total = async (path: string, where?: string): Promise<number> => {
        const query = new URLSearchParams({ limit: '1', ...(where ? { where } : {}) });
        return (await ask<{ total: number }>('GET', `${path}?${query}`)).total;
      };
      const times = at + 1;
      expect(await total('/accounts')).toBe(rows * times);
      expect(await total('/accounts', 'parent is not empty')).toBe((rows / 2) * times);
      expect(await total('/contacts', 'account is not empty')).toBe(times);
      expect(await total(`/imports/${accounts}/rows`)).toBe(rows);
      expect(await total('/base-values', 'code = "beekeeping"')).toBe(1);
    }
  } finally {
    await product.close();
  }
}, 900_000);
