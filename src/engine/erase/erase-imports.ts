import { type RawBuilder, sql } from 'kysely';
import { message } from '../../lib/message.ts';
import { Problem } from '../../lib/problem.ts';
import type { Ctx } from '../ctx.ts';
import type { Analysis } from '../import/analyse.ts';
import { readTable } from '../import/files.ts';
import { containing, type Traces } from './personal.ts';

const stillOpen = message(
  'erase-import-open',
  'The import “{files}” isn’t finished and its file holds this person. Finish it or throw it away first.',
  'L’importation « {files} » n’est pas terminée et son fichier contient cette personne. Terminez-la ou abandonnez-la d’abord.',
  'La importación «{files}» no ha terminado y su archivo contiene a esta persona. Termínela o descártela primero.',
);

/**
 * Takes a person out of what imports keep: the cells and reasons of rows that became the record or name the person, and
 * the files they came from, of which the headings stay. Answers the names of these files.
 */
export async function eraseImports(
  ctx: Ctx,
  o: { readonly entity: string; readonly id: string; readonly traces: Traces },
): Promise<readonly string[]> {
  const { schema } = ctx.workspace;
  const rows = sql.id(schema, 'import_row');
  const patterns = o.traces.texts.map((text) => containing(JSON.stringify(text).slice(1, -1)));
  const named = o.traces.names.map(
    ([first, last]) =>
      sql`(r.cells::text ilike ${containing(JSON.stringify(first))} and r.cells::text ilike ${containing(JSON.stringify(last))})`,
  );
  const isNamed = sql`(r.cells is not null and (r.cells::text ilike any(${patterns}::text[])
    ${named.length > 0 ? sql`or ${sql.join(named, sql` or `)}` : sql``}))`;
  const { rows: touched } = await sql<{ batch: string }>`
    update ${rows} r set cells = null, new_key = null, mistakes = case when r.mistakes is null then null else '[]'::jsonb end
    where (r.entity = ${o.entity} and r.record = ${o.id}::uuid) or ${isNamed}
    returning r.batch`.execute(ctx.db);
  const bytes = o.traces.texts.flatMap((text) => [Buffer.from(text), Buffer.from(text, 'latin1')]);
  const unlike = await filesRead(ctx, o.traces.texts);
  const { rows: files } = await sql<{
    id: string;
    name: string;
    state: string | null;
    analysis: Analysis | null;
  }>`
    select f.id, f.name, b.state, f.analysis from ${sql.id(schema, 'import_file')} f
    left join ${sql.id(schema, 'import_batch')} b on b.id = f.id
    where f.id = any(${[...new Set([...touched.map(({ batch }) => batch), ...unlike])]}::uuid[])
      or exists (select from unnest(${bytes}::bytea[]) t(text) where position(t.text in f.bytes) > 0)
      or exists (${pieceWith(schema, bytes)})
    for update of f`.execute(ctx.db);
  const open = files.filter(({ state }) => !['done', 'undone', null].includes(state));
  if (open.length > 0)
    throw new Problem('conflict', {
      message: stillOpen,
      params: { files: open.map(({ name }) => name).join(', ') },
      extra: { imports: open.map(({ id }) => id) },
    });
  for (const { id, analysis } of files) {
    const columns = (analysis?.columns ?? []).map((column) => ({ ...column, samples: [] }));
    const headings = Buffer.from(`${columns.map(({ name }) => quoted(name)).join(',')}\n`);
    const kept =
      analysis && JSON.stringify({ ...analysis, columns, preview: [], delimiter: ',', encoding: 'utf-8' });
    await sql`delete from ${sql.id(schema, 'import_piece')} where file = ${id}`.execute(ctx.db);
    await sql`update ${sql.id(schema, 'import_file')} set bytes = ${headings}, size = ${headings.length},
      analysis = ${kept}::jsonb, values = '{}'::jsonb where id = ${id}`.execute(ctx.db);
  }
  return files.map(({ name }) => name);
}

/** The files that hold one of these texts in their cells, of those whose bytes are no plain text: they are read. */
async function filesRead(ctx: Ctx, texts: readonly string[]): Promise<readonly string[]> {
  const { schema } = ctx.workspace;
  const { rows: files } = await sql<{ id: string }>`
    select f.id from ${sql.id(schema, 'import_file')} f
    where (f.analysis->>'format' in ('xlsx', 'jsonl', 'vcard') or f.analysis->>'encoding' in ('utf-16le', 'utf-16be', 'macintosh'))
      and exists (select from ${sql.id(schema, 'import_piece')} p where p.file = f.id)`.execute(ctx.db);
  const found: string[] = [];
  for (const { id } of files) {
    for await (const { cells } of (await readTable(ctx, id)).rows()) {
      if (!cells.some((cell) => texts.some((text) => cell.includes(text)))) continue;
      found.push(id);
      break;
    }
  }
  return found;
}

/** A piece of the file `f` that holds one of these texts, or begins one that the next piece ends. */
const pieceWith = (schema: string, texts: readonly Buffer[]): RawBuilder<unknown> => sql`
  select from ${sql.id(schema, 'import_piece')} p
  left join ${sql.id(schema, 'import_piece')} n on n.file = p.file and n.n = p.n + 1
  cross join unnest(${texts}::bytea[]) t(text)
  where p.file = f.id and position(t.text in p.bytes || coalesce(substr(n.bytes, 1, length(t.text) - 1), '')) > 0`;

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
