import type { ReactNode } from 'react';
import classes from './PageHeader.module.css';

/** The head of a screen: what it shows, and what can be done with it at the right. */
export function PageHeader({
  title,
  note,
  children,
}: {
  readonly title: ReactNode;
  /** A quiet word beside the title: a count, a state. */
  readonly note?: ReactNode;
  /** Actions, the main one last. */
  readonly children?: ReactNode;
}) {
  return (
    <header className={classes.header}>
      <div className={classes.words}>
        <h1 className={classes.title}>{title}</h1>
        {note ? <span className={classes.note}>{note}</span> : null}
      </div>
      {children ? <div className={classes.actions}>{children}</div> : null}
    </header>
  );
}
