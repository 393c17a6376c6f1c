import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Problem } from '../../lib/problem.ts';
import type { ImportMapping } from '../../model/import.ts';
import { readBatch, saveMapping } from './batch.ts';
import { type Importing, importing } from './importing.fixture.ts';
import { openImport } from './open.ts';
import { removeImport, startSet } from './sets.ts';
import { workOnSet } from './work.ts';

let it: Importing;
beforeAll(async () => {
  it = await importing();
});
afterAll(() => it.workspace.close());

/** The mistakes of a mapping as `field: code`: of shape when it's kept, of names when it's to be worked by. */
async function mapped(change: (mapping: ImportMapping) => unknown): Promise<readonly string[]> {
  try {
    const id = await it.open(it.admin, 'account', ['ID,Name,Industry', '1,Acme,Retail'], change);
    await startSet(it.admin, id, 'check');
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return (error.detail.mistakes ?? []).map(({ field, message }) => `${field}: ${message.code}`);
  }
  return [];
}

const column = (mapping: ImportMapping, name: string, change: object): ImportMapping => ({
  ...mapping,
  columns: mapping.columns.map((each) => (each.column === name ? { ...each, ...change } : each)),
});

describe('a mapping is refused with all its mistakes', () => {
  test('of shape, and nothing is guessed at', async () => {
    expect(await mapped(() => ({ columns: 'all', source: 3, dateOrder: 'ydm' }))).toEqual([
      'source: import-mapping-shape',
      'dateOrder: import-mapping-shape',
      'columns: import-mapping-shape',
    ]);
    expect(
      await mapped((m) => column(m, 'Name', { by: 'luck', unknown: 'guess', values: { a: 5 } })),
    ).toEqual([
      'columns[1].by: import-mapping-shape',
      'columns[1].unknown: import-mapping-shape',
      'columns[1].values.a: import-mapping-shape',
    ]);
  });

  test('of members that no mapping has: a typing mistake is told, not passed over', async () => {
    expect(
      await mapped((m) => ({
        ...column(m, 'Name', { unknwon: 'create' }),
        curency: 'USD',
        constants: [{ to: 'industry', value: 'retail', when: 'empty' }],
      })),
    ).toEqual([
      'curency: import-mapping-unknown',
      'columns[1].unknwon: import-mapping-unknown',
      'constants[0].when: import-mapping-unknown',
    ]);
  });

  test('of columns with more values than a list has', async () => {
    const rows = Array.from({ length: 2_001 }, (_, row) => `${row},Firm ${row},Trade ${row}`);
    const id = await it.open(it.admin, 'account', ['ID,Name,Industry', ...rows]);
    await expect(startSet(it.admin, id, 'run')).rejects.toMatchObject({
      detail: { mistakes: [{ field: 'columns[2].to', message: { code: 'import-too-many-values' } }] },
    });
    await removeImport(it.admin, id);
  });

  test('of names: columns, targets, the field that tells rows apart, currencies, list values', async () => {
    expect(
      await mapped((m) => ({
        ...m,
        currency: 'EURO',
        match: 'industry',
        constants: [{ to: 'colour', value: 'red' }],
        columns: [
          { column: 'ID', to: 'externalKey' },
          { column: 'ID', to: null },
          { column: 'Nme', to: 'name' },
          { column: 'Industry', to: 'industy' },
        ],
      })),
    ).toEqual([
      'currency: import-bad-currency',
      'columns[1].column: import-column-twice',
      'columns[2].column: import-unknown-column',
      'columns[3].to: import-unknown-target-near',
      'constants[0].to: import-unknown-target',
      'match: import-bad-match',
    ]);
    expect(await mapped((m) => column(m, 'Industry', { values: { Retail: 'reta-il-x' } }))).toEqual([
      'columns[2].values.Retail: import-unknown-code',
    ]);
    expect(await mapped((m) => column(m, 'Name', { to: null }))).toEqual(['name: import-required-unmapped']);
    expect(await mapped((m) => ({ ...m, columns: [] }))).toEqual(['columns: import-nothing-mapped']);
  });
});

describe('what may not be imported', () => {
  test('into what isn’t importable, and by whom may not', async () => {
    const bytes = Buffer.from('ID,Name\n1,a\n');
    await expect(openImport(it.admin, { entity: 'user', fileName: 'a.csv', bytes })).rejects.toMatchObject({
      detail: { mistakes: [{ field: 'entity', message: { code: 'import-unknown-entity' } }] },
    });
    const nobody = { ...it.sam, who: { ...it.sam.who, roles: [] } };
    await expect(openImport(nobody, { entity: 'account', fileName: 'a.csv', bytes })).rejects.toMatchObject({
      code: 'forbidden',
    });
  });

  test('an import of somebody else is nothing to a colleague, and all to an administrator', async () => {
    const id = await it.open(it.admin, 'account', ['ID,Name', 'o1,Own']);
    await expect(readBatch(it.sam, id)).rejects.toMatchObject({ code: 'not-found' });
    await expect(startSet(it.sam, id, 'run')).rejects.toMatchObject({ code: 'not-found' });
    const his = await it.open(it.sam, 'account', ['ID,Name', 'o2,His']);
    expect((await readBatch(it.admin, his)).id).toBe(his);
    await removeImport(it.sam, his);
    await expect(readBatch(it.sam, his)).rejects.toMatchObject({ code: 'not-found' });
  });

  test('twice at once, or undone before it ran', async () => {
    const id = await it.open(it.admin, 'account', ['ID,Name', 'p1,Twice']);
    await expect(startSet(it.admin, id, 'undo')).rejects.toMatchObject({ code: 'conflict' });
    await startSet(it.admin, id, 'run');
    await expect(startSet(it.admin, id, 'run')).rejects.toMatchObject({ code: 'conflict' });
    await expect(saveMapping(it.admin, id, (await readBatch(it.admin, id)).mapping)).rejects.toMatchObject({
      code: 'conflict',
    });
    await expect(removeImport(it.admin, id)).rejects.toMatchObject({ code: 'conflict' });
    await workOnSet(it.workspace.system, id);
  });
});
