import type { ReactNode } from 'react';
import classes from './Page.module.css';
import { PageHeader } from './PageHeader.tsx';

/** A page that is read from top to bottom, no wider than is comfortable: settings, profile, forms. */
export function Page({
  title,
  note,
  actions,
  isWide = false,
  children,
}: {
  readonly title: ReactNode;
  readonly note?: ReactNode;
  readonly actions?: ReactNode;
  readonly isWide?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <div className={classes.page} data-wide={isWide || undefined}>
      <PageHeader title={title} note={note}>
        {actions}
      </PageHeader>
      <div className={classes.body}>{children}</div>
    </div>
  );
}
