import { countAside } from './aside.ts';
import { chunksOf } from './chunk-stream.ts';
import { readAhead } from './read-ahead.ts';
import type { Naming } from './read-row.ts';
import { settle } from './settle.ts';
import type { StoredBatch } from './stored-batch.ts';
import { writeSafely } from './write-safely.ts';
import type { OnItsWay, Writer } from './writer.ts';

/**
 * Imports the files of a set in their order, each row once what it names is there: a row that comes before what it
 * names is put aside and taken up when that was written, and rows that name one another in a ring are written first
 * and name one another then.
 */
export async function importFiles(files: readonly StoredBatch[], writer: Writer): Promise<void> {
  const begun: OnItsWay[] = [];
  for (const [place, file] of files.entries()) {
    const waiting = await countAside(writer.look, file.id);
    const on = await writer.begin(file);
    begun.push(on);
    if (file.position + waiting < file.rows) {
      const coming = new Set(files.slice(place).map(({ entity }) => entity));
      for (const each of begun) {
        if ((await countAside(writer.look, each.file.id)) > 0) coming.add(each.file.entity);
      }
      await readThrough(on, writer, coming, waiting > 0);
    }
    await settle(begun, writer, { isLast: place === files.length - 1 });
  }
}

/** Writes the rows of a file as they are read, the next ones read and understood while the database writes. */
async function readThrough(
  on: OnItsWay,
  writer: Writer,
  coming: ReadonlySet<string>,
  hasQueue: boolean,
): Promise<void> {
  const mayCome = ({ by, target }: Naming): boolean =>
    by !== 'id' && target.names.some((name) => coming.has(name));
  let isQueued = hasQueue;
  const chunks = readAhead(on.plan, () => writer.look.workspace, chunksOf(on.plan, writer.undone(on)));
  let next = chunks.next();
  try {
    for (let read = await next; !read.done; read = await next) {
      const chunk = read.value;
      next = chunks.next();
      // Should writing fail first, nobody waits for what reading says.
      next.catch(() => {});
      const done = await writer.write(on, (ctx) =>
        writeSafely(ctx, on.plan, chunk, { mayCome, isOpened: false, isQueued }),
      );
      isQueued ||= done.aside.length > 0;
    }
  } finally {
    await chunks.return(undefined);
  }
}
