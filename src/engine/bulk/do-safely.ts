import { message } from '../../lib/message.ts';
import type { Mistake } from '../../lib/problem.ts';
import type { BulkOutcome } from '../../model/bulk.ts';
import type { Ctx } from '../ctx.ts';
import { byHalves, type Halving } from '../long-work/by-halves.ts';
import type { Draft } from '../record/draft.ts';
import type { BulkAct } from './act.ts';

/** What became of one record. */
export interface Treated {
  readonly record: string;
  readonly outcome: BulkOutcome;
  readonly mistakes: readonly Mistake[];
}

const notWritten = message(
  'bulk-not-written',
  'The database refused this record ({reason}). The others were treated.',
  'La base de données a refusé cette fiche ({reason}). Les autres ont été traitées.',
  'La base de datos rechazó este registro ({reason}). Los demás se trataron.',
);

/**
 * Does it to all of these records; when they are refused as a whole, to each half by itself. Declared verbs are done
 * record by record.
 */
export async function doSafely(ctx: Ctx, act: BulkAct, ids: readonly string[]): Promise<readonly Treated[]> {
  const pieces = act.declared ? ids.map((id) => [id]) : [ids];
  const all: Treated[] = [];
  for (const piece of pieces) all.push(...(await byHalves(ctx, piece, halving(ctx, act))).flat());
  return all;
}

const halving = (ctx: Ctx, act: BulkAct): Halving<string, readonly Treated[]> => ({
  notWritten,
  async work(ids) {
    const drafts = new Map((await act.do(ctx, ids)).map((draft) => [draft.id, draft]));
    return ids.map((id) => treated(id, drafts.get(id)));
  },
  refused: (record, mistakes) => [{ record, outcome: 'refused', mistakes }],
});

/** A draft that was written has a version more than the record had; what a declared verb does is no draft. */
function treated(record: string, draft: Draft | undefined): Treated {
  if (draft && draft.mistakes.length > 0) return { record, outcome: 'refused', mistakes: draft.mistakes };
  const isSame = draft !== undefined && draft.after.version === draft.before?.version;
  return { record, outcome: isSame ? 'unchanged' : 'changed', mistakes: [] };
}
