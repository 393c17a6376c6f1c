import { message } from '../../lib/message.ts';
import { Problem } from '../../lib/problem.ts';
import type { Entity } from '../../model/entity.ts';
import type { Values } from '../../model/record.ts';
import { mayEver, refuseReading } from '../access/access.ts';
import type { Ctx } from '../ctx.ts';
import type { Row } from '../query/selection.ts';
import { todayIn } from '../record/codec.ts';
import { csv } from './csv.ts';
import { jsonLines } from './json-lines.ts';
import { type ExportPlan, type ExportQuery, planExport } from './plan-export.ts';
import { openSnapshot, type Snapshot } from './snapshot.ts';
import type { ExportFormat, WriteOptions } from './table.ts';
import { xlsx } from './xlsx.ts';

/** The kinds of files there are, by the name that `format` takes. */
export const exportFormats = { csv, jsonl: jsonLines, xlsx } as const satisfies Record<string, ExportFormat>;

/** One of the kinds of files. */
export type FormatName = keyof typeof exportFormats;

/** What is exported, and into what kind of file. */
export interface ExportOptions extends ExportQuery {
  readonly format?: FormatName;
  /** Of CSV; left out: what the reader's language takes, `;` where the comma is the decimal sign. */
  readonly delimiter?: ',' | ';' | '\t';
  /** Of CSV: the mark at the beginning by which spreadsheets know UTF-8; there unless told. */
  readonly bom?: boolean;
}

/** A file on its way. */
export interface ExportFile {
  /** `rapport-accounts-2026-11-22.csv`: its first word is the source that an import will know its keys by. */
  readonly name: string;
  readonly contentType: string;
  /** The bytes; they end only when the file is whole, else they throw. */
  readonly chunks: AsyncGenerator<Uint8Array, void>;
  /** How many records it holds so far, and whether these are all. */
  progress(): { readonly rows: number; readonly isWhole: boolean };
  /** Gives back what the file holds of the database, whole or not; may be called more than once. */
  close(): Promise<void>;
}

const notAllowed = message(
  'export-forbidden',
  'Your roles don’t let you export: {label}.',
  'Vos rôles ne vous permettent pas d’exporter : {label}.',
  'Sus roles no le permiten exportar: {label}.',
);
const csvOnly = message(
  'export-csv-only',
  'Only CSV files have this: leave it out, or ask for format=csv.',
  'Seuls les fichiers CSV ont cela : retirez-le, ou demandez format=csv.',
  'Solo los archivos CSV tienen esto: quítelo o pida format=csv.',
);

/** Refuses who may export no record of `entity`. */
export function refuseExport(ctx: Ctx, entity: Entity): void {
  refuseReading(ctx, entity);
  if (mayEver(ctx, entity, 'export')) return;
  throw new Problem('forbidden', { message: notAllowed, params: { label: entity.label.many } });
}

/**
 * Opens an export on a snapshot of its own: everything that can be refused is refused here, and the first rows are
 * read, before a byte is promised. Whoever opened it closes it.
 */
export async function openExport(ctx: Ctx, entity: Entity, o: ExportOptions = {}): Promise<ExportFile> {
  const plan = checkExport(ctx, entity, o);
  const snapshot = await openSnapshot(ctx);
  try {
    return await exportFrom(snapshot, entity, plan, o);
  } catch (error) {
    await snapshot.close();
    throw error;
  }
}

/** Refuses what can be refused before anything is read; answers the plan. */
function checkExport(ctx: Ctx, entity: Entity, o: ExportOptions): ExportPlan {
  refuseExport(ctx, entity);
  const given = (['delimiter', 'bom'] as const).filter((name) => o[name] !== undefined);
  if ((o.format ?? 'csv') !== 'csv' && given.length > 0)
    throw new Problem('invalid', { mistakes: given.map((field) => ({ field, message: csvOnly })) });
  return planExport(ctx, entity, o);
}

/** Opens one more file on a snapshot that is there: several files of one moment. */
export async function exportInto(snapshot: Snapshot, entity: Entity, o: ExportOptions): Promise<ExportFile> {
  return exportFrom(snapshot, entity, checkExport(snapshot.ctx, entity, o), o);
}

async function exportFrom(
  snapshot: Snapshot,
  entity: Entity,
  plan: ExportPlan,
  o: ExportOptions,
): Promise<ExportFile> {
  const { ctx } = snapshot;
  const format: ExportFormat = exportFormats[o.format ?? 'csv'];
  const progress = { rows: 0, isWhole: false };
  const rows = snapshot.rows(plan);
  const first = await rows.next();
  const batches = recordsOf(plan, first, rows, (count) => {
    progress.rows += count;
  });
  const table = { title: entity.label.many[ctx.locale], columns: plan.columns, paths: plan.paths, batches };
  const options: WriteOptions = {
    header: o.header ?? 'names',
    delimiter: o.delimiter ?? (ctx.locale === 'en' ? ',' : ';'),
    bom: o.bom ?? true,
    timeZone: ctx.timeZone,
  };
  return {
    name: `rapport-${entity.plural}-${todayIn(ctx.timeZone, ctx.now)}.${format.extension}`,
    contentType: format.contentType,
    chunks: wholly(format.write(table, options), () => {
      progress.isWhole = true;
    }),
    progress: () => ({ ...progress }),
    close: snapshot.close,
  };
}

async function* recordsOf(
  plan: ExportPlan,
  first: IteratorResult<readonly Row[]>,
  rest: AsyncGenerator<readonly Row[]>,
  count: (rows: number) => void,
): AsyncGenerator<readonly Values[]> {
  for (let batch = first; !batch.done; batch = await rest.next()) {
    count(batch.value.length);
    yield batch.value.map(plan.read);
  }
}

async function* wholly(
  chunks: AsyncGenerator<Uint8Array, void>,
  finished: () => void,
): AsyncGenerator<Uint8Array, void> {
  yield* chunks;
  finished();
}
