import { expect, test } from 'vitest';
import { lastRows, places } from './last-rows.ts';

test('the last row of each of many texts is known, as a map would know it', () => {
  const map = new Map<string, number>();
  const rows = lastRows();
  let state = 1;
  for (let row = 0; row < 50_000; row += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const text = `record ${state % 9973}`;
    expect(rows.note(text, row)).toBe(map.get(text) ?? null);
    map.set(text, row);
  }
  expect(rows.note('another', 0)).toBeNull();
});

test('places are held one by one, however far apart', () => {
  const held = places();
  for (const place of [0, 7, 8, 1_000_003]) held.add(place);
  expect([0, 1, 7, 8, 9, 1_000_002, 1_000_003, 9_000_000].filter((place) => held.has(place))).toEqual([
    0, 7, 8, 1_000_003,
  ]);
});
