import type { ReactNode } from 'react';
import { useFieldView } from '../../fields/field-view.tsx';
import { useEntity } from '../data/describe.ts';
import { AppLink } from './AppLink.tsx';
import { paths } from './paths.ts';

/** A link to a record's page; plain text where the reader has no such entity. */
export function RecordLink({
  entity,
  id,
  children,
}: {
  readonly entity: string;
  readonly id: string;
  readonly children: ReactNode;
}) {
  const described = useEntity(entity);
  const { linkTabIndex } = useFieldView();
  if (!described || (described.system && !described.navigation))
    return <span className="r-ellipsis">{children}</span>;
  return (
    <AppLink to={paths.record(described.plural, id)} className="r-ellipsis" tabIndex={linkTabIndex}>
      {children}
    </AppLink>
  );
}
