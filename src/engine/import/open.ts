import { sql } from 'kysely';
import { message } from '../../lib/message.ts';
import { Problem } from '../../lib/problem.ts';
import { entityOf } from '../../model/declarations.ts';
import type { Entity } from '../../model/entity.ts';
import type { ImportMapping } from '../../model/import.ts';
import type { Ctx } from '../ctx.ts';
import { inTransaction } from '../record/transaction.ts';
import { createRecords } from '../record/verbs.ts';
import { type Analysis, analyse } from './analyse.ts';
import { forItself, isOpen, readSet, refuseOnlySeeing } from './batch.ts';
import { dropFile, keepFile, readTable } from './files.ts';
import { lookUp } from './find-named.ts';
import { guessMapping, sourceOf } from './guess.ts';
import { type EntityGuess, guessEntity, mayNothing } from './guess-entity.ts';
import { importedEntity } from './imported-entity.ts';
import { targetMap } from './plan.ts';
import type { TableFacts } from './read/table-facts.ts';
import type { TableSample } from './read/table-reader.ts';
import { emptyReport } from './report.ts';
import { holdSet, ofSet, writeBatch, writeBatches } from './stored-batch.ts';
import type { Target } from './targets.ts';

const setStarted = message(
  'import-set-started',
  'Files can be added to an import only before it runs.',
  'Des fichiers ne peuvent être ajoutés à une importation qu’avant son lancement.',
  'Solo se pueden añadir archivos a una importación antes de ejecutarla.',
);
const tooManyFiles = message(
  'import-too-many-files',
  'An import has at most {max} files.',
  'Une importation compte {max} fichiers au plus.',
  'Una importación tiene como máximo {max} archivos.',
);

/** Files of one set. */
const mostFiles = 50;

/** What a file is opened as. */
export interface OpenOptions {
  /** Left out, it is guessed from the file. */
  readonly entity?: string;
  readonly source?: string;
  /** The set that the file joins; left out: a set of its own. */
  readonly set?: string;
  /** Of a workbook: the sheet that is read; left out: the first that holds something. */
  readonly sheet?: string;
}

/** Takes a file and opens it. Answers the import's id, which is also its set's where it is the first of it. */
export async function openImport(
  ctx: Ctx,
  o: OpenOptions & {
    readonly fileName: string;
    readonly bytes: Uint8Array | AsyncIterable<Uint8Array>;
  },
): Promise<string> {
  if (o.entity !== undefined) importedEntity(ctx, o.entity);
  const id = await keepFile(ctx, {
    fileName: o.fileName,
    bytes: o.bytes instanceof Uint8Array ? [o.bytes] : o.bytes,
  });
  return openKept(ctx, id, o);
}

/** Opens a kept file: reads it, guesses where its columns go, keeps both as a draft. What can't be read is thrown away. */
export async function openKept(ctx: Ctx, id: string, o: OpenOptions): Promise<string> {
  try {
    const said = o.entity === undefined ? null : importedEntity(ctx, o.entity);
    if (o.set !== undefined) await refuseJoining(ctx, o.set);
    const seen = await analyse(await readTable(ctx, id, o.sheet));
    const { name } = await fileOf(ctx, id);
    const fileName = withSheet(name, seen.facts);
    const { headers } = seen.sample;
    const { entity, isSure } = said
      ? { entity: said, isSure: true }
      : neededGuess(guessEntity(ctx, { fileName, headers }));
    const mapping = await firstMapping(ctx, entity, seen.sample, o.source ?? sourceOf(name));
    const { rows, sample, values, ...known } = seen;
    const analysis: Analysis = {
      ...known,
      guess: guessOf(sample.headers, mapping),
      isEntitySure: isSure,
    };
    return await inTransaction(ctx, async (inner) => {
      if (o.set !== undefined) await hold(inner, o.set);
      const { schema } = inner.workspace;
      const batch = entityOf(inner.workspace.model, 'import-batch');
      const [created] = await createRecords(forItself(inner), batch, [
        {
          fileName,
          set: o.set ?? null,
          entity: entity.name,
          source: mapping.source,
          rows,
          owner: inner.who.userId,
          teams: [],
        },
      ]);
      const own = created?.id ?? '';
      await writeBatch(inner, own, ['draft'], { mapping, report: emptyReport });
      await sql`update ${sql.id(schema, 'import_piece')} set file = ${own} where file = ${id}`.execute(
        inner.db,
      );
      await sql`update ${sql.id(schema, 'import_file')} set id = ${own},
        analysis = ${JSON.stringify(analysis)}::jsonb, values = ${JSON.stringify(values)}::jsonb where id = ${id}`.execute(
        inner.db,
      );
      return own;
    });
  } catch (error) {
    await dropFile(ctx, id);
    throw error;
  }
}

/** The mapping that a file is first shown with. */
export async function firstMapping(
  ctx: Ctx,
  entity: Entity,
  sample: TableSample,
  source: string,
): Promise<ImportMapping> {
  const targets = targetMap(ctx, entity);
  return withoutStrangers(ctx, guessMapping(ctx, entity, sample, targets, source), sample, targets);
}

/** The target that a mapping gives to each header. */
export const guessOf = (headers: readonly string[], { columns }: ImportMapping): Analysis['guess'] =>
  headers.map((name) => columns.find(({ column }) => column === name)?.to ?? null);

function neededGuess(guess: EntityGuess | null): EntityGuess {
  if (!guess) throw mayNothing();
  return guess;
}

/** A sheet among several is called after itself too: `book.xlsx · Contacts`. */
const withSheet = (name: string, facts: TableFacts | undefined): string =>
  facts?.format === 'xlsx' && facts.others.length > 0
    ? `${name} · ${facts.sheet}`.slice(-255).toWellFormed()
    : name;

async function fileOf(ctx: Ctx, id: string): Promise<{ readonly name: string }> {
  const { rows } = await sql<{ name: string }>`
    select name from ${sql.id(ctx.workspace.schema, 'import_file')} where id = ${id}`.execute(ctx.db);
  return { name: rows[0]?.name ?? '' };
}

/** Only a set of one's own that wrote nothing yet takes another file. */
async function refuseJoining(ctx: Ctx, set: string): Promise<void> {
  const files = await readSet(ctx, set);
  refuseOnlySeeing(ctx, files);
  if (!isOpen(files)) throw new Problem('conflict', { message: setStarted });
  if (files.length >= mostFiles)
    throw new Problem('conflict', { message: tooManyFiles, params: { max: mostFiles } });
}

/** Makes a set a draft again, and holds it until the file is in it: one that was started meanwhile takes none. */
async function hold(ctx: Ctx, set: string): Promise<void> {
  await holdSet(ctx, set);
  await refuseJoining(ctx, set);
  await writeBatches(ctx, ofSet(set), ['checked'], { state: 'draft' });
}

/** Columns that name records of entities without external keys are left out when nobody there is called so. */
async function withoutStrangers(
  ctx: Ctx,
  mapping: ImportMapping,
  table: TableSample,
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
