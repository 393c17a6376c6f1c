import { readFileSync } from 'node:fs';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sharedData } from '../../../test/harness/shared-data.ts';
import { type TestWorkspace, testWorkspace } from '../../../test/harness/workspace.ts';
import { newId } from '../../lib/ids.ts';
import { tell } from '../../lib/message.ts';
import type { Ctx } from '../ctx.ts';
import { updateRecords } from '../record/verbs.ts';
import { readBatch } from './batch.ts';
import { openImport } from './open.ts';
import { startSet } from './sets.ts';
import { rowsOut, stateOut } from './view.ts';
import { workOnSet } from './work.ts';

const files = [
  ['npsp-accounts', 'account', 1223],
  ['npsp-contacts', 'contact', 1024],
  ['npsp-opportunities', 'opportunity', 1517],
  ['npsp-opportunity-contact-roles', 'opportunity-contact', 3499],
] as const;
const isThere = sharedData('crm/npsp-accounts.csv') !== null;

let workspace: TestWorkspace;
let ada: Ctx;
beforeAll(async () => {
  workspace = await testWorkspace();
  ada = await workspace.user('Ada', { roles: ['administrator'] });
  // Work beside requests acts with the roles its asker has in the database.
  const { rows } = await sql<{ id: string }>`select id from w_main.role where code = 'administrator'`.execute(
    ada.db,
  );
  await updateRecords(workspace.system, workspace.entity('user'), [
    { id: ada.who.userId ?? '', values: { roles: rows.map((row) => row.id) } },
  ]);
});
afterAll(() => workspace.close());

const open = (file: string, entity: string): Promise<string> =>
  openImport(ada, {
    entity,
    fileName: `${file}.csv`,
    bytes: readFileSync(sharedData(`crm/${file}.csv`) ?? ''),
  });

async function through(id: string, what: 'check' | 'run' | 'undo') {
  await startSet(ada, id, what);
  await workOnSet(workspace.system, id, (error) => {
    throw error;
  });
  return stateOut(ada, await readBatch(ada, id));
}

const tables = ['account', 'contact', 'opportunity', 'account_contact', 'opportunity_contact', 'base_value'];

/** Everything live, without what any write moves: versions and times. */
async function picture(): Promise<Record<string, unknown>> {
  const tell: Record<string, unknown> = {};
  for (const table of tables) {
    const { rows } = await sql<{ row: Record<string, unknown> }>`
      select to_jsonb(t) - 'version' - 'updated_at' - 'updated_by_id' as row
      from ${sql.id('w_main', table)} t where removed_at is null order by id`.execute(ada.db);
    tell[table] = rows.map(({ row }) => row);
  }
  const { rows: keys } = await sql`
    select entity, source, key, record from w_main.external_key where removed_at is null order by 1, 2, 3`.execute(
    ada.db,
  );
  return { ...tell, keys };
}

