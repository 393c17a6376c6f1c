import { sql } from 'kysely';
import { message, tell } from '../../lib/message.ts';
import { Problem } from '../../lib/problem.ts';
import type { BatchPreview, BatchUndo } from '../../model/batch.ts';
import { entityOf } from '../../model/declarations.ts';
import type { Door } from '../../model/event.ts';
import type { Ctx } from '../ctx.ts';
import { titlesOf } from '../query/titles.ts';
import { inTransaction } from '../record/transaction.ts';
import { countRecords } from './batch-records.ts';
import { ownEvents } from './may-undo.ts';
import { type NamedBy, namedBy } from './named-by.ts';
import { actorName } from './stands-in-the-way.ts';
import { undoSteps } from './undo-batch.ts';
import type { Done, Refused, Undone } from './undo-records.ts';

const tooLarge = message(
  'batch-too-large',
  'This batch wrote {count} records; more than {max} are undone in the background, leaving what stands in the way as it is. Send “part”: true to have that done.',
  'Ce lot a écrit {count} fiches ; au-delà de {max}, l’annulation se fait en arrière-plan et laisse tel quel ce qui fait obstacle. Envoyez « part » : true pour la lancer.',
  'Este lote escribió {count} registros; más de {max} se deshacen en segundo plano, dejando como está lo que se interpone. Envíe «part»: true para hacerlo.',
);
const ofImport = message(
  'batch-of-import',
  'This batch is an import: undo it with POST /imports/{id}/undo, which also looks after its list values and keys.',
  'Ce lot est une importation : annulez-le avec POST /imports/{id}/undo, qui s’occupe aussi de ses valeurs de liste et de ses clés.',
  'Este lote es una importación: deshágalo con POST /imports/{id}/undo, que también se ocupa de sus valores de lista y sus claves.',
);
const blocked = message(
  'batch-blocked',
  '{refused} of {count} records stand in the way. Send “part”: true to undo the others.',
  '{refused} fiches sur {count} font obstacle. Envoyez « part » : true pour annuler les autres.',
  '{refused} de {count} registros se interponen. Envíe «part»: true para deshacer los demás.',
);

/** Records undone in one request, all in one transaction. */
const mostRecords = 10_000;
/** Records told one by one. */
const mostTold = 200;

/** Whether a batch wrote more records than one request undoes; refused when none of them are the asker’s. */
export const isLarge = async (ctx: Ctx, batch: string): Promise<boolean> =>
  (await countRecords(ctx, batch)) > mostRecords;

/**
 * Tells what undoing a batch would do, by doing it in a transaction that is taken back: so it is what would happen. Of
 * a large one it tells only how many records it wrote.
 */
export async function previewBatch(ctx: Ctx, batch: string): Promise<BatchPreview> {
  const count = await countRecords(ctx, batch);
  const { rows } = await sql<{ at: Date; actor: string | null; name: string | null; door: Door }>`
    select e.at, e.actor, ${actorName(ctx, 'e.actor')} as name, e.door
    from ${sql.id(ctx.workspace.schema, 'event')} e
    where e.batch = ${batch} and ${ownEvents(ctx, 'e')} order by e.at, e.id limit 1`.execute(ctx.db);
  const [first] = rows;
  if (!first) throw new Error(`the events of batch ${batch} went away`);
  return {
    batch,
    at: first.at.toISOString(),
    actor: first.actor === null ? null : { id: first.actor, label: first.name },
    door: first.door,
    isImport: await isImport(ctx, batch),
    isLarge: count > mostRecords,
    ...(count > mostRecords ? { ...nothingTold, records: count } : await tryUndo(ctx, batch)),
  };
}

const nothingTold: BatchUndo = {
  records: 0,
  removed: 0,
  restored: 0,
  updated: 0,
  undone: [],
  refused: 0,
  inTheWay: [],
  stillNamed: [],
};

async function tryUndo(ctx: Ctx, batch: string): Promise<BatchUndo> {
  const tried = new TakenBack();
  try {
    await inTransaction(ctx, async (inner) => {
      tried.told = await tellUndo(inner, await undoAtOnce(inner, batch));
      throw tried;
    });
  } catch (error) {
    if (error !== tried) throw error;
  }
  return tried.told as BatchUndo;
}

