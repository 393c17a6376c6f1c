import type { Message } from '../../lib/message.ts';
import type { Mistake } from '../../lib/problem.ts';
import type { Ctx } from '../ctx.ts';
import { attempt } from './attempt.ts';

/** What is done to many things at once, and what is answered of a single one that is refused. */
export interface Halving<Item, Done> {
  /** What a thing is told that the database itself refused, with `reason`. */
  readonly notWritten: Message;
  work(items: readonly Item[]): Promise<Done>;
  refused(item: Item, mistakes: readonly Mistake[]): Done;
}

/**
 * Does it to all of them; when they are refused as a whole, to each half by itself, so that one bad thing stops no
 * other and costs its neighbours little. Answers what became of the pieces, in their order.
 */
export async function byHalves<Item, Done>(
  ctx: Ctx,
  items: readonly Item[],
  halving: Halving<Item, Done>,
): Promise<readonly Done[]> {
  const [only] = items;
  if (only === undefined) return [];
  const tried = await attempt(ctx, halving.notWritten, () => halving.work(items));
  if ('done' in tried) return [tried.done];
  if (items.length === 1) return [halving.refused(only, tried.refusal)];
  const middle = Math.ceil(items.length / 2);
  return [
    ...(await byHalves(ctx, items.slice(0, middle), halving)),
    ...(await byHalves(ctx, items.slice(middle), halving)),
  ];
}
