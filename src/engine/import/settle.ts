import { type Hope, hopesOf, type KeptAside, namedAside, readAside } from './aside.ts';
import { chunksOf } from './chunk-stream.ts';
import { closeRows } from './close-rows.ts';
import type { FileRow } from './read/table-reader.ts';
import { unread } from './read-ahead.ts';
import { nothingComes, nothingDone, type Waiting } from './write-rows.ts';
import { writeSafely } from './write-safely.ts';
import type { OnItsWay, Writer } from './writer.ts';

/**
 * Goes through the rows that wait until no more of them can be written. When no further row is to come, those that name
 * one another in a ring are written without the names, which are filled in afterwards, and the rest is refused.
 */
export async function settle(
  files: readonly OnItsWay[],
  writer: Writer,
  { isLast }: { readonly isLast: boolean },
): Promise<void> {
  const given = new Set(files.map(({ file }) => file.entity));
  const stillWaits: Waiting = {
    mayCome: ({ by, target }) => by !== 'id' && (!isLast || target.names.some((name) => given.has(name))),
    isOpened: false,
    isQueued: false,
  };
  const opened: Waiting = { ...stillWaits, mayCome: ({ target }) => !target.isRequired, isOpened: true };
  const inTurn = async (step: (on: OnItsWay) => Promise<number>): Promise<number> => {
    let count = 0;
    for (const on of files) count += await step(on);
    return count;
  };
  const again = (isBackwards: boolean) => (on: OnItsWay) => round(on, writer, stillWaits, { isBackwards });
  const those = (hope: Hope, waiting: Waiting) => (on: OnItsWay) =>
    round(on, writer, waiting, { only: (rows) => withHope(files, writer, rows, hope) });
  const ofRings = async (on: OnItsWay): Promise<number> => {
    const named = await namedAside(
      writer.look,
      files.map(({ file }) => file.id),
    );
    const isNamed = ({ row }: KeptAside): boolean => named.get(on.file.id)?.has(row.place) === true;
    const only = (rows: readonly KeptAside[]): Promise<readonly KeptAside[]> =>
      withHope(files, writer, rows.filter(isNamed), 'ring');
    return round(on, writer, opened, { only });
  };
  // Each step is done as long as it gets anywhere, then the first one again.
  const steps: readonly ((on: OnItsWay) => Promise<number>)[] = [
    again(false),
    again(true),
    ...(isLast
      ? [
          (on: OnItsWay) => close(on, writer, false),
          those('none', nothingComes),
          ofRings,
          those('unsure', nothingComes),
          (on: OnItsWay) => close(on, writer, true),
        ]
      : []),
  ];
  for (let at = 0; at < steps.length; ) {
    const step = steps[at];
    at = step && (await inTurn(step)) > 0 ? 0 : at + 1;
  }
}

/** Tries the waiting rows of a file once, page by page; answers how many were dealt with. */
async function round(
  on: OnItsWay,
  writer: Writer,
  waiting: Waiting,
  o: {
    readonly isBackwards?: boolean;
    readonly only?: (rows: readonly KeptAside[]) => Promise<readonly KeptAside[]>;
  },
): Promise<number> {
  let count = 0;
  for await (const page of pagesOf(on, writer, { isMade: false, isBackwards: o.isBackwards ?? false })) {
    const rows = (await o.only?.(page)) ?? page;
    for await (const some of chunksOf(on.plan, rowsOf(rows))) {
      const chunk = unread(on.plan, some);
      const done = await writer.write(on, (ctx) => writeSafely(ctx, on.plan, chunk, waiting), true);
      count += done.outcomes.length;
    }
  }
  return count;
}

/** Fills in what records that were written lack, as far as it is there by now; at the end tells what isn't. */
async function close(on: OnItsWay, writer: Writer, isLast: boolean): Promise<number> {
  let count = 0;
  for await (const page of pagesOf(on, writer, { isMade: true, isBackwards: false })) {
    await writer.write(on, async (ctx) => {
      const { closed, ...done } = await closeRows(ctx, on.plan, page, isLast);
      count += closed;
      return { ...nothingDone, ...done };
    });
  }
  return count;
}

async function* pagesOf(
  { file }: OnItsWay,
  { look }: Writer,
  o: { readonly isMade: boolean; readonly isBackwards: boolean },
): AsyncGenerator<readonly KeptAside[]> {
  let after: number | null = null;
  for (;;) {
    const page: readonly KeptAside[] = await readAside(look, {
      ...o,
      batch: file.id,
      after,
    });
    if (page.length === 0) return;
    yield page;
    after = page.at(-1)?.row.place ?? null;
  }
}

async function withHope(
  files: readonly OnItsWay[],
  { look }: Writer,
  rows: readonly KeptAside[],
  hope: Hope,
): Promise<readonly KeptAside[]> {
  const given = files.map(({ file }) => file);
  const hopes = await hopesOf(look, given, rows);
  return rows.filter(({ row }) => hopes.get(row.place) === hope);
}

async function* rowsOf(rows: readonly KeptAside[]): AsyncGenerator<FileRow> {
  for (const { row } of rows) yield row;
}
