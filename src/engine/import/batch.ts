import { sql } from 'kysely';
import { message } from '../../lib/message.ts';
import { nearest } from '../../lib/nearest.ts';
import { Problem } from '../../lib/problem.ts';
import { administrator } from '../../model/access.ts';
import { entityOf } from '../../model/declarations.ts';
import type { Entity } from '../../model/entity.ts';
import type { ImportColumn, ImportMapping, ImportStateName } from '../../model/import.ts';
import { accessSql, mayEver } from '../access/access.ts';
import type { Ctx } from '../ctx.ts';
import { inTransaction } from '../record/transaction.ts';
import { createRecords, removeRecords } from '../record/verbs.ts';
import { decode } from './decode.ts';
import { lookUp } from './find-named.ts';
import { guessMapping, sourceOf } from './guess.ts';
import { mappingMistakes, readMapping } from './mapping.ts';
import { type CsvTable, parseCsv } from './parse-csv.ts';
import { targetMap } from './plan.ts';
import { emptyReport } from './report.ts';
import { type StoredBatch, selectBatches, writeBatch } from './stored-batch.ts';
import type { Target } from './targets.ts';

const unknownEntity = message(
  'import-unknown-entity',
  'Nothing called “{name}” can be imported into. Choose one of: {known}.',
  'Aucune importation possible vers « {name} ». Choisissez parmi : {known}.',
  'No se puede importar a «{name}». Elija entre: {known}.',
);
const notAllowed = message(
  'import-forbidden',
  'Your roles don’t let you import {label}.',
  'Vos rôles ne vous permettent pas d’importer : {label}.',
  'Sus roles no le permiten importar: {label}.',
);
const noBatch = message(
  'import-not-found',
  'There is no such import, or it isn’t yours.',
  'Cette importation n’existe pas, ou elle ne vous appartient pas.',
  'Esa importación no existe, o no es suya.',
);
const wrongState = message(
  'import-wrong-state',
  'This import is {state}: that can’t be done now.',
  'Cette importation est dans l’état « {state} » : ce n’est pas possible maintenant.',
  'Esta importación está en estado «{state}»: eso no se puede hacer ahora.',
);

/** What is known of a file once and for all. */
export interface Analysis {
  readonly columns: readonly ImportColumn[];
  readonly preview: readonly (readonly string[])[];
  readonly encoding: string;
  readonly delimiter: string;
  /** The target guessed for each column, in their order. */
  readonly guess: readonly (string | null)[];
}

/** The entity to import into, by its name or plural; refuses one that can't be or who may not. */
export function importedEntity(ctx: Ctx, name: string): Entity {
  const { entities, byPlural } = ctx.workspace.model;
  const entity = entities.get(name) ?? byPlural.get(name);
  if (!entity?.importable) {
    const known = [...entities.values()].filter((each) => each.importable).map((each) => each.name);
    const near = nearest(name, known);
    const params = { name: name.slice(0, 60), known: near ?? known.join(', ') };
    throw new Problem('invalid', {
      mistakes: [{ field: 'entity', message: unknownEntity, params, value: name }],
    });
  }
  if (!mayEver(ctx, entity, 'import') || !mayEver(ctx, entity, 'create')) {
    throw new Problem('forbidden', { message: notAllowed, params: { label: entity.label.many } });
  }
  return entity;
}

