import { IconLock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../web-kit/ui/EmptyState.tsx';

/** What somebody sees who may import nothing. */
export function ImportsNotAllowed() {
  const { t } = useTranslation();
  return (
    <EmptyState icon={IconLock} title={t('imports.notAllowed')}>
      {t('imports.notAllowedWords')}
    </EmptyState>
  );
}
