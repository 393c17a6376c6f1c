import type { Icon } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import classes from './NavigationLink.module.css';

/** A line of the navigation; it knows when its screen, or one below it, is the one shown. */
export function NavigationLink({
  to,
  search,
  icon: Picture,
  onClick,
  children,
}: {
  readonly to: string;
  /** What the address must say besides, for the line to be the one shown. */
  readonly search?: Readonly<Record<string, string>>;
  readonly icon: Icon;
  readonly onClick?: () => void;
  readonly children: ReactNode;
}) {
  return (
    <Link
      to={to as '/'}
      search={(search ?? {}) as never}
      activeOptions={{ includeSearch: search !== undefined }}
      className={classes.link ?? ''}
      {...(onClick ? { onClick } : {})}
    >
      <Picture size={18} stroke={1.7} aria-hidden />
      <span className="r-ellipsis">{children}</span>
    </Link>
  );
}
