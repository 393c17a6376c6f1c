import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Importing, importing } from '../import/importing.fixture.ts';
import { listRecords } from '../query/list.ts';
import { createRecords } from '../record/verbs.ts';

let it: Importing;
beforeAll(async () => {
  it = await importing();
});
afterAll(() => it.workspace.close());

const lines = (...rows: readonly string[]) => ['ID,Number,Name,Stage,Close Date', ...rows];
const opportunity = () => it.workspace.entity('opportunity');
const create = async (name: string): Promise<unknown> => {
  const [made] = await createRecords(it.sam, opportunity(), [{ name, closeDate: '2026-12-01' }]);
  return made?.number;
};
const numbers = async (where: string) =>
  (await listRecords(it.sam, opportunity(), { where, sort: 'name' })).items.map((each) => each.number);

describe('an import', () => {
  test('brings numbers that records had elsewhere, and the series goes on above them', async () => {
    expect(await create('First')).toBe('OPP-00001');
    const id = await it.open(
      it.sam,
      'opportunity',
      lines(
        'k1,OPP-00001,Taken,Prospecting,2026-12-01',
        'k2,OPP-00070,Ours,Prospecting,2026-12-01',
        'k3,X/12,Theirs,Prospecting,2026-12-01',
        'k4,,Without,Prospecting,2026-12-01',
      ),
    );
    expect(await it.through(it.sam, id, 'check')).toMatchObject({ created: 3, failed: 1 });
    expect(await create('After a dry run')).toBe('OPP-00002');
    expect(await it.through(it.sam, id)).toMatchObject({ created: 3, failed: 1 });
    expect(await it.refusals(it.sam, id)).toEqual(['2: Number: not-unique']);
    expect(await numbers('name in ("Ours", "Theirs", "Without")')).toEqual([
      'OPP-00070',
      'X/12',
      'OPP-00071',
    ]);
    expect(await create('After the import')).toBe('OPP-00072');
  });

  test('changes no number that a record has', async () => {
    const id = await it.open(it.sam, 'opportunity', lines('k2,OPP-00999,Ours again,Prospecting,2026-12-01'));
    expect(await it.through(it.sam, id)).toMatchObject({ failed: 1 });
    expect(await it.refusals(it.sam, id)).toEqual(['2: Number: read-only']);
  });

  test('that is undone leaves its numbers used', async () => {
    const id = await it.open(it.sam, 'opportunity', lines('k9,,Passing,Prospecting,2026-12-01'));
    await it.through(it.sam, id);
    const [given] = await numbers('name = "Passing"');
    await it.through(it.sam, id, 'undo');
    expect(await create('Later')).not.toBe(given);
    const { rows } = await sql<{ number: string }>`
      select number from w_main.opportunity where name = 'Passing' and removed_at is not null`.execute(
      it.workspace.system.db,
    );
    expect(rows).toEqual([{ number: given }]);
  });
});
