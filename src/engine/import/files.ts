import { sql } from 'kysely';
import { newId } from '../../lib/ids.ts';
import { message } from '../../lib/message.ts';
import { Problem } from '../../lib/problem.ts';
import type { Ctx } from '../ctx.ts';
import { refuseWithoutRights } from './guess-entity.ts';
import type { Pieces } from './read/pieces.ts';
import type { TableFacts } from './read/table-facts.ts';
import { openTable, type TableReader } from './read/table-reader.ts';

/** Largest file taken, in bytes. */
export const maxImportBytes = 2 * 1024 ** 3;

/** Bytes kept in one row of the database: a file is never whole in memory. */
const pieceBytes = 1024 ** 2;

const tooLarge = message(
  'import-too-large',
  'The file is larger than {max} GB. Split it into several files.',
  'Le fichier dépasse {max} Go. Découpez-le en plusieurs fichiers.',
  'El archivo supera los {max} GB. Divídalo en varios archivos.',
);
const noFile = message(
  'import-file-gone',
  'The file of this import is no longer here: upload it again.',
  'Le fichier de cette importation n’est plus là : envoyez-le à nouveau.',
  'El archivo de esta importación ya no está: envíelo de nuevo.',
);

/**
 * Takes the bytes of a file as they come and keeps them; answers the id under which it is opened as an import. What
 * nobody opened within a day goes. Of who may import nothing, no byte is taken.
 */
export async function keepFile(
  ctx: Ctx,
  o: { readonly fileName: string; readonly bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array> },
): Promise<string> {
  refuseWithoutRights(ctx);
  await forgetUnopened(ctx);
  const { schema } = ctx.workspace;
  const id = newId();
  await sql`insert into ${sql.id(schema, 'import_file')} (id, name, size, created_at, created_by)
    values (${id}, ${plainName(o.fileName)}, 0, ${ctx.now}, ${ctx.who.userId})`.execute(ctx.db);
  try {
    let size = 0;
    let n = 0;
    for await (const bytes of inPieces(o.bytes)) {
      size += bytes.length;
      if (size > maxImportBytes)
        throw new Problem('too-large', { message: tooLarge, params: { max: maxImportBytes / 1024 ** 3 } });
      await sql`insert into ${sql.id(schema, 'import_piece')} (file, n, bytes) values (${id}, ${n}, ${bytes})`.execute(
        ctx.db,
      );
      n += 1;
    }
    await sql`update ${sql.id(schema, 'import_file')} set size = ${size} where id = ${id}`.execute(ctx.db);
    return id;
  } catch (error) {
    await dropFile(ctx, id);
    throw error;
  }
}

/** Throws away the bytes of a file and what is known of it. */
export async function dropFile(ctx: Ctx, id: string): Promise<void> {
  const { schema } = ctx.workspace;
  await sql`delete from ${sql.id(schema, 'import_piece')} where file = ${id}`.execute(ctx.db);
  await sql`delete from ${sql.id(schema, 'import_file')} where id = ${id}`.execute(ctx.db);
}

/** Keeps the bytes of a file once more, for another sheet of it; answers the id under which it is opened. */
export async function copyFile(ctx: Ctx, id: string): Promise<string> {
  const { schema } = ctx.workspace;
  const copy = newId();
  await sql`insert into ${sql.id(schema, 'import_file')} (id, name, bytes, size, created_at, created_by)
    select ${copy}::uuid, name, bytes, size, ${ctx.now}::timestamptz, ${ctx.who.userId}::uuid
    from ${sql.id(schema, 'import_file')} where id = ${id}`.execute(ctx.db);
  await sql`insert into ${sql.id(schema, 'import_piece')} (file, n, bytes)
    select ${copy}::uuid, n, bytes from ${sql.id(schema, 'import_piece')} where file = ${id}`.execute(ctx.db);
  return copy;
}

/** The bytes of a kept file, from the start or a place within it each time they are asked for. */
function keptPieces(ctx: Ctx, id: string, size: number): Pieces {
  const from = async function* (place: number): AsyncGenerator<Uint8Array> {
    const first = Math.floor(place / pieceBytes);
    for (let n = first, bytes = await pieceOf(ctx, id, n); bytes; n += 1, bytes = await pieceOf(ctx, id, n))
      yield n === first ? bytes.subarray(place % pieceBytes) : bytes;
  };
  return Object.assign(() => from(0), { at: { size, from } });
}

async function pieceOf(ctx: Ctx, id: string, n: number): Promise<Uint8Array | null> {
  const { rows } = await sql<{ bytes: Buffer }>`
    select bytes from ${sql.id(ctx.workspace.schema, 'import_piece')} where file = ${id} and n = ${n}`.execute(
    ctx.db,
  );
  return rows[0]?.bytes ?? null;
}

/** The file of an import as a table; of a workbook, the sheet that was chosen before, or this one. */
export async function readTable(ctx: Ctx, id: string, sheet?: string): Promise<TableReader> {
  const { schema } = ctx.workspace;
  const { rows } = await sql<{ name: string; known: TableFacts | null; size: number | null }>`
    select name, analysis->'facts' as known,
      case when exists (select from ${sql.id(schema, 'import_piece')} where file = f.id) then size end as size
    from ${sql.id(schema, 'import_file')} f where id = ${id}`.execute(ctx.db);
  const [file] = rows;
  if (!file) throw new Problem('not-found', { message: noFile });
  const pieces = file.size === null ? () => wholeOf(ctx, id) : keptPieces(ctx, id, Number(file.size));
  return openTable(pieces, file.name, {
    known: sheet === undefined ? (file.known ?? undefined) : undefined,
    sheet,
  });
}

/** The name of a file without folders and signs that no name holds. */
const plainName = (name: string): string =>
  (name.split(/[\\/]/).at(-1) ?? '')
    .replace(/\p{Cc}/gu, '')
    .slice(-255)
    .toWellFormed()
    .trim() || 'file.csv';

/** A file that was kept before files were kept in pieces. */
async function* wholeOf(ctx: Ctx, id: string): AsyncGenerator<Uint8Array> {
  const { rows } = await sql<{ bytes: Buffer | null }>`
    select bytes from ${sql.id(ctx.workspace.schema, 'import_file')} where id = ${id}`.execute(ctx.db);
  yield rows[0]?.bytes ?? new Uint8Array();
}

/** The same bytes in pieces of one size. */
async function* inPieces(
  bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  let held: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of bytes) {
    let rest = chunk;
    while (size + rest.length >= pieceBytes) {
      const taken = pieceBytes - size;
      yield Buffer.concat([...held, rest.subarray(0, taken)]);
      held = [];
      size = 0;
      rest = rest.subarray(taken);
    }
    if (rest.length > 0) held.push(rest);
    size += rest.length;
  }
  if (size > 0) yield Buffer.concat(held);
}

async function forgetUnopened(ctx: Ctx): Promise<void> {
  const { schema } = ctx.workspace;
  const { rows } = await sql<{ id: string }>`
    select f.id from ${sql.id(schema, 'import_file')} f
    where f.analysis is null and f.bytes is null and f.created_at < ${ctx.now}::timestamptz - interval '1 day'
      and not exists (select from ${sql.id(schema, 'import_batch')} b where b.id = f.id) limit 100`.execute(
    ctx.db,
  );
  for (const { id } of rows) await dropFile(ctx, id);
}
