import { CompiledQuery } from 'kysely';
import type { Ctx } from '../src/engine/ctx.ts';
import { capture } from './capture.ts';

/** What a read costs: how long it took (the middle of three), and how many pages of 8 KB the database touched. */
export interface Cost {
  readonly ms: number;
  readonly pages: number;
}

interface Plan {
  readonly Plan: { readonly 'Shared Hit Blocks': number; readonly 'Shared Read Blocks': number };
}

/** Does `work` a few times and looks at the statements it sends. */
export async function costOf(ctx: Ctx, work: () => Promise<unknown>): Promise<Cost> {
  const sent = await capture(work);
  const times: number[] = [];
  for (let run = 0; run < 3; run += 1) {
    const from = performance.now();
    await work();
    times.push(performance.now() - from);
  }
  let pages = 0;
  for (const { text, values } of sent) {
    const { rows } = await ctx.db.executeQuery<{ 'QUERY PLAN': readonly Plan[] }>(
      CompiledQuery.raw(`explain (analyze, buffers, timing off, format json) ${text}`, [...values]),
    );
    const plan = rows[0]?.['QUERY PLAN'][0]?.Plan;
    pages += (plan?.['Shared Hit Blocks'] ?? 0) + (plan?.['Shared Read Blocks'] ?? 0);
  }
  return { ms: times.sort((a, b) => a - b)[1] ?? 0, pages };
}