/** Takes a file: reads it, guesses where its columns go, keeps both as a draft. Answers its id. */
export async function openImport(
  ctx: Ctx,
  o: {
    readonly entity: string;
    readonly fileName: string;
    readonly bytes: Uint8Array;
    readonly source?: string;
  },
): Promise<string> {
  const entity = importedEntity(ctx, o.entity);
  const { text, encoding } = decode(o.bytes);
  const table = parseCsv(text);
  const targets = targetMap(ctx, entity);
  const fileName =
    (o.fileName.split(/[\\/]/).at(-1) ?? '')
      .replace(/\p{Cc}/gu, '')
      .slice(-255)
      .toWellFormed()
      .trim() || 'file.csv';
  const guessed = guessMapping(ctx, entity, table, targets, o.source ?? sourceOf(fileName));
  const mapping = await withoutStrangers(ctx, guessed, table, targets);
  const analysis: Analysis = {
    columns: columnsOf(table),
    preview: table.rows
      .slice(0, 5)
      .map(({ cells }) => table.headers.map((_, place) => shortened(cells[place]))),
    encoding,
    delimiter: table.delimiter,
    guess: table.headers.map((name) => mapping.columns.find(({ column }) => column === name)?.to ?? null),
  };
  return inTransaction(ctx, async (inner) => {
    const batch = entityOf(inner.workspace.model, 'import-batch');
    const [created] = await createRecords(forItself(inner), batch, [
      {
        fileName,
        entity: entity.name,
        source: mapping.source,
        rows: table.rows.length,
        owner: inner.who.userId,
        teams: [],
      },
    ]);
    const id = created?.id ?? '';
    await writeBatch(inner, id, ['draft'], { mapping, report: emptyReport });
    await sql`insert into ${sql.id(inner.workspace.schema, 'import_file')} (id, name, bytes, size, analysis, created_at, created_by)
      values (${id}, ${fileName}, ${Buffer.from(o.bytes)}, ${o.bytes.length}, ${JSON.stringify(analysis)}::jsonb, ${inner.now}, ${inner.who.userId})`.execute(
      inner.db,
    );
    return id;
  });
}

/** An import the asker may see. */
export async function readBatch(ctx: Ctx, id: string): Promise<StoredBatch> {
  const entity = entityOf(ctx.workspace.model, 'import-batch');
  const [batch] = await selectBatches(ctx, sql`b.id = ${id} and ${accessSql(ctx, entity, 'read', 'b')}`);
  if (!batch) throw new Problem('not-found', { message: noBatch });
  return batch;
}

/** The imports the asker may see, newest first. */
export async function listBatches(
  ctx: Ctx,
  o: { readonly limit: number; readonly after?: string },
): Promise<{ readonly items: readonly StoredBatch[]; readonly next: string | null }> {
  const entity = entityOf(ctx.workspace.model, 'import-batch');
  const access = accessSql(ctx, entity, 'read', 'b');
  const found = await selectBatches(
    ctx,
    o.after === undefined ? access : sql`${access} and b.id < ${o.after}`,
    o.limit + 1,
  );
  const items = found.slice(0, o.limit);
  return { items, next: found.length > o.limit ? (items.at(-1)?.id ?? null) : null };
}

/** The file of an import as a table. */
export async function readTable(ctx: Ctx, id: string): Promise<CsvTable> {
  const { rows } = await sql<{ bytes: Buffer }>`
    select bytes from ${sql.id(ctx.workspace.schema, 'import_file')} where id = ${id}`.execute(ctx.db);
  if (!rows[0]) throw new Problem('not-found', { message: noBatch });
  return parseCsv(decode(rows[0].bytes).text);
}

/** What is known of the file of an import. */
export async function readAnalysis(ctx: Ctx, id: string): Promise<Analysis> {
  const { rows } = await sql<{ analysis: Analysis }>`
    select analysis from ${sql.id(ctx.workspace.schema, 'import_file')} where id = ${id}`.execute(ctx.db);
  if (!rows[0]) throw new Problem('not-found', { message: noBatch });
  return rows[0].analysis;
}

/** Keeps another mapping, with the mistakes it may still have; a check made before is void. */
export async function saveMapping(ctx: Ctx, id: string, sent: unknown): Promise<ImportMapping> {
  const batch = await readBatch(ctx, id);
  importedEntity(ctx, batch.entity);
  const mapping = readMapping(sent);
  const counts = { position: 0, created: 0, updated: 0, skipped: 0, failed: 0 };
  await change(ctx, batch, openStates(batch), {
    state: 'draft',
    mapping,
    source: mapping.source,
    report: emptyReport,
    startedAt: null,
    finishedAt: null,
    ...counts,
  });
  return mapping;
}

