import type { ReactNode } from 'react';
import classes from './Panel.module.css';

/** A block of a page of settings: a heading, a sentence, and what it is about. */
export function Panel({
  title,
  note,
  action,
  children,
}: {
  readonly title: string;
  readonly note?: ReactNode;
  readonly action?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <section className={classes.panel}>
      <div className={classes.head}>
        <div>
          <h2 className={classes.title}>{title}</h2>
          {note ? <p className={classes.note}>{note}</p> : null}
        </div>
        {action}
      </div>
      {children}
    </section>
  );
}
