import { describe, expect, test } from 'vitest';
import type { FieldDescription } from '../../model/description.ts';
import { boardColumns } from './board-columns.ts';

const value = (code: string, of: string | null, active = true) => ({
  code,
  label: code,
  active,
  class: of,
  probability: null,
  color: null,
});
const field = {
  required: true,
  values: [
    value('won', 'won'),
    value('new', 'open'),
    value('old', 'open', false),
    value('gone', 'open', false),
  ],
} as unknown as FieldDescription;
const group = (key: string | null, count: number) => ({ key, label: key, count, sums: {} });

describe('the columns of a board', () => {
  test('leave out values no longer offered, and no value, while nothing is there', () => {
    expect(boardColumns(field, [], '–').map(({ code }) => code)).toEqual(['new', 'won']);
  });

  test('show them while records are there, but take no cards', () => {
    const columns = boardColumns(field, [group('old', 2), group(null, 1)], '–');
    expect(columns.map(({ code, takesCards }) => [code, takesCards])).toEqual([
      [null, false],
      ['new', true],
      ['old', false],
      ['won', true],
    ]);
  });

  test('end with the closed ones', () => {
    expect(boardColumns(field, [], '–').map(({ isClosed }) => isClosed)).toEqual([false, true]);
  });
});
