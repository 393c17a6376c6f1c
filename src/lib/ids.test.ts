import { expect, test } from 'vitest';
import { isId, newId } from './ids.ts';

test('what isn’t a lower-case UUID is no id', () => {
  for (const value of [null, 7, '', 'x', newId().toUpperCase(), ` ${newId()}`, newId().replace(/-/g, '')]) {
    expect(isId(value)).toBe(false);
  }
});

test('ids are UUIDv7 of the present, all different, in the order they were made', () => {
  const before = Date.now();
  const ids = Array.from({ length: 10_000 }, newId);
  expect(new Set(ids).size).toBe(ids.length);
  expect([...ids].sort()).toEqual(ids);
  for (const id of ids)
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(ids.every(isId)).toBe(true);
  const stamp = Number.parseInt((ids[0] ?? '').replace(/-/g, '').slice(0, 12), 16);
  expect(stamp).toBeGreaterThanOrEqual(before);
  expect(stamp).toBeLessThan(before + 60_000);
});
