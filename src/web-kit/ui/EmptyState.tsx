import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './EmptyState.module.css';

/** What stands where there is nothing: why, and what one can do about it. */
export function EmptyState({
  icon: Picture,
  title,
  children,
  action,
  isPage = false,
}: {
  readonly icon: Icon;
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
  /** It is all there is: its title is the page's. */
  readonly isPage?: boolean;
}) {
  const Title = isPage ? 'h1' : 'h2';
  return (
    <div className={classes.empty}>
      <span className={classes.picture}>
        <Picture size={26} stroke={1.5} aria-hidden />
      </span>
      <Title className={classes.title}>{title}</Title>
      {children ? <p className={classes.words}>{children}</p> : null}
      {action ? <div className={classes.action}>{action}</div> : null}
    </div>
  );
}
