import type { ReactNode } from 'react';
import classes from './Table.module.css';

/** A short table of settings: a few columns, no paging. On a phone each row becomes a block. */
export function Table({
  label,
  heads,
  children,
}: {
  readonly label: string;
  /** Names of the columns; an empty one is the column of actions. */
  readonly heads: readonly string[];
  /** `<tr>` elements. */
  readonly children: ReactNode;
}) {
  return (
    <table className={classes.table} aria-label={label}>
      <thead>
        <tr>
          {heads.map((head, position) =>
            head ? (
              <th key={head} scope="col">
                {head}
              </th>
            ) : (
              <td key={String(position)} />
            ),
          )}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  );
}
