import type { Icon } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import classes from './NavigationLink.module.css';

/** A line of the navigation; it knows when its screen, or one below it, is the one shown. */
export function NavigationLink({
  to,
  icon: Picture,
  onClick,
  children,
}: {
  readonly to: string;
  readonly icon: Icon;
  readonly onClick?: () => void;
  readonly children: ReactNode;
}) {
  return (
    <Link
      to={to as '/'}
      search={{} as never}
      activeOptions={{ includeSearch: false }}
      className={classes.link ?? ''}
      {...(onClick ? { onClick } : {})}
    >
      <Picture size={18} stroke={1.7} aria-hidden />
      <span className="r-ellipsis">{children}</span>
    </Link>
  );
}
