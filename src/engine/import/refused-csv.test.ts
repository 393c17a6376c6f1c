import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { message } from '../../lib/message.ts';
import type { ImportRowOutcome } from '../../model/import.ts';
import type { Page } from '../../model/record.ts';
import { type Importing, importing } from './importing.fixture.ts';
import { refusedCsv } from './refused-csv.ts';
import { rowsOut } from './view.ts';

let it: Importing;
beforeAll(async () => {
  it = await importing();
}, 60_000);
afterAll(() => it.workspace.close());

const said = message('test-refused', 'Not “{value}”.', 'Pas « {value} ».', 'No «{value}».');

async function piecesOf(csv: AsyncIterable<string>): Promise<readonly string[]> {
  const pieces: string[] = [];
  for await (const piece of csv) pieces.push(piece);
  return pieces;
}

/** Keeps refused rows as a run does, with cells of that length, and a created one between two of them. */
async function refusedRows(rows: number, letters: number): Promise<string> {
  const id = crypto.randomUUID();
  const mistakes = JSON.stringify([
    { field: 'name', column: 'Name', message: { code: said.code, text: said.text }, params: { value: 'x' } },
  ]);
  await sql`
    insert into w_main.import_row (batch, "row", line, outcome, mistakes, cells)
    select ${id}::uuid, n, n + 1, case when n % 2 = 0 then 'created' else 'failed' end,
      case when n % 2 = 1 then ${mistakes}::jsonb end,
      case when n % 2 = 1 then jsonb_build_array('r' || n, repeat('y', ${letters}::int)) end
    from generate_series(1, ${2 * rows}::int) n`.execute(it.admin.db);
  return id;
}

test('refused rows come piece by piece, each once, in their order', async () => {
  const id = await refusedRows(2_300, 10);
  const pieces = await piecesOf(refusedCsv(it.admin, id, ['ID', 'Name'], ','));
  expect(pieces).toHaveLength(4);
  const lines = pieces.join('').trimEnd().split('\r\n');
  expect(lines.shift()).toBe('\uFEFFID,Name,Refused because');
  expect(lines).toEqual(Array.from({ length: 2_300 }, (_, at) => `r${2 * at + 1},yyyyyyyyyy,Name: Not “x”.`));
});

test('a piece holds few of long rows, and a row that is longer than a piece still comes', async () => {
  const id = await refusedRows(12, 1024 * 1024);
  const pieces = await piecesOf(refusedCsv(it.admin, id, ['ID', 'Name'], ','));
  const [head, ...lines] = pieces;
  expect(head).toBe('\uFEFFID,Name,Refused because\r\n');
  expect(lines.map((piece) => piece.trimEnd().split('\r\n').length)).toEqual([4, 4, 4]);
  const [huge] = (
    await piecesOf(refusedCsv(it.admin, await refusedRows(1, 6 * 1024 * 1024), ['ID', 'Name'], ','))
  ).slice(1);
  expect(huge).toMatch(/^r1,y{100}/);
});

test('what is shown of long rows comes in short pages, each row once', async () => {
  const id = await refusedRows(12, 1024 * 1024);
  const pages: number[][] = [];
  for (let after: string | null = '0'; after !== null; ) {
    const page: Page<ImportRowOutcome> = await rowsOut(it.admin, id, {
      outcome: 'failed',
      limit: 10,
      after: Number(after),
    });
    pages.push(page.items.map(({ row }) => row));
    after = page.next;
  }
  expect(pages).toEqual([
    [1, 3, 5, 7],
    [9, 11, 13, 15],
    [17, 19, 21, 23],
  ]);
});

test('of a row whose person was erased nothing is told, and its neighbours come', async () => {
  const id = await refusedRows(3, 1);
  await sql`update w_main.import_row set cells = null, mistakes = '[]' where batch = ${id} and "row" = 3`.execute(
    it.admin.db,
  );
  const pieces = await piecesOf(refusedCsv(it.admin, id, ['ID', 'Name'], ','));
  expect(pieces.slice(1)).toEqual(['r1,y,Name: Not “x”.\r\nr5,y,Name: Not “x”.\r\n']);
});

test('a file without refused rows has its column names only', async () => {
  const pieces = await piecesOf(refusedCsv(it.admin, crypto.randomUUID(), ['ID', 'Name'], ';'));
  expect(pieces).toEqual(['\uFEFFID;Name;Refused because\r\n']);
});