const live = async (table: string): Promise<number> => {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from ${sql.id('w_main', table)} where removed_at is null`.execute(ada.db);
  return Number(rows[0]?.count);
};

const counts = { created: 0, updated: 0, skipped: 0, failed: 0 };

describe.skipIf(!isThere)('the four files of a charity', () => {
  const imports: string[] = [];
  const pictures: Record<string, unknown>[] = [];

  test('opportunities before their contacts are refused row by row, each with the column and the remedy', async () => {
    const id = await open('npsp-opportunities', 'opportunity');
    expect(await through(id, 'check')).toMatchObject({
      rows: 1517,
      ...counts,
      failed: 1517,
      state: 'checked',
    });
    const { items, total } = await rowsOut(ada, id, { outcome: 'failed', limit: 1 });
    expect(total).toBe(1517);
    expect(items[0]).toMatchObject({
      row: 1,
      line: 2,
      record: null,
      mistakes: [
        { field: 'account', column: 'Account ID', code: 'import-unknown-reference-key', value: '2' },
        {
          field: 'contact',
          column: 'Primary Contact ID',
          code: 'import-unknown-reference-key',
          value: '894',
        },
      ],
    });
    expect(items[0]?.cells).toHaveLength(7);
  });

  test.each(files)('%s: a check tells what the run does, and writes nothing', async (file, entity, rows) => {
    const before = await picture();
    pictures.push(before);
    const id = await open(file, entity);
    const checked = await through(id, 'check');
    // The primary contacts of the opportunities are linked without a role by then; their rows add it.
    const updated = file === 'npsp-opportunity-contact-roles' ? 1307 : 0;
    const outcome = { rows, position: rows, ...counts, created: rows - updated, updated };
    expect(checked).toMatchObject({ state: 'checked', ...outcome });
    expect(await picture()).toEqual(before);
    const done = await through(id, 'run');
    expect(done).toMatchObject({ state: 'done', ...outcome });
    expect(done.notes).toEqual(checked.notes);
    imports.push(id);
  });

  test('links, values and notes are what the files say', async () => {
    expect([await live('account'), await live('contact'), await live('opportunity')]).toEqual([
      1223, 1024, 1517,
    ]);
    // Two columns per contact: 1,024 household accounts and 1,022 affiliations, less the pairs that are equal.
    const { rows } = await sql<{ links: number; primaries: number; strays: number }>`
      select count(*) as links, count(*) filter (where l."primary") as primaries,
        count(*) filter (where l."primary" and c.account_id is distinct from l.account_id) as strays
      from w_main.account_contact l join w_main.contact c on c.id = l.contact_id
      where l.removed_at is null`.execute(ada.db);
    expect(rows[0]).toEqual({ links: pairs('npsp-contacts'), primaries: 1024, strays: 0 });
    // One opportunity has two primary roles: the later one is it.
    const { rows: several } = await sql`
      select opportunity_id from w_main.opportunity_contact
      where "primary" and removed_at is null group by 1 having count(*) > 1`.execute(ada.db);
    expect(several).toEqual([]);
    const notes = await Promise.all(
      imports.map(async (id) => (await stateOut(ada, await readBatch(ada, id))).notes),
    );
    expect(notes.map((all) => all.map(({ code, rows: concerned }) => [code, concerned]))).toEqual([
      [],
      [
        ['import-values-created', null],
        ['phones-as-typed', 510],
      ],
      [
        ['import-values-created', null],
        ['default-currency', 1517],
      ],
      [
        ['import-values-created', null],
        ['primary-elsewhere', 1],
      ],
    ]);
    const { rows: stage } = await sql`
      select code, label_en, class, position from w_main.base_value
      where list = 'opportunity-stage' and code = 'pledged'`.execute(ada.db);
    expect(stage).toEqual([{ code: 'pledged', label_en: 'Pledged', class: 'open', position: 41 }]);
  });

  test('importing the same files again changes nothing at all', async () => {
    const before = await picture();
    for (const [file, entity, rows] of files) {
      const id = await open(file, entity);
      expect(await through(id, 'run')).toMatchObject({ state: 'done', ...counts, skipped: rows });
    }
    expect(await picture()).toEqual(before);
  });

  test('undoing them, the last first, brings everything back as it was before each', async () => {
    for (const [place, id] of [...imports.entries()].reverse()) {
      const undone = await through(id, 'undo');
      expect(undone).toMatchObject({ state: 'undone', undo: { refused: [] } });
      expect(undone.undo?.done).toBe(undone.undo?.of);
      expect(await picture()).toEqual(pictures[place]);
    }
    expect(await live('account')).toBe(0);
    const { rows } = await sql<{
      count: number;
    }>`select count(*) as count from w_main.account where removed_at is not null`.execute(ada.db);
    expect(Number(rows[0]?.count)).toBe(1223);
  });
});

describe.skipIf(!isThere)('the two files of another CRM', () => {
  test('fill the pipeline: unknown stages become stages, what is surely meant is taken so', async () => {
    const accounts = await through(await open('salesforce-accountData', 'account'), 'run');
    expect(accounts).toMatchObject({ state: 'done', rows: 423, ...counts, created: 423 });
    const id = await open('salesforce-opportunityData', 'opportunity');
    const done = await through(id, 'run');
    expect(done).toMatchObject({ state: 'done', rows: 38, ...counts, created: 38 });
    const { rows } = await sql<{ stage: string; count: number; sum: string }>`
      select stage, count(*) as count, coalesce(sum(amount), 0)::text as sum from w_main.opportunity o
      join w_main.external_key k on k.record = o.id and k.source = 'salesforce'
      where o.removed_at is null group by 1 order by 1`.execute(ada.db);
    expect(
      Object.fromEntries(rows.map(({ stage, count, sum }) => [stage, [Number(count), Number(sum)]])),
    ).toEqual(stagesOf('salesforce-opportunityData'));
    const said = (await readBatch(ada, id)).report.notes.map(({ message, params }) =>
      tell('en', message, params),
    );
    expect(said).toContain('Stage: “Negotiation/Review” was taken as “negotiation”.');
    expect(said.some((note) => note.startsWith('These columns are left out: ISDELETED, '))).toBe(true);
  });
});

/** Cells of a file whose lines hold no quoted line ends, for counting what must come of it. */
const cellsOf = (file: string): string[][] =>
  readFileSync(sharedData(`crm/${file}.csv`) ?? '', 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) =>
      (line.match(/("([^"]|"")*"|[^,]*)(,|$)/g) ?? []).map((cell) =>
        cell.replace(/,$/, '').trim().replace(/^"|"$/g, ''),
      ),
    );

const pairs = (file: string): number =>
  cellsOf(file).reduce((sum, cells) => sum + new Set([cells[7], cells[8]].filter(Boolean)).size, 0);

function stagesOf(file: string): Record<string, [number, number]> {
  const codes: Record<string, string> = {
    'Negotiation/Review': 'negotiation',
    'Proposal/Price Quote': 'proposal',
    'Id. Decision Makers': 'id-decision-makers',
  };
  const stages: Record<string, [number, number]> = {};
  for (const cells of cellsOf(file)) {
    const code = codes[cells[5] ?? ''] ?? (cells[5] ?? '').toLowerCase().replace(' ', '-');
    const [count, sum] = stages[code] ?? [0, 0];
    stages[code] = [count + 1, sum + Number(cells[6] || 0)];
  }
  return stages;
}

test('nothing is known of an import that isn’t there', async () => {
  await expect(readBatch(ada, newId())).rejects.toMatchObject({ code: 'not-found' });
});
