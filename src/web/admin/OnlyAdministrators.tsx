import { IconLock } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../web-kit/ui/EmptyState.tsx';
import { isAdministrator, useMe } from '../data/me.ts';

/** Shows administration to administrators; the server refuses everybody else anyhow. */
export function OnlyAdministrators({ children }: { readonly children: ReactNode }) {
  const { t } = useTranslation();
  if (isAdministrator(useMe())) return children;
  return <EmptyState isPage icon={IconLock} title={t('admin.onlyAdministrators')} />;
}
