import type { Values } from '../../model/record.ts';
import { mostByOne } from './candidates.ts';
import { lookUpsOf } from './look-ups.ts';
import { type Comparing, scoreOf } from './score.ts';

/** An earlier one of records that come together, that a later one may be the same as. */
export interface Earlier {
  /** Its place among them. */
  readonly place: number;
  readonly score: number;
}

/** Of records that come together, the earlier ones that each may be the same as, likeliest first. */
export function findEarlier(
  comparing: Comparing,
  records: readonly Values[],
): readonly (readonly Earlier[])[] {
  const holders = new Map<string, number[]>();
  return records.map((values, place) => {
    const keys = keysOf(comparing, values);
    const met = new Set(keys.flatMap((key) => holders.get(key) ?? []));
    for (const key of keys) {
      const held = holders.get(key) ?? [];
      holders.set(key, held);
      if (held.length < mostByOne) held.push(place);
    }
    return [...met]
      .map((earlier) => ({
        place: earlier,
        score: scoreOf(comparing, values, records[earlier] ?? {}).score,
      }))
      .filter(({ score }) => score >= comparing.threshold)
      .sort((a, b) => b.score - a.score || a.place - b.place);
  });
}

/** What two records that are looked for alike have in common: values, with a part of the name where one alone is weak. */
function keysOf(comparing: Comparing, values: Values): readonly string[] {
  const keys = lookUpsOf(comparing, values)
    .filter(({ isBeginning }) => !isBeginning)
    .flatMap(({ text, parts }) => (parts.length === 0 ? [text] : parts.map((part) => `${text}\n${part}`)));
  return [...new Set(keys)];
}
