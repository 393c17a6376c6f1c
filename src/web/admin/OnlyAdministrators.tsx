import { IconLock } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { SpecialRight } from '../../model/access.ts';
import { EmptyState } from '../../web-kit/ui/EmptyState.tsx';
import { isAdministrator, useMe } from '../data/me.ts';

/** Shows administration to administrators, and a part of it to who has the right to that; the server refuses others anyhow. */
export function OnlyAdministrators({
  or,
  children,
}: {
  readonly or?: SpecialRight;
  readonly children: ReactNode;
}) {
  const { t } = useTranslation();
  const me = useMe();
  if (isAdministrator(me) || (or && me.user.special.includes(or))) return children;
  return <EmptyState isPage icon={IconLock} title={t('admin.onlyAdministrators')} />;
}
