import { CompiledQuery, sql } from 'kysely';
import type { Ctx } from '../ctx.ts';
import { askerGone, withCancel } from '../query/long-read.ts';
import type { Row } from '../query/selection.ts';
import type { ExportPlan } from './plan-export.ts';

/** Rows fetched at a time: what one export holds in memory. */
const batchSize = 500;

/** How long one fetch may take, the first of which may have to sort everything. */
const statementLimit = '10min';

/** How long a reader may take none of what is ready before the database takes its connection back. */
const idleLimit = '10min';

/** The database as it was at one moment, for reading however much for as long as it takes. */
export interface Snapshot {
  readonly ctx: Ctx;
  /** The rows of a plan in its order, some at a time, so that memory stays flat. */
  rows(plan: Pick<ExportPlan, 'text' | 'parameters'>): AsyncGenerator<readonly Row[]>;
  /** Gives the connection back; may be called more than once. */
  close(): Promise<void>;
}

/** Opens a snapshot on a connection of its own. What runs on it is cancelled when the asker of `ctx` goes. */
export async function openSnapshot(ctx: Ctx): Promise<Snapshot> {
  const db = await ctx.db
    .startTransaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute();
  let closing: Promise<unknown> | null = null;
  const close = async (): Promise<void> => {
    closing ??= db
      .rollback()
      .execute()
      .catch(() => null); // a lost connection has nothing left to take back
    await closing;
  };
  try {
    const limits = sql<{ pid: number }>`select pg_backend_pid() as pid,
      set_config('statement_timeout', ${statementLimit}, true),
      set_config('idle_in_transaction_session_timeout', ${idleLimit}, true)`;
    const pid = (await limits.execute(db)).rows[0]?.pid ?? 0;
    const inside: Ctx = { ...ctx, db };
    let cursors = 0;
    return {
      ctx: inside,
      close,
      async *rows(plan) {
        cursors += 1;
        const cursor = `export_${cursors}`;
        const declare = `declare ${cursor} no scroll cursor for ${plan.text}`;
        await db.executeQuery(CompiledQuery.raw(declare, [...plan.parameters]));
        const fetch = CompiledQuery.raw(`fetch ${batchSize} from ${cursor}`);
        for (;;) {
          if (ctx.signal?.aborted) throw askerGone();
          const { rows } = await withCancel(ctx, pid, () => db.executeQuery<Row>(fetch));
          if (rows.length > 0) yield rows;
          if (rows.length < batchSize) break;
        }
        await db.executeQuery(CompiledQuery.raw(`close ${cursor}`));
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}
