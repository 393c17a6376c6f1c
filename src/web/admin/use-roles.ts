import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type Role, wholeQuery } from './admin-queries.ts';

const englishNames = { administrator: 'Administrator', sales: 'Sales' } as const;
const builtIn = Object.keys(englishNames) as readonly (keyof typeof englishNames)[];

/** Names a role in the reader's language as long as it has the name every workspace begins with. */
export function useRoleName(): (name: string) => string {
  const { t } = useTranslation();
  return (name) => {
    const code = builtIn.find((each) => englishNames[each] === name);
    return code ? t(`admin.builtIn.${code}`) : name;
  };
}

/** The roles, those that every workspace begins with named in the reader's language. */
export function useRoles(): readonly Role[] {
  const nameOf = useRoleName();
  const { data = [] } = useQuery(wholeQuery<Role>('roles', 'name'));
  // A name that somebody changed is kept as it is.
  return data.map((role) =>
    builtIn.some((code) => code === role.code) ? { ...role, name: nameOf(role.name) } : role,
  );
}
