import { afterAll, beforeAll, expect, test } from 'vitest';
import { readBatch } from './batch.ts';
import { chunkSize } from './chunk-stream.ts';
import { importFiles } from './import-files.ts';
import { type Importing, importing } from './importing.fixture.ts';
import { withValues } from './new-values.ts';
import { type Chunk, readAhead } from './read-ahead.ts';
import { planOf } from './run.ts';
import { nothingDone } from './write-rows.ts';

let it: Importing;
beforeAll(async () => {
  it = await importing();
}, 60_000);
afterAll(() => it.workspace.close());

test('a row that is taken again, or after a list changed, is read anew', async () => {
  const { admin } = it;
  const id = await it.open(admin, 'account', ['ID,Name,Industry', '1,Acme,Odd trade', '2,Other,Retail']);
  const { on } = await planOf(admin, await readBatch(admin, id));
  const chunks: Chunk[] = [];
  for await (const chunk of readAhead(on.plan, () => admin.workspace, rowsOf(on.reader.rows())))
    chunks.push(chunk);
  const [chunk] = chunks;
  const [odd, plain] = chunk?.rows ?? [];
  if (!chunk || !odd || !plain) throw new Error('no rows were read');
  const codes = (workspace: typeof admin.workspace): readonly string[] =>
    chunk.read(odd, workspace).mistakes.map(({ message }) => message.code);

  const first = chunk.read(plain, admin.workspace);
  first.mistakes.push({ field: '', column: null, message: { code: 'x', text: { en: '', fr: '', es: '' } } });
  expect(chunk.read(plain, admin.workspace).mistakes).toEqual([]);

  const value = { list: 'industry', code: 'odd-trade', label: 'Odd trade', class: null, position: 99 };
  expect(codes(withValues(admin.workspace, [value]))).toEqual([]);
  expect(codes(admin.workspace)).toEqual(['import-unknown-value']);
});

test('the next rows are read while these are written', async () => {
  const { admin } = it;
  const lines = Array.from({ length: 2 * chunkSize }, (_, row) => `${row},Row ${row}`);
  const file = await readBatch(admin, await it.open(admin, 'account', ['ID,Name', ...lines]));
  const allRead = Promise.withResolvers<void>();
  let written = 0;
  await importFiles([file], {
    look: admin,
    begin: async () => (await planOf(admin, file)).on,
    async write() {
      // Would wait for ever if reading waited for writing.
      await allRead.promise;
      written += 1;
      return nothingDone;
    },
    async *undone({ reader }) {
      for await (const row of reader.rows()) {
        if (row.place === lines.length - 1) allRead.resolve();
        yield row;
      }
    },
  });
  expect(written).toBe(2);
});

async function* rowsOf<Row>(rows: AsyncIterable<Row>): AsyncGenerator<readonly Row[]> {
  const all: Row[] = [];
  for await (const row of rows) all.push(row);
  yield all;
}
