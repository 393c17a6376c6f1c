import { expect, test } from 'vitest';
import { counter } from './counter.ts';

test('counts each name within a window, and anew in the next', () => {
  let now = 1_000_000;
  const counted = counter(60_000, () => now);
  expect(counted.isEmpty()).toBe(true);
  expect([counted.add('a'), counted.add('a'), counted.add('b')]).toEqual([1, 2, 1]);
  now += 59_999;
  expect(counted.count('a')).toBe(2);
  expect(counted.remaining()).toBe(1);
  now += 1;
  expect([counted.count('a'), counted.isEmpty(), counted.add('a')]).toEqual([0, true, 1]);
});

test('a clock set back opens a new window rather than counting for hours', () => {
  let now = 10_000_000;
  const counted = counter(60_000, () => now);
  counted.add('a');
  now -= 3_600_000;
  expect(counted.add('a')).toBe(1);
});

test('ever new names don’t fill the memory', () => {
  const counted = counter(60_000, () => 1);
  for (let n = 0; n <= 50_000; n += 1) counted.add(`ip:${n}`);
  expect(counted.count('ip:0')).toBe(0);
  expect(counted.count('ip:50000')).toBe(1);
});
