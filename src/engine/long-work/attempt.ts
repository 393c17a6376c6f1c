import { sql } from 'kysely';
import type { Message } from '../../lib/message.ts';
import { type Mistake, Problem } from '../../lib/problem.ts';
import type { Ctx } from '../ctx.ts';

/** What came of an attempt: what it answered, or why it was refused. */
export type Attempt<Done> = { readonly done: Done } | { readonly refusal: readonly Mistake[] };

/** Errors of PostgreSQL that concern the values of a record and not the connection, the disk or the transaction. */
const recordErrors = /^(22|23|P0)/;

/**
 * Runs `work` behind a savepoint, so that what it threw leaves nothing behind and the transaction usable. What the
 * database itself refuses is told as `notWritten`, with its code as `reason`.
 */
export async function attempt<Done>(
  ctx: Ctx,
  notWritten: Message,
  work: () => Promise<Done>,
): Promise<Attempt<Done>> {
  await sql`savepoint attempt`.execute(ctx.db);
  try {
    const done = await work();
    await sql`release savepoint attempt`.execute(ctx.db);
    return { done };
  } catch (error) {
    const refusal = refusalOf(error, notWritten);
    if (!refusal) throw error;
    await sql`rollback to savepoint attempt`.execute(ctx.db);
    return { refusal };
  }
}

function refusalOf(error: unknown, notWritten: Message): readonly Mistake[] | null {
  if (error instanceof Problem) {
    const { message: said, params, mistakes } = error.detail;
    if (mistakes) return mistakes;
    if (said) return [{ field: '', message: said, ...(params ? { params } : {}) }];
  }
  const { code } = error as { readonly code?: unknown };
  if (typeof code !== 'string' || !recordErrors.test(code)) return null;
  return [{ field: '', message: notWritten, params: { reason: code } }];
}
