import { afterAll, beforeAll, expect, test } from 'vitest';
import { putAside, readAside } from './aside.ts';
import { type Importing, importing } from './importing.fixture.ts';

let it: Importing;
beforeAll(async () => {
  it = await importing();
}, 60_000);
afterAll(() => it.workspace.close());

test.each([
  [false, [[0, 1, 2, 3], [4, 5, 6, 7], [8]]],
  [true, [[8, 7, 6, 5], [4, 3, 2, 1], [0]]],
] as const)(
  'long rows that wait come in short pages, each once (backwards: %s)',
  async (isBackwards, expected) => {
    const batch = crypto.randomUUID();
    const long = 'y'.repeat(1024 * 1024);
    const rows = Array.from({ length: 9 }, (_, place) => ({
      row: { place, line: place + 2, cells: [`k${place}`, long] },
      name: `k${place}`,
      missing: [],
    }));
    await putAside(it.admin, batch, rows);
    const pages: number[][] = [];
    for (let after: number | null = null; ; ) {
      const page = await readAside(it.admin, { batch, isMade: false, isBackwards, after });
      if (page.length === 0) break;
      pages.push(page.map(({ row }) => row.place));
      after = page.at(-1)?.row.place ?? null;
    }
    expect(pages).toEqual(expected);
  },
);

test('of waiting rows that have one name only the first comes', async () => {
  const batch = crypto.randomUUID();
  const row = (place: number, name: string) => ({
    row: { place, line: place + 2, cells: [name] },
    name,
    missing: [],
  });
  await putAside(it.admin, batch, [row(0, 'a'), row(1, 'b'), row(2, 'a')]);
  const page = await readAside(it.admin, { batch, isMade: false, isBackwards: true, after: null });
  expect(page.map((kept) => kept.row.place)).toEqual([1, 0]);
});