/** Starts a check, a run or an undo: from here on a job goes through with it. */
export async function startImport(ctx: Ctx, id: string, what: 'check' | 'run' | 'undo'): Promise<void> {
  const batch = await readBatch(ctx, id);
  const entity = importedEntity(ctx, batch.entity);
  if (what === 'undo') {
    // What was written before a stop can be undone as well.
    await change(ctx, batch, batch.position > 0 ? ['done', 'failed'] : ['done'], {
      state: 'undoing',
      report: { ...batch.report, stopped: null, undo: null, asker: ctx.who.userId },
    });
    return;
  }
  const { columns } = await readAnalysis(ctx, id);
  const headers = columns.map((column) => column.name);
  const mistakes = mappingMistakes(ctx, entity, headers, targetMap(ctx, entity), batch.mapping);
  if (mistakes.length > 0) throw new Problem('invalid', { mistakes });
  const isResumed = what === 'run' && batch.state === 'failed' && batch.position > 0;
  await change(ctx, batch, isResumed ? ['failed'] : openStates(batch), {
    state: what === 'check' ? 'checking' : 'running',
    report: { ...(isResumed ? batch.report : emptyReport), stopped: null, asker: ctx.who.userId },
    startedAt: new Date(),
    finishedAt: null,
    ...(isResumed ? {} : { position: 0, created: 0, updated: 0, skipped: 0, failed: 0 }),
  });
}

/** Throws a draft away. What was run stays, for its undo. */
export async function removeImport(ctx: Ctx, id: string): Promise<void> {
  const batch = await readBatch(ctx, id);
  if (!['draft', 'checked', 'undone'].includes(batch.state)) throw inState(batch);
  await inTransaction(ctx, async (inner) => {
    await removeRecords(forItself(inner), entityOf(inner.workspace.model, 'import-batch'), [{ id }]);
    for (const [table, column] of [
      ['import_file', 'id'],
      ['import_row', 'batch'],
    ] as const)
      await sql`delete from ${sql.id(inner.workspace.schema, table)} where ${sql.ref(column)} = ${id}`.execute(
        inner.db,
      );
  });
}

/** Imports are written by the engine alone, in the name of who asked. */
const forItself = (ctx: Ctx): Ctx => ({
  ...ctx,
  door: 'system',
  who: { ...ctx.who, roles: [...ctx.who.roles, administrator] },
});

/** The states in which nothing was written yet: a run that stopped in its first chunk left nothing behind. */
const openStates = (batch: StoredBatch): readonly ImportStateName[] =>
  batch.position === 0 ? ['draft', 'checked', 'failed'] : ['draft', 'checked'];

async function change(
  ctx: Ctx,
  batch: StoredBatch,
  states: Parameters<typeof writeBatch>[2],
  changes: Parameters<typeof writeBatch>[3],
): Promise<void> {
  if (!(await writeBatch(ctx, batch.id, states, changes))) throw inState(await readBatch(ctx, batch.id));
}

const inState = (batch: StoredBatch): Problem =>
  new Problem('conflict', {
    message: wrongState,
    params: { state: batch.state },
    extra: { state: batch.state },
  });

/** Columns that name records of entities without external keys are left out when nobody there is called so. */
async function withoutStrangers(
  ctx: Ctx,
  mapping: ImportMapping,
  table: CsvTable,
  targets: ReadonlyMap<string, Target>,
): Promise<ImportMapping> {
  const columns = await Promise.all(
    mapping.columns.map(async (column, place) => {
      const target = column.to === null ? undefined : targets.get(column.to);
      const names = target?.names ?? [];
      if (names.length === 0 || names.some((name) => entityOf(ctx.workspace.model, name).importable))
        return column;
      const texts = [...new Set(table.rows.map(({ cells }) => (cells[place] ?? '').trim()))].filter(Boolean);
      const found = await lookUp(ctx, mapping.source, names, null, texts.slice(0, 200));
      const { by: _by, ...open } = column;
      return found.size > 0 ? open : { ...open, to: null };
    }),
  );
  return { ...mapping, columns };
}

function columnsOf(table: CsvTable): readonly ImportColumn[] {
  return table.headers.map((name, place) => {
    const samples = new Set<string>();
    let filled = 0;
    for (const { cells } of table.rows) {
      const cell = (cells[place] ?? '').trim();
      if (cell === '') continue;
      filled += 1;
      if (samples.size < 5) samples.add(shortened(cell));
    }
    return { name, samples: [...samples], filled };
  });
}

const shortened = (cell: string | undefined): string => {
  const text = (cell ?? '').trim();
  return text.length > 80 ? `${text.slice(0, 80).toWellFormed()}…` : text;
};
