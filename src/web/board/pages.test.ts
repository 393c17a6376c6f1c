import { describe, expect, test } from 'vitest';
import type { RecordOut } from '../../model/record.ts';
import { type Pages, withFirst, without } from './pages.ts';

const card = (id: string): RecordOut => ({ id, version: 1, can: { update: true, remove: true } });
const page = (...ids: string[]) => ({ items: ids.map(card), next: null, total: null });
const pages: Pages = { pages: [page('a', 'b'), page('c')], pageParams: [null, 'x'] };
const ids = (of: Pages) => of.pages.map(({ items }) => items.map(({ id }) => id));

describe('a card moved on the screen', () => {
  test('leaves whichever page it was on', () => {
    expect(ids(without(pages, 'c'))).toEqual([['a', 'b'], []]);
    expect(ids(without(pages, 'z'))).toEqual([['a', 'b'], ['c']]);
  });

  test('stands on top of its new column, once', () => {
    expect(ids(withFirst(pages, card('c')))).toEqual([['c', 'a', 'b'], []]);
  });
});
