import type { InfiniteData } from '@tanstack/react-query';
import type { Page, RecordOut } from '../../model/record.ts';

/** What is loaded of a column. */
export type Pages = InfiniteData<Page, string | null>;

/** The pages of a column without a card. */
export const without = (pages: Pages, id: string): Pages => ({
  ...pages,
  pages: pages.pages.map((page) => ({ ...page, items: page.items.filter((item) => item.id !== id) })),
});

/** The pages of a column with a card on top. */
export const withFirst = (pages: Pages, record: RecordOut): Pages => ({
  ...pages,
  pages: without(pages, record.id).pages.map((page, position) =>
    position === 0 ? { ...page, items: [record, ...page.items] } : page,
  ),
});
