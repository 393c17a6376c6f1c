import { queryOptions, useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import type { Locale } from '../../lib/locale.ts';
import { administrator, type SpecialRight } from '../../model/access.ts';
import type { ReferenceValue } from '../../model/record.ts';
import { changeLocale } from '../i18n/i18n.ts';
import { api } from './api.ts';

/** How a person wants the colours. */
export type ThemeChoice = 'light' | 'dark' | 'auto';

/** Who is signed in, and where. */
export interface Me {
  readonly user: {
    readonly id: string;
    readonly name: string;
    readonly email: string;
    readonly locale: Locale;
    readonly timeZone: string;
    readonly theme: ThemeChoice;
    readonly roles: readonly string[];
    readonly special: readonly SpecialRight[];
    readonly teams: readonly ReferenceValue[];
  };
  readonly workspace: {
    readonly name: string;
    readonly company: string | null;
    readonly currency: string | null;
  };
  readonly version: string;
}

/** What a person may change of themselves. */
export type MePatch = Partial<Pick<Me['user'], 'name' | 'locale' | 'timeZone' | 'theme'>>;

/** The query of who is signed in; refused with 401 when nobody is. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => api.get<Me>('/me', {}, signal),
  staleTime: 60_000,
});

/** Who is signed in; for screens below the sign-in. */
export const useMe = (): Me => useSuspenseQuery(meQuery).data;

/** Whether a person may ask why others see a record. */
export const mayExplainAccess = (me: Me): boolean => me.user.special.includes('explain-access');

/** Whether a person may do everything. */
export const isAdministrator = (me: Me): boolean => me.user.roles.includes(administrator);

/** Changes one's own profile; the language changes on the screen at once, labels of entities follow. */
export function useChangeMe() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (patch: MePatch) => api.patch<Me>('/me', patch),
    onSuccess: async (me, patch) => {
      client.setQueryData(meQuery.queryKey, me);
      if (patch.locale) {
        await changeLocale(patch.locale);
        await client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'me' });
      }
    },
  });
}