/** Undoes a batch in one transaction; where records stand in the way, only with `part`. Answers the batch that redoes it. */
export async function undoWhole(
  ctx: Ctx,
  batch: string,
  o: { readonly part?: boolean } = {},
): Promise<BatchUndo & { readonly batch: string }> {
  await refuseLarge(ctx, batch);
  await refuseImport(ctx, batch);
  const done = await inTransaction(ctx, async (inner) => {
    const report = await undoAtOnce(inner, batch);
    const told = await tellUndo(inner, report);
    if (told.refused > 0 && o.part !== true) throw refuseBlocked(report, told);
    return { batch: report.batch, ...told };
  });
  if (!ctx.db.isTransaction) await ctx.workspace.refresh();
  return done;
}

/** Carries what a trial found out of its transaction. */
class TakenBack extends Error {
  told: BatchUndo | null = null;
}

/** What the undo of a whole batch came to, record by record. */
interface Whole extends Undone {
  /** The batch of the undo's own events. */
  readonly batch: string;
  readonly records: number;
}

async function undoAtOnce(ctx: Ctx, batch: string): Promise<Whole> {
  const done: Done[] = [];
  const refused: Refused[] = [];
  let last = { batch: '', reached: 0 };
  for await (const step of undoSteps(ctx, batch)) {
    done.push(...step.done);
    refused.push(...step.refused);
    last = step.progress;
  }
  return { batch: last.batch, records: last.reached, done, refused };
}

/** Refuses what is undone at the door of imports. */
export async function refuseImport(ctx: Ctx, batch: string): Promise<void> {
  if (await isImport(ctx, batch)) throw new Problem('conflict', { message: ofImport, params: { id: batch } });
}

/** Refuses a batch that one request doesn’t undo, with the remedy. */
export async function refuseLarge(ctx: Ctx, batch: string): Promise<void> {
  const count = await countRecords(ctx, batch);
  if (count > mostRecords)
    throw new Problem('too-large', { message: tooLarge, params: { count, max: mostRecords } });
}

function refuseBlocked(report: Undone, told: BatchUndo): Problem {
  const mistakes = report.refused
    .slice(0, mostTold)
    .flatMap(({ entity, id, mistakes: own }) =>
      own.map((mistake) => ({ ...mistake, field: `${entity}/${id}${mistake.field && `.${mistake.field}`}` })),
    );
  const params = { refused: told.refused, count: told.records };
  return new Problem('conflict', { message: blocked, params, mistakes, extra: { undo: told } });
}

async function isImport(ctx: Ctx, batch: string): Promise<boolean> {
  const { rows } = await sql`
    select from ${sql.id(ctx.workspace.schema, 'import_batch')} where id = ${batch}::uuid`.execute(ctx.db);
  return rows.length > 0;
}

/** A report in words, with the names of the records as the asker may read them. */
async function tellUndo(ctx: Ctx, report: Whole): Promise<BatchUndo> {
  const binned = Map.groupBy(
    report.done.filter(({ verb }) => verb === 'remove'),
    ({ entity }) => entity,
  );
  const stillNamed: NamedBy[] = [];
  for (const [name, records] of binned) {
    const ids = records.map(({ id }) => id);
    stillNamed.push(...(await namedBy(ctx, entityOf(ctx.workspace.model, name), ids)));
  }
  const done = report.done.slice(0, mostTold);
  const refused = report.refused.slice(0, mostTold);
  const named = stillNamed.slice(0, mostTold);
  const labelOf = await titlesOf(ctx, [...done, ...refused, ...named]);
  const count = (asked: string): number => report.done.filter(({ verb }) => verb === asked).length;
  return {
    records: report.records,
    removed: count('remove'),
    restored: count('restore'),
    updated: count('update'),
    undone: done.map((each) => ({ ...each, label: labelOf(each.entity, each.id) })),
    refused: report.refused.length,
    inTheWay: refused.map(({ entity, id, mistakes }) => ({
      entity,
      id,
      label: labelOf(entity, id),
      reasons: mistakes.map(({ message: said, params }) => tell(ctx.locale, said, params)),
    })),
    stillNamed: named.map((each) => ({ ...each, label: labelOf(each.entity, each.id) })),
  };
}
