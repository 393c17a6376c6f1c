import { message } from '../../lib/message.ts';
import type { Mistake } from '../../lib/problem.ts';
import type { BulkOutcome } from '../../model/bulk.ts';
import type { Ctx } from '../ctx.ts';
import { attempt } from '../long-work/attempt.ts';
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
  'La base de datos rechazó esta ficha ({reason}). Las demás se trataron.',
);

/**
 * Does it to all of these records; when they are refused as a whole, to each half by itself, so that one bad record
 * stops no other. Declared verbs are done record by record.
 */
export async function doSafely(ctx: Ctx, act: BulkAct, ids: readonly string[]): Promise<readonly Treated[]> {
  if (ids.length === 0) return [];
  if (act.declared && ids.length > 1)
    return apart(
      ctx,
      act,
      ids.map((id) => [id]),
    );
  const tried = await attempt(ctx, notWritten, () => act.do(ctx, ids));
  if ('done' in tried) {
    const drafts = new Map(tried.done.map((draft) => [draft.id, draft]));
    return ids.map((id) => treated(id, drafts.get(id)));
  }
  const [only] = ids;
  if (ids.length === 1 && only !== undefined)
    return [{ record: only, outcome: 'refused', mistakes: tried.refusal }];
  const half = Math.ceil(ids.length / 2);
  return apart(ctx, act, [ids.slice(0, half), ids.slice(half)]);
}

async function apart(
  ctx: Ctx,
  act: BulkAct,
  parts: readonly (readonly string[])[],
): Promise<readonly Treated[]> {
  const all: Treated[] = [];
  for (const part of parts) all.push(...(await doSafely(ctx, act, part)));
  return all;
}

/** A draft that was written has a version more than the record had; what a declared verb does is no draft. */
function treated(record: string, draft: Draft | undefined): Treated {
  if (draft && draft.mistakes.length > 0) return { record, outcome: 'refused', mistakes: draft.mistakes };
  const isSame = draft !== undefined && draft.after.version === draft.before?.version;
  return { record, outcome: isSame ? 'unchanged' : 'changed', mistakes: [] };
}
