import { sql } from 'kysely';
import type { Entity } from '../../model/entity.ts';
import type { Ctx } from '../ctx.ts';
import type { ReadBack } from '../query/read.ts';
import { isConnectionLost } from '../workspace/lost-connection.ts';
import { commit, Overtaken } from './commit.ts';
import type { Draft } from './draft.ts';

/** How often a lost connection is made up for. */
const most = 3;

/**
 * Commits a single draft in a statement of its own. When the connection is lost meanwhile, whether it was written isn't
 * known: it is sent again as it is, and what the first attempt has written stands in its way and is recognised. It is
 * read `back` in the same round trip, if all goes well.
 */
export async function commitAlone(
  ctx: Ctx,
  entity: Entity,
  draft: Draft,
  back: ReadBack | null,
): Promise<void> {
  let wasLost = false;
  for (let attempt = 1; ; attempt += 1) {
    try {
      await commit(ctx, entity, [draft], 0, back);
      return;
    } catch (error) {
      const isKept = error instanceof Overtaken || isSameRecord(error);
      if (wasLost && isKept && (await isWritten(ctx, entity, draft))) return;
      if (attempt === most || !isConnectionLost(error)) throw error;
      wasLost = true;
    }
  }
}

/** PostgreSQL says that a record with this id is there already. */
function isSameRecord(error: unknown): boolean {
  const { code, constraint } = error as { readonly code?: unknown; readonly constraint?: unknown };
  return code === '23505' && typeof constraint === 'string' && constraint.endsWith('_pkey');
}

/** Whether the history has the draft as its writer made it. */
async function isWritten(ctx: Ctx, entity: Entity, draft: Draft): Promise<boolean> {
  const { rows } = await sql`
    select from ${sql.id(ctx.workspace.schema, 'event')}
    where entity = ${entity.name} and record = ${draft.id} and version = ${Number(draft.after.version)}
      and at = ${String(draft.after.updatedAt)}::timestamptz and actor is not distinct from ${ctx.who.userId}`.execute(
    ctx.db,
  );
  return rows.length > 0;
}
