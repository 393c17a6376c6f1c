import { periodOn } from '../../model/number-series.ts';
import type { NumberBlock } from '../ctx.ts';
import { type Counting, takeNumbers } from './counter.ts';

/** Numbers a process takes ahead at most, and so loses at most when it is killed in full flow. */
const mostAhead = 64;

/** Who takes numbers again within this time, in milliseconds, takes twice as many ahead. */
const soon = 500;

/**
 * Numbers of a series that may have gaps: taken beside the transaction under way, so that nobody waits for anybody,
 * and ahead in blocks that grow while records come quickly. At a person's pace a block is one number.
 */
export async function takeQuickly(counting: Counting, count: number): Promise<readonly number[]> {
  const { numbers } = counting.ctx.workspace;
  const { series, day } = counting;
  const key = `${series.code} ${series.version} ${periodOn(series.restart, day)}`;
  let block = numbers.blocks.get(key);
  if (!block) {
    block = { next: 1, last: 0, size: 1, at: 0, turn: Promise.resolve() };
    numbers.blocks.set(key, block);
  }
  const mine = block;
  // One refill at a time; a failed one concerns only who asked for it.
  const taken = mine.turn.then(() => fromBlock(mine, counting, count));
  mine.turn = taken.then(
    () => {},
    () => {},
  );
  return taken;
}

async function fromBlock(block: NumberBlock, counting: Counting, count: number): Promise<readonly number[]> {
  const taken: number[] = [];
  while (taken.length < count && block.next <= block.last) taken.push(block.next++);
  const missing = count - taken.length;
  if (missing === 0) return taken;
  const now = performance.now();
  block.size = now - block.at < soon ? Math.min(block.size * 2, mostAhead) : 1;
  block.at = now;
  const wanted = Math.max(missing, block.size);
  const last = await takeNumbers(counting, wanted, false);
  const first = last - wanted + 1;
  for (let number = first; number < first + missing; number += 1) taken.push(number);
  block.next = first + missing;
  block.last = last;
  return taken;
}
