import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type Role, wholeQuery } from './admin-queries.ts';

/** The roles, those that every workspace begins with named in the reader's language. */
export function useRoles(): readonly Role[] {
  const { t } = useTranslation();
  const { data = [] } = useQuery(wholeQuery<Role>('roles', 'name'));
  return data.map((role) => {
    const builtIn = role.code === 'administrator' || role.code === 'sales' ? role.code : null;
    // A name that somebody changed is kept as it is.
    return builtIn && role.name === englishNames[builtIn]
      ? { ...role, name: t(`admin.builtIn.${builtIn}`) }
      : role;
  });
}

const englishNames = { administrator: 'Administrator', sales: 'Sales' } as const;
