import { Skeleton } from '@mantine/core';
import type { Column } from './columns.ts';
import classes from './ListSkeleton.module.css';

/** The shape of a list while its rows are on their way. */
export function ListSkeleton({
  columns,
  isPhone,
}: {
  readonly columns: readonly Column[];
  readonly isPhone: boolean | undefined;
}) {
  const shown = isPhone ? columns.slice(0, 2) : columns;
  return (
    <div className={classes.skeleton} aria-busy="true">
      {Array.from({ length: 14 }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows without identity, never reordered
        <div key={row} className={classes.row}>
          {shown.map(({ field, width }, place) => (
            <span key={field.name} style={{ width: isPhone ? '50%' : width }}>
              <Skeleton height={11} width={`${46 + ((row * 7 + place * 13) % 42)}%`} />
            </span>
          ))}
        </div>
      ))}
    </div>
  );
}
