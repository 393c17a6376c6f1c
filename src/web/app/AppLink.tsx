import { Link } from '@tanstack/react-router';
import type { AnchorHTMLAttributes, ReactNode, Ref } from 'react';

/** A link to another screen by its address (`paths.…`); opens in the app, or in a new tab when asked to. */
export function AppLink({
  to,
  search,
  children,
  ...rest
}: Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href'> & {
  readonly to: string;
  readonly search?: Readonly<Record<string, string | undefined>>;
  readonly children?: ReactNode;
  readonly ref?: Ref<HTMLAnchorElement>;
}) {
  return (
    <Link to={to as '/'} search={(search ?? {}) as never} {...(rest as object)}>
      {children}
    </Link>
  );
}
