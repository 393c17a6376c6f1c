import { sql } from 'kysely';
import { message, tell } from '../../lib/message.ts';
import { Problem } from '../../lib/problem.ts';
import type { Ctx } from '../ctx.ts';
import { inTransaction } from '../record/transaction.ts';
import { type UndoReport, undoBatch } from './undo-batch.ts';

const standsInTheWay = message(
  'undo-stands-in-the-way',
  'Not everything can be taken back: {reasons}',
  'Tout ne peut pas être annulé : {reasons}',
  'No se puede deshacer todo: {reasons}',
);
const tooMuch = message(
  'undo-too-much',
  'More than {max} records were written under this batch: an import is undone from its own page.',
  'Plus de {max} fiches ont été écrites sous ce lot : une importation s’annule depuis sa page.',
  'Se escribieron más de {max} registros en este lote: una importación se deshace desde su página.',
);

/** Records that one transaction takes back. */
const most = 1_000;

/**
 * Takes back everything written under a batch, in one transaction: all of it, or nothing when later changes stand in
 * the way. `partly` takes back what can be.
 */
export async function undoAtOnce(
  ctx: Ctx,
  batch: string,
  o: { readonly partly?: boolean } = {},
): Promise<UndoReport> {
  return inTransaction(ctx, async (inner) => {
    await refuseLarge(inner, batch);
    const report = await undoBatch(inner, batch);
    if (report.refused.length > 0 && !o.partly) throw notWhole(ctx, report);
    return report;
  });
}

async function refuseLarge(ctx: Ctx, batch: string): Promise<void> {
  const { rows } =
    await sql`select 1 from ${sql.id(ctx.workspace.schema, 'event')} where batch = ${batch} limit ${most + 1}`.execute(
      ctx.db,
    );
  if (rows.length > most) throw new Problem('too-large', { message: tooMuch, params: { max: most } });
}

/** The refusal of an undo that would leave something out, with each reason, and how much could be taken back. */
function notWhole(ctx: Ctx, { undone, refused }: UndoReport): Problem {
  const told = refused.map(({ entity, id, mistakes }) => ({
    entity,
    id,
    reasons: mistakes.map(({ message: said, params }) => tell(ctx.locale, said, params)),
  }));
  const reasons = [...new Set(told.flatMap((each) => each.reasons))].join(' ');
  return new Problem('conflict', {
    message: standsInTheWay,
    params: { reasons },
    extra: { undoable: undone, refused: told },
  });
}
