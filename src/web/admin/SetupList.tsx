import { Button, Skeleton } from '@mantine/core';
import { type Icon, IconPlus } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { EmptyState } from '../../web-kit/ui/EmptyState.tsx';
import { Notice } from '../../web-kit/ui/Notice.tsx';
import { Page } from '../../web-kit/ui/Page.tsx';
import { Table } from '../../web-kit/ui/Table.tsx';

/** The screen of a small list of the set-up: what failed, the rows or words in their place, and what adds to them. */
export function SetupList({
  title,
  label = title,
  note,
  head,
  add,
  onAdd,
  failures,
  heads,
  rows,
  empty,
  children,
}: {
  readonly title: string;
  /** What the table is called, where it isn't as the screen. */
  readonly label?: string;
  readonly note?: string | null;
  /** What stands above the rows. */
  readonly head?: ReactNode;
  /** What the button says that adds one. */
  readonly add: string;
  readonly onAdd: () => void;
  readonly failures: readonly (Error | null)[];
  readonly heads: readonly string[];
  /** Null as long as they aren't there. */
  readonly rows: readonly ReactNode[] | null;
  /** What is told where there are none; without it the table stands there empty. */
  readonly empty?: { readonly icon: Icon; readonly title: string; readonly words: string };
  /** The form that is open. */
  readonly children: ReactNode;
}) {
  const adding = (
    <Button leftSection={<IconPlus size={17} stroke={2} aria-hidden />} onClick={onAdd}>
      {add}
    </Button>
  );
  const isEmpty = empty !== undefined && rows?.length === 0;

  return (
    <Page isWide title={title} note={note ?? null} actions={isEmpty ? null : adding}>
      {head}
      {failures.map((failure) => (failure ? <Notice key={failure.message}>{failure.message}</Notice> : null))}
      {isEmpty ? (
        <EmptyState icon={empty.icon} title={empty.title} action={adding}>
          {empty.words}
        </EmptyState>
      ) : rows ? (
        <Table label={label} heads={heads}>
          {rows}
        </Table>
      ) : (
        <Skeleton height={200} />
      )}
      {children}
    </Page>
  );
}
