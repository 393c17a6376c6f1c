import type { Ctx } from '../src/engine/ctx.ts';
import { listRecords } from '../src/engine/query/list.ts';
import { tell } from '../src/lib/message.ts';
import { Problem } from '../src/lib/problem.ts';
import { entityOf } from '../src/model/declarations.ts';

/** What somebody is told who sorts everything by a related field, and how long that takes. */
export async function refusedSort(ctx: Ctx): Promise<{ readonly said: string; readonly ms: number }> {
  const from = performance.now();
  try {
    await listRecords(ctx, entityOf(ctx.workspace.model, 'contact'), { sort: 'account' });
  } catch (error) {
    const mistake = error instanceof Problem ? error.detail.mistakes?.[0] : undefined;
    if (mistake) return { said: tell('en', mistake.message, mistake.params), ms: performance.now() - from };
    throw error;
  }
  throw new Error('a sort of everything by a related field is not refused');
}
